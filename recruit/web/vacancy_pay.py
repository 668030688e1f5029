"""What a vacancy would pay, in words, for who writes it and who approves it."""

from dataclasses import dataclass
from decimal import Decimal

from recruit.core.calendar import short_date
from recruit.core.errors import Incomplete
from recruit.core.money import pounds_range
from recruit.pay import queries as pay
from recruit.pay.models import Grade, PayTable
from recruit.pay.pro_rata import pro_rata
from recruit.rules import limits


@dataclass(frozen=True, slots=True)
class PayShown:
    """In words: a year's pay, how it is worked out, the share for part of a week; or what keeps it from being known."""

    amount: str = ""
    basis: str = ""
    share: str = ""
    fault: str = ""


def pay_for(grade: Grade, table: PayTable, weekly_hours: Decimal | None) -> PayShown:
    """Return what `grade` pays on `table`, and for `weekly_hours` when they are fewer than full time."""
    try:
        low, high = pay.range_for(grade, table)
    except Incomplete as refusal:
        return PayShown(fault=str(refusal))
    share = ""
    if weekly_hours is not None and weekly_hours < limits.FULL_TIME_HOURS:
        part = pounds_range(pro_rata(low, weekly_hours), pro_rata(high, weekly_hours))
        share = f"{part} for {float(weekly_hours):g} hours a week"
    return PayShown(
        amount=f"{pounds_range(low, high)} a year",
        basis=f"Points {grade.point_min} to {grade.point_max}, pay table of {short_date(table.effective_on)}",
        share=share,
    )
