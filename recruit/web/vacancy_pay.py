"""What a vacancy would pay, in words, for who writes it and who approves it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from recruit.core.calendar import short_date
from recruit.core.errors import Incomplete
from recruit.core.money import pounds_range
from recruit.pay import queries as pay
from recruit.pay.models import Grade, PayTable
from recruit.vacancies.models import Vacancy
from recruit.vacancies.presentation import pro_rata_words
from recruit.vacancies.pricing import table_to_publish


@dataclass(frozen=True, slots=True)
class PayShown:
    """In words: a year's pay, how it is worked out, the share for part of a week; or what keeps it from being known."""

    amount: str = ""
    basis: str = ""
    share: str = ""
    fault: str = ""


def pay_to_publish(vacancy: Vacancy, now: datetime) -> PayShown:
    """Return what `vacancy` would pay if it were published at `now`; of one that was, the pay that it keeps."""
    low, high, table = vacancy.salary_min_pence, vacancy.salary_max_pence, vacancy.pay_table
    if vacancy.published_at is not None and low is not None and high is not None and table is not None:
        return _shown(low, high, (vacancy.point_min, vacancy.point_max), table, _time(vacancy))
    try:
        return pay_for(vacancy.grade, table_to_publish(vacancy, now), *_time(vacancy))
    except Incomplete as refusal:
        return PayShown(fault=str(refusal))


def pay_for(grade: Grade, table: PayTable, weekly_hours: Decimal | None, paid_weeks: Decimal | None = None) -> PayShown:
    """Return what `grade` pays on `table`, and for `weekly_hours` and `paid_weeks` when they are not all there are."""
    try:
        low, high = pay.range_for(grade, table)
    except Incomplete as refusal:
        return PayShown(fault=str(refusal))
    return _shown(low, high, (grade.point_min, grade.point_max), table, (weekly_hours, paid_weeks))


def _time(vacancy: Vacancy) -> tuple[Decimal, Decimal | None]:
    return vacancy.weekly_hours, vacancy.paid_weeks


def _shown(
    low: int,
    high: int,
    points: tuple[int | None, int | None],
    table: PayTable,
    time: tuple[Decimal | None, Decimal | None],
) -> PayShown:
    weekly_hours, paid_weeks = time
    share = pro_rata_words(low, high, weekly_hours, paid_weeks) if weekly_hours is not None else ""
    return PayShown(
        amount=f"{pounds_range(low, high)} a year",
        basis=f"Points {points[0]} to {points[1]}, pay table of {short_date(table.effective_on)}",
        share=share,
    )
