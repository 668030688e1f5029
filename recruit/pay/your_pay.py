"""What one person would be paid: a point of the spine, hours a week, and what comes beside salary kept apart.

`static/js/your_pay_sums.js` works out the same in the browser; a test holds the two to each other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recruit.pay.pro_rata import monthly, pro_rata
from recruit.pay.welcome_sums import welcome_share

FEWEST_HOURS = Decimal(1)  # hours a week; fewer is a slip of the finger

_HOURS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class YourPay:
    """Pence before tax: a year's and about a month's salary; the welcome payment, and what of it falls in the first
    year; the other payments that are certain in that year."""

    year: int
    month: int
    welcome: int
    welcome_first_year: int
    additions: tuple[int, ...] = ()

    @property
    def first_year(self) -> int:
        """Salary, welcome payment and other certain payments of the first twelve months together."""
        return self.year + self.welcome_first_year + sum(self.additions)


def read_hours(text: str, most: Decimal) -> Decimal | None:
    """Return the hours a week that somebody typed, or None for anything but a number from 1 to `most`.

    Args:
        text: digits with at most two decimals, like "22.2"; space around it is ignored.
        most: the hours of the post.
    """
    typed = text.strip()
    if not _HOURS.fullmatch(typed):
        return None
    hours = Decimal(typed)
    return hours if min(FEWEST_HOURS, most) <= hours <= most else None


def your_pay(
    annual_pence: int,
    weekly_hours: Decimal,
    welcome_pence: int = 0,
    first_pence: int = 0,
    *,
    is_shared: bool = True,
    paid_weeks: Decimal | None = None,
    additions: Sequence[int] = (),
) -> YourPay:
    """Return what a point pays for `weekly_hours`.

    Args:
        annual_pence: full-time pay of the point, pence a year.
        weekly_hours: more than 0 and at most 37.
        welcome_pence: the welcome payment for full time; 0 for none.
        first_pence: what of that falls due in the first twelve months.
        is_shared: whether fewer hours get their share of it.
        paid_weeks: the paid weeks of a term-time post; None for all of the year.
        additions: other payments that are certain in the first twelve months, pence for full time.

    Raises:
        ValueError: pay below 0, or hours or weeks out of range.

    Source: `pro_rata`, `monthly` and `welcome_share`, each with its own.
    """
    year = pro_rata(annual_pence, weekly_hours, paid_weeks)
    share = welcome_share(welcome_pence, weekly_hours, pro_rata_by_hours=is_shared)
    first = share * first_pence // welcome_pence if welcome_pence else 0
    more = tuple(pro_rata(pence, weekly_hours, paid_weeks) for pence in additions)
    return YourPay(year, monthly(year), share, first, more)
