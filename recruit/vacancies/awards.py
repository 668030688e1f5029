"""A pay award: which live vacancies a newer pay table would change, and applying it to them.

An award rewrites no advert by itself (domain research, 1.1): HR sees old and new pay, and applies it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.core.calendar import london_day, short_date
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.money import pounds_range
from recruit.pay.models import PayTable
from recruit.pay.queries import pay_table_in_force, pay_table_of
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import note, refuse_stale

_LIVE = (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class Raise:
    """One vacancy that an award would change.

    `was` is its pay when it was read, `low` and `high` are its new pay, pence a year; or `fault` says why it cannot
    change.
    """

    vacancy: Vacancy
    was: tuple[int, int]
    low: int
    high: int
    fault: str = ""

    @property
    def before(self) -> str:
        """Its pay before the award, in words."""
        return pounds_range(*self.was)

    @property
    def after(self) -> str:
        """Its new pay, in words; "" where it cannot be changed."""
        return "" if self.fault else pounds_range(self.low, self.high)

    @property
    def mark(self) -> str:
        """What a page carries of it: the vacancy, its version and the new pay."""
        return f"{self.vacancy.reference}.{self.vacancy.version}.{self.low}.{self.high}"


def award_in_force(now: datetime) -> PayTable | None:
    """Return the pay table in force with its points, the one an award would put vacancies on; None if there is none."""
    table = pay_table_in_force(london_day(now))
    return pay_table_of(table.effective_on) if table else None


def raises(effective_on: date, points: Mapping[int, int], *, now: datetime) -> Sequence[Raise]:
    """Return the vacancies that are open, paused or scheduled at `now` and stand on a table older than `effective_on`.

    Args:
        effective_on: the day from which the newer table holds.
        points: what it pays, pence a year by point.
        now: the moment, aware, UTC.

    Returns:
        Those that close first, first: at most `VACANCIES_ON_TABLE`.
    """
    statement = (
        select(Vacancy)
        .join(Vacancy.pay_table)
        .where(Vacancy.status.in_(_LIVE), Vacancy.closes_at > now, PayTable.effective_on < effective_on)
        .options(joinedload(Vacancy.team), joinedload(Vacancy.pay_table))
        .order_by(Vacancy.closes_at, Vacancy.id)
        .limit(limits.VACANCIES_ON_TABLE)
    )
    return [_raise(vacancy, points) for vacancy in db.session.scalars(statement)]


def apply_award(actor: Actor, marks: Sequence[str], *, now: datetime) -> list[Raise]:
    """Put the vacancies that were chosen on the pay table in force, all of them or none.

    Args:
        actor: somebody of HR.
        marks: `Raise.mark` of each, from the page that was read.
        now: the moment, aware, UTC.

    Returns:
        What was changed.  Each keeps an event with its pay before and after.

    Raises:
        NotAllowed: not HR.
        Incomplete: none was chosen, or no pay table is in force.
        Conflict: one of them, or the pay table, has changed since it was read.  Nothing is applied.
    """
    authorise(actor, Permission.VACANCY_AWARD)
    if not marks:
        raise Incomplete("Select at least 1 vacancy")
    table = award_in_force(now)
    if table is None:
        raise Incomplete("No pay table is in force today.")
    points = {point.point: point.annual_pence for point in table.points}
    known = {one.mark: one for one in raises(table.effective_on, points, now=now) if not one.fault}
    unknown = sorted({mark.partition(".")[0][:20] for mark in marks if mark not in known})
    if unknown:
        raise Conflict(
            f"{', '.join(unknown[:5])} changed, or the pay table did, since you opened this page. Nothing was applied."
        )
    chosen = [one for mark, one in known.items() if mark in set(marks)]
    for one in chosen:
        _apply(actor, one, table, now)
    return chosen


def _raise(vacancy: Vacancy, points: Mapping[int, int]) -> Raise:
    was = (vacancy.salary_min_pence or 0, vacancy.salary_max_pence or 0)
    low, high = points.get(vacancy.point_min or 0, 0), points.get(vacancy.point_max or 0, 0)
    missing = [point for point in range(vacancy.point_min or 0, (vacancy.point_max or 0) + 1) if point not in points]
    if missing or not low:
        return Raise(vacancy, was, low, high, f"The new table has no point {missing[0] if missing else 0}.")
    if low < was[0] or high < was[1]:
        return Raise(vacancy, was, low, high, "The new table pays less, so candidates would be misled.")
    return Raise(vacancy, was, low, high)


def _apply(actor: Actor, one: Raise, table: PayTable, now: datetime) -> None:
    vacancy = one.vacancy
    refuse_stale(vacancy, vacancy.version)
    vacancy.pay_table = table
    vacancy.salary_min_pence, vacancy.salary_max_pence = one.low, one.high
    day = short_date(table.effective_on)
    note(actor, vacancy, vacancy.status, now, f"Pay award of {day} applied: {one.after} a year, before it {one.before}")
