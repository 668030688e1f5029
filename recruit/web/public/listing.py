"""The list page in the shapes that its template prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from recruit.core.money import pounds
from recruit.vacancies.finder_query import CLOSING_DAYS, SALARIES, YES, Facet, Hours, Query, Result, Sort
from recruit.vacancies.finder_rows import GradeRow, TeamRow
from recruit.vacancies.presentation import CONTRACT_WORDS
from recruit.web.public.search_address import address_of, without

SORT_WORDS = {
    Sort.RELEVANCE: "Most relevant",
    Sort.NEWEST: "Newest first",
    Sort.CLOSING: "Closing soonest",
    Sort.SALARY: "Highest pay",
}
HOURS_WORDS = {Hours.FULL_TIME: "Full time", Hours.PART_TIME: "Part time", Hours.JOB_SHARE: "Job share"}
YES_WORDS = {
    Facet.NEWLY_QUALIFIED: "Newly qualified welcome",
    Facet.WELCOME_PAYMENT: "With a welcome payment",
}
NEIGHBOURS = 1  # pages shown on either side of the current one


class Option(NamedTuple):
    """One choice of a filter, with how many vacancies there would be.  (A tuple: templates unpack it fastest.)"""

    id: str
    value: str
    text: str
    found: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One filter."""

    name: str
    legend: str
    options: Sequence[Option]


class Listing:
    """What the list page shows of a search and its result.

    Args:
        query: what was asked.
        result: what was found.
        grades: every grade, from the lowest.
        teams: every team, by name.
    """

    def __init__(self, query: Query, result: Result, grades: Sequence[GradeRow], teams: Sequence[TeamRow]) -> None:
        self.query, self.result = query, result
        self._texts: Mapping[Facet, Mapping[str, str]] = {
            Facet.GRADE: {grade.code: grade.title for grade in grades},
            Facet.TEAM: {team.slug: team.name for team in teams},
            Facet.HOURS: HOURS_WORDS,  # type: ignore[dict-item]  # a StrEnum is its text
            Facet.CONTRACT: CONTRACT_WORDS,  # type: ignore[dict-item]
            Facet.SALARY_MIN: {str(least): f"{pounds(least * 100)} or more" for least in SALARIES},
            Facet.CLOSING_WITHIN: {str(days): f"Within {days} days" for days in CLOSING_DAYS},
        }

    def groups(self) -> list[Group]:
        """Return the filters of several values; a value that would find nothing is left out unless it is chosen."""
        legends = {Facet.GRADE: "Grade", Facet.TEAM: "Team", Facet.HOURS: "Hours", Facet.CONTRACT: "Contract"}
        return [Group(facet.value, legend, self.options(facet)) for facet, legend in legends.items()]

    def extras(self) -> list[tuple[str, Option]]:
        """Return the filters that are on or off, each with its name."""
        extras = []
        for facet, text in YES_WORDS.items():
            count = self.result.counts[facet].get(YES, 0)
            extras.append((facet.value, Option(f"filter-{facet}", YES, text, count, facet in self.query.chosen)))
        return extras

    def options(self, facet: Facet) -> list[Option]:
        """Return the choices of `facet`."""
        chosen = self.query.chosen.get(facet, ())
        counts = self.result.counts[facet]
        return [
            Option(f"filter-{facet}-{number}", value, text, counts.get(value, 0), value in chosen)
            for number, (value, text) in enumerate(self._texts[facet].items())
            if value in chosen or counts.get(value)
        ]

    def other_salary(self) -> str:
        """Return the chosen salary when it is not one that is offered, so that the form keeps it; else ""."""
        chosen = self.query.chosen.get(Facet.SALARY_MIN, ("",))[0]
        return "" if chosen in self._texts[Facet.SALARY_MIN] else chosen

    def sorts(self) -> list[tuple[str, str, bool]]:
        """Return the orders as (value, text, chosen).  The usual one has no value, so that words change it."""
        usual = Sort.RELEVANCE if self.query.words else Sort.NEWEST
        others = [sort for sort in Sort if sort not in (usual, Sort.RELEVANCE)]
        return [
            ("" if sort == usual else sort.value, SORT_WORDS[sort], sort == self.query.sort)
            for sort in (usual, *others)
        ]

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
            if count:
                text = f"‘{self.query.words}’" if facet is None else self._all_words(facet)
                ways.append((text, count, address_of(without(self.query, facet))))
        return sorted(ways, key=lambda way: (-way[1], way[0]))

    def pages(self) -> list[tuple[int, str, bool] | None]:
        """Return the pages to go to as (number, address, current), with None where some are left out."""
        last, current = self.result.pages, self.result.page
        near = range(current - NEIGHBOURS, current + NEIGHBOURS + 1)
        shown = [page for page in range(1, last + 1) if page in (1, last) or page in near] if last > 1 else []
        pages: list[tuple[int, str, bool] | None] = []
        for before, page in zip([0, *shown], shown, strict=False):
            if page - before > 1:
                pages.append(None)
            pages.append((page, self.page_address(page), page == current))
        return pages

    def page_address(self, page: int) -> str:
        """Return the address of another page of this list."""
        return address_of(replace(self.query, page=page))

    def _words(self, facet: Facet, value: str) -> str:
        if facet in YES_WORDS:
            return YES_WORDS[facet]
        if facet == Facet.SALARY_MIN:
            return f"Pay reaches {pounds(int(value) * 100)}"
        if facet == Facet.CLOSING_WITHIN:
            return f"Closes within {value} days"
        return self._texts[facet][value]

    def _all_words(self, facet: Facet) -> str:
        return " or ".join(self._words(facet, value) for value in self.query.chosen[facet])
