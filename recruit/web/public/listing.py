"""The list page in the shapes that its template prints."""

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from markupsafe import Markup

from recruit.core.money import pounds
from recruit.vacancies.facet_words import YES_WORDS
from recruit.vacancies.finder_query import Facet, Query, Result, Sort
from recruit.web.public.choices import Choices
from recruit.web.public.search_address import address_of, without

SORT_WORDS = {
    Sort.RELEVANCE: "Most relevant",
    Sort.NEWEST: "Newest first",
    Sort.CLOSING: "Closing soonest",
    Sort.SALARY: "Highest pay",
}
LEGENDS = {Facet.GRADE: "Grade", Facet.TEAM: "Team", Facet.HOURS: "Hours", Facet.CONTRACT: "Contract"}
NEIGHBOURS = 1  # pages shown on either side of the current one


class Group(NamedTuple):
    """One filter of several values: its legend, and its choices as markup.  (A tuple: templates unpack it fastest.)"""

    legend: str
    choices: Markup


class Listing:
    """What the list page shows of a search and its result.

    Args:
        query: what was asked.
        result: what was found.
        choices: what the filters offer.
    """

    def __init__(self, query: Query, result: Result, choices: Choices) -> None:
        self.query, self.result, self._choices = query, result, choices

    @property
    def groups(self) -> list[Group]:
        """Return the filters of several values; a value that would find nothing is left out unless it is chosen."""
        return [Group(legend, markup) for facet, legend in LEGENDS.items() if (markup := self._offered(facet))]

    @property
    def extras(self) -> Markup:
        """Return the filters that are on or off, all of them."""
        return Markup("").join(self._offered(facet, all_of_them=True) for facet in YES_WORDS)

    @property
    def salaries(self) -> Markup:
        """Return the figures that pay may reach."""
        return self._offered(Facet.SALARY_MIN)

    @property
    def closings(self) -> Markup:
        """Return the times within which a vacancy may close."""
        return self._offered(Facet.CLOSING_WITHIN)

    @property
    def other_salary(self) -> str:
        """Return the chosen salary when it is not one that is offered, so that the form keeps it; else ""."""
        chosen = self.query.chosen.get(Facet.SALARY_MIN, ("",))[0]
        return "" if self._choices.offers(Facet.SALARY_MIN, chosen) else chosen

    @property
    def sorts(self) -> tuple[tuple[str, str, bool], ...]:
        """Return the orders as (value, text, chosen).  The usual one has no value, so that words change it."""
        return _sorts(bool(self.query.words), self.query.sort)

    def chips(self) -> list[tuple[str, str]]:
        """Return what narrows the list down as (text, address without it)."""
        chips = [(f"‘{self.query.words}’", address_of(without(self.query, None)))] if self.query.words else []
        for facet, values in self.query.chosen.items():
            chips += [(self._words(facet, value), address_of(without(self.query, facet, value))) for value in values]
        return chips

    def ways_out(self) -> list[tuple[str, int, str]]:
        """Return what to drop when nothing was found, as (text, how many there would be, address), the most first."""
        ways = []
        for facet, count in self.result.without.items():
            if count and self.query.chosen:  # without the words alone it is the list of all
                text = f"‘{self.query.words}’" if facet is None else self._all_words(facet)
                ways.append((text, count, address_of(without(self.query, facet))))
        return sorted(ways, key=lambda way: (-way[1], way[0]))

    @property
    def pages(self) -> list[tuple[int, str, bool]]:
        """Return the pages to go to as (number, address, current), with a number of 0 where some are left out."""
        last, current = self.result.pages, self.result.page
        near = range(max(1, current - NEIGHBOURS), min(last, current + NEIGHBOURS) + 1)
        shown = sorted({1, last, *near})
        pages: list[tuple[int, str, bool]] = []
        for before, page in zip([0, *shown], shown, strict=False):
            if page - before > 1:
                pages.append((0, "", False))
            pages.append((page, self.page_address(page), page == current))
        return pages

    def page_address(self, page: int) -> str:
        """Return the address of another page of this list: its number comes last."""
        first = self._first_page
        return first if page == 1 else f"{first}{'&' if '?' in first else '?'}page={page}"

    @cached_property
    def _first_page(self) -> str:
        return address_of(replace(self.query, page=1) if self.query.page > 1 else self.query)

    def _offered(self, facet: Facet, *, all_of_them: bool = False) -> Markup:
        """The choices of `facet` that would find something or are chosen; or all of them."""
        chosen = self.query.chosen.get(facet, ())
        return self._choices.markup(facet, chosen, self.result.counts[facet], all_of_them=all_of_them)

    def _words(self, facet: Facet, value: str) -> str:
        if facet == Facet.SALARY_MIN:
            return f"Pay reaches {pounds(int(value) * 100)}"
        if facet == Facet.CLOSING_WITHIN:
            return f"Closes within {value} days"
        return self._choices.text(facet, value)

    def _all_words(self, facet: Facet) -> str:
        return " or ".join(self._words(facet, value) for value in self.query.chosen[facet])


@lru_cache(maxsize=16)
def _sorts(has_words: bool, chosen: Sort) -> tuple[tuple[str, str, bool], ...]:
    usual = Sort.RELEVANCE if has_words else Sort.NEWEST
    offered = (usual, *(sort for sort in Sort if sort not in (usual, Sort.RELEVANCE)))
    return tuple(("" if sort == usual else sort.value, SORT_WORDS[sort], sort == chosen) for sort in offered)
