"""A search and its address `/jobs?…`: what a query string asks for, and the one way to write a search down.

Nothing in an address is an error: a value that means nothing is left out, and the visitor is told.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.vacancies.finder_query import CLOSING_DAYS, YES, Facet, Hours, Query, Sort
from recruit.vacancies.models import Contract

PATH = "/jobs"
FEED = "/jobs.atom"
ALERT = "/alerts/new"
VALUES_READ = 100  # values of one name in an address that are read
NOTES = 5  # notes shown; who writes more nonsense knows
SHOWN = 40  # characters of a nonsense value that are shown
HIGHEST_SALARY = 1_000_000  # pounds a year
HIGHEST_PAGE = 1_000_000
_NUMBER = re.compile(r"[0-9]{1,9}")
_SALARY = re.compile(r"£?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.0{1,2})?")
_YES = frozenset({"1", "true", "yes", "on"})
_NAMES = {
    Facet.GRADE: "grade",
    Facet.TEAM: "team",
    Facet.CONTRACT: "contract",
    Facet.HOURS: "hours",
    Facet.SALARY_MIN: "salary",
    Facet.NEWLY_QUALIFIED: "newly qualified",
    Facet.WELCOME_PAYMENT: "welcome payment",
    Facet.CLOSING_WITHIN: "closing date",
}
SEVERAL = frozenset({Facet.GRADE, Facet.TEAM, Facet.CONTRACT, Facet.HOURS})
"""The facets of which one may choose several values."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and sentences about what in it was ignored."""

    query: Query
    notes: tuple[str, ...]


NOTHING_ASKED = Asked(Query(), ())


def read_address(args: "MultiDict[str, str]", grades: Iterable[str], teams: Iterable[str]) -> Asked:
    """Return the search that the query string `args` asks for.

    Args:
        args: names and values, as often as they come.
        grades: the codes there are.
        teams: the slugs there are.
    """
    if not args:
        return NOTHING_ASKED
    notes: dict[str, None] = {}
    readers = _readers(tuple(grades), tuple(teams))
    chosen = {}
    for facet in Facet:
        values = _values(args, facet, readers[facet], notes)
        if values:
            chosen[facet] = values if facet in SEVERAL else values[:1]
    words = clean_line(_first(args, "q"))
    if len(words) > limits.QUERY_CHARACTERS:
        words = words[: limits.QUERY_CHARACTERS].rstrip()
        notes[f"We searched for the first {limits.QUERY_CHARACTERS} characters of what you typed."] = None
    query = Query(words, chosen, _sort(args, bool(words), notes), _page(args, notes))
    return Asked(query, tuple(notes)[:NOTES])


def address_of(query: Query) -> str:
    """Return the one address of a search: names in a fixed order, values in the order of `query`, nothing empty."""
    pairs: list[tuple[str, str]] = [("q", query.words)] if query.words else []
    pairs += [(facet.value, value) for facet in Facet for value in query.chosen.get(facet, ())]
    if query.sort != usual_sort(query.words):
        pairs.append(("sort", query.sort.value))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    return f"{PATH}?{urlencode(pairs)}" if pairs else PATH


def feed_address_of(query: Query) -> str:
    """Return the address of the feed of a search: the same words and filters; its order is its own."""
    plain = replace(query, sort=usual_sort(query.words), page=1)
    return FEED + address_of(plain)[len(PATH) :]


def usual_sort(words: str) -> Sort:
    """Return the order of a search that names none."""
    return Sort.RELEVANCE if words else Sort.NEWEST


def without(query: Query, facet: Facet | None, value: str | None = None) -> Query:
    """Return `query` on its first page without one value of `facet`, or all of them; None stands for the words."""
    if facet is None:
        sort = Sort.NEWEST if query.sort == Sort.RELEVANCE else query.sort
        return replace(query, words="", sort=sort, page=1)
    left = tuple(other for other in query.chosen[facet] if value is not None and other != value)
    chosen = {name: values for name, values in query.chosen.items() if name != facet}
    return replace(query, chosen={**chosen, facet: left} if left else chosen, page=1)


_Reader = Callable[[str], str | None]


@lru_cache(maxsize=4)
def _readers(grades: tuple[str, ...], teams: tuple[str, ...]) -> Mapping[Facet, _Reader]:
    """For each facet what makes a typed value into ours, or None of what means nothing."""
    return {
        Facet.GRADE: _one_of(grades),
        Facet.TEAM: _one_of(teams),
        Facet.CONTRACT: _one_of(Contract),
        Facet.HOURS: _one_of(Hours),
        Facet.SALARY_MIN: _salary,
        Facet.NEWLY_QUALIFIED: _yes,
        Facet.WELCOME_PAYMENT: _yes,
        Facet.CLOSING_WITHIN: _one_of(str(days) for days in CLOSING_DAYS),
    }


def _one_of(values: Iterable[str]) -> _Reader:
    known = {value.casefold(): str(value) for value in values}
    return lambda typed: known.get(typed.casefold())


def _yes(typed: str) -> str | None:
    return YES if typed.casefold() in _YES else None


def _salary(typed: str) -> str | None:
    match = _SALARY.fullmatch(typed.replace(" ", ""))
    pounds = int(match[1].replace(",", "")) if match else 0
    return str(pounds) if 0 < pounds <= HIGHEST_SALARY else None


def _values(args: "MultiDict[str, str]", facet: Facet, read: _Reader, notes: dict[str, None]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for raw in args.getlist(facet.value)[:VALUES_READ]:
        typed = clean_line(raw)
        value = read(typed) if typed else None
        if value is not None:
            found[value] = None
        elif typed:
            notes[f"We ignored the {_NAMES[facet]} ‘{_short(typed)}’ because we do not know it."] = None
    return tuple(found)


def _sort(args: "MultiDict[str, str]", has_words: bool, notes: dict[str, None]) -> Sort:
    typed = clean_line(_first(args, "sort"))
    usual = Sort.RELEVANCE if has_words else Sort.NEWEST
    if not typed:
        return usual
    known: dict[str, Sort] = {sort.value: sort for sort in Sort}
    if typed.casefold() not in known:
        notes[f"We ignored the order ‘{_short(typed)}’ because we do not know it."] = None
    sort = known.get(typed.casefold(), usual)
    return usual if sort == Sort.RELEVANCE and not has_words else sort


def _page(args: "MultiDict[str, str]", notes: dict[str, None]) -> int:
    typed = clean_line(_first(args, "page"))
    if not typed:
        return 1
    if _NUMBER.fullmatch(typed) and 1 <= int(typed) <= HIGHEST_PAGE:
        return int(typed)
    notes[f"We ignored the page ‘{_short(typed)}’ because there is no such page."] = None
    return 1


def _first(args: "MultiDict[str, str]", name: str) -> str:
    """The first value of `name`; with nothing done about the rest, so that a repeated name is harmless."""
    values: Sequence[str] = args.getlist(name)
    return values[0] if values else ""


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
