"""Facets of public vacancies: for each value of a facet, the set of vacancies (see `finder_terms`) that have it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter

from recruit.core.calendar import closing_moment
from recruit.vacancies.finder_query import CLOSING_DAYS, SALARIES, YES, Facet, Hours
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.finder_terms import bits_of

REMEMBERED = 64  # sets of "pays at least" that are kept: people may ask for any figure


class Facets:
    """The sets of one index.

    Args:
        rows: the vacancies by slot.
        size: slots, used or not.
    """

    def __init__(self, rows: Mapping[int, VacancyRow], size: int) -> None:
        self._size = size
        self._fixed: dict[Facet, dict[str, int]] = _fixed(rows, size)
        by_salary = sorted((row.salary_max_pence, slot) for slot, row in rows.items())
        self._salaries = [pence for pence, _ in by_salary]
        self._by_salary = [slot for _, slot in by_salary]
        by_closing = sorted((row.closes_at, slot) for slot, row in rows.items())
        self._closings = [moment for moment, _ in by_closing]
        self._by_closing = [slot for _, slot in by_closing]
        self._paying: dict[int, int] = {}
        self._closing: dict[date, dict[str, int]] = {}

    def having(self, facet: Facet, values: Sequence[str], today: date) -> int:
        """Return the set of those that have one of `values`; a value that nobody has adds none.

        Args:
            facet: which.
            values: as in `finder_query.Query`.
            today: the day in London, from which closing days count.
        """
        sets = self._sets(facet, values, today)
        bits = 0
        for value in values:
            bits |= sets.get(value, 0)
        return bits

    def offered(self, facet: Facet, today: date) -> Mapping[str, int]:
        """Return the values of `facet` that are offered to choose from, with their sets."""
        return self._sets(facet, [str(pounds) for pounds in SALARIES], today)

    def _sets(self, facet: Facet, values: Sequence[str], today: date) -> Mapping[str, int]:
        if facet == Facet.SALARY_MIN:
            return {value: self._paying_at_least(int(value)) for value in values}
        if facet == Facet.CLOSING_WITHIN:
            return self._closing_within(today)
        return self._fixed[facet]

    def _paying_at_least(self, pounds: int) -> int:
        first = bisect_left(self._salaries, pounds * 100)
        if first not in self._paying:
            if len(self._paying) >= REMEMBERED:
                self._paying.clear()
            self._paying[first] = bits_of(self._by_salary[first:], self._size)
        return self._paying[first]

    def _closing_within(self, today: date) -> dict[str, int]:
        if today not in self._closing:
            ends = {days: bisect_right(self._closings, _end_of(today, days)) for days in CLOSING_DAYS}
            self._closing = {
                today: {str(days): bits_of(self._by_closing[:end], self._size) for days, end in ends.items()}
            }
        return self._closing[today]


def _end_of(today: date, days: int) -> datetime:
    return closing_moment(today + timedelta(days=days))


def _fixed(rows: Mapping[int, VacancyRow], size: int) -> dict[Facet, dict[str, int]]:
    """The sets of all values that a vacancy has whatever the day.  Those alike in all facets are looked at once."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    facts = attrgetter("grade", "team", "contract", "full_time", "part_time", "job_share", "newly_qualified")
    for slot, row in rows.items():
        alike[*facts(row), row.welcome_pence is None].append(slot)
    sets: dict[Facet, dict[str, int]] = {facet: defaultdict(int) for facet in Facet}
    for slots in alike.values():
        row, bits = rows[slots[0]], bits_of(slots, size)
        values: dict[Facet, list[str]] = {
            Facet.GRADE: [row.grade.code],
            Facet.TEAM: [row.team.slug],
            Facet.CONTRACT: [row.contract.value],
            Facet.HOURS: [hours.value for hours in hours_of(row)],
            Facet.NEWLY_QUALIFIED: [YES] if row.newly_qualified else [],
            Facet.WELCOME_PAYMENT: [YES] if row.welcome_pence else [],
        }
        for facet, those in values.items():
            for value in those:
                sets[facet][value] |= bits
    return sets


def hours_of(row: VacancyRow) -> list[Hours]:
    """Return the ways in which the post's week can be worked."""
    ways = {Hours.FULL_TIME: row.full_time, Hours.PART_TIME: row.part_time, Hours.JOB_SHARE: row.job_share}
    return [way for way, is_so in ways.items() if is_so]
