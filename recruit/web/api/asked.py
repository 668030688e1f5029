"""What a query string of the API asks for.  Unlike the list page it refuses what means nothing: a program cannot read a
note, and would take the wrong list for the right one."""

import re
from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.vacancies.finder_query import CLOSING_DAYS, YES, Facet, Hours, Query, Sort
from recruit.vacancies.models import Contract

PATH = "/api/v1/vacancies"
MOST_VALUES = 20  # values of one filter
HIGHEST_SALARY = 1_000_000  # pounds a year
NAME_SHOWN = 40  # characters of an unknown name that are repeated
SEVERAL = (Facet.GRADE, Facet.TEAM, Facet.CONTRACT, Facet.HOURS)
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


class BadParameter(Exception):
    """A parameter that cannot be answered.

    Args:
        name: which.
        detail: why, in a sentence.
    """

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(detail)
        self.name, self.detail = name, detail


def read_query(args: "MultiDict[str, str]", grades: Collection[str], teams: Collection[str]) -> Query:
    """Return the search that `args` asks for.

    Args:
        args: names and values, as often as they come.
        grades: the codes there are.
        teams: the slugs there are.

    Raises:
        BadParameter: an unknown name, a value that is none of its own, or too many.
    """
    for name in args:
        if name not in NAMES:
            raise BadParameter(name[:NAME_SHOWN], f"There is no such parameter. There are: {', '.join(NAMES)}.")
    offered: dict[Facet, Collection[str]] = {
        Facet.GRADE: grades,
        Facet.TEAM: teams,
        Facet.CONTRACT: [contract.value for contract in Contract],
        Facet.HOURS: [way.value for way in Hours],
        Facet.NEWLY_QUALIFIED: [YES],
        Facet.WELCOME_PAYMENT: [YES],
        Facet.CLOSING_WITHIN: [str(days) for days in CLOSING_DAYS],
    }
    chosen: dict[Facet, tuple[str, ...]] = {}
    for facet in Facet:
        values = args.getlist(facet.value)
        if not values:
            continue
        _check_count(facet.value, values, MOST_VALUES if facet in SEVERAL else 1)
        for value in values:
            _check_value(facet, value, offered)
        chosen[facet] = tuple(dict.fromkeys(values))
    words = _words(args)
    return Query(words, chosen, _sort(args, words), _page(args))


def address_of(query: Query, page: int) -> str:
    """Return the one address of a page of `query`, as a path."""
    pairs = [("q", query.words)] if query.words else []
    pairs += [(facet.value, value) for facet in Facet for value in query.chosen.get(facet, ())]
    if query.sort != _usual_sort(query.words):
        pairs.append(("sort", query.sort.value))
    if page > 1:
        pairs.append(("page", str(page)))
    return f"{PATH}?{urlencode(pairs)}" if pairs else PATH


def other_page(query: Query, step: int) -> str:
    """Return the address of the page `step` pages on."""
    return address_of(replace(query, page=1), query.page + step)


def _check_count(name: str, values: Collection[str], most: int) -> None:
    if len(values) > most:
        raise BadParameter(name, f"Give {'one value' if most == 1 else f'{most} values'} at most.")


def _check_value(facet: Facet, value: str, offered: dict[Facet, Collection[str]]) -> None:
    if facet == Facet.SALARY_MIN:
        _number(facet.value, value, HIGHEST_SALARY)
    elif value not in offered[facet]:
        raise BadParameter(facet.value, f"It can be: {', '.join(offered[facet])}.")


def _number(name: str, value: str, most: int) -> int:
    if not _NUMBER.fullmatch(value) or int(value) > most:
        raise BadParameter(name, f"Give a whole number from 1 to {most}.")
    return int(value)


def _single(args: "MultiDict[str, str]", name: str) -> str | None:
    values = args.getlist(name)
    _check_count(name, values, 1)
    return values[0] if values else None


def _words(args: "MultiDict[str, str]") -> str:
    typed = _single(args, "q") or ""
    if len(typed) > limits.QUERY_CHARACTERS:
        raise BadParameter("q", f"Give {limits.QUERY_CHARACTERS} characters at most.")
    return clean_line(typed)


def _usual_sort(words: str) -> Sort:
    return Sort.RELEVANCE if words else Sort.NEWEST


def _sort(args: "MultiDict[str, str]", words: str) -> Sort:
    typed = _single(args, "sort")
    if typed is None:
        return _usual_sort(words)
    if typed not in list(Sort):
        raise BadParameter("sort", f"It can be: {', '.join(Sort)}.")
    sort = Sort(typed)
    return Sort.NEWEST if sort == Sort.RELEVANCE and not words else sort


def _page(args: "MultiDict[str, str]") -> int:
    typed = _single(args, "page")
    return 1 if typed is None else _number("page", typed, limits.API_PAGES)


NAMES = ("q", *(facet.value for facet in Facet), "sort", "page")
"""Every parameter of the list."""
