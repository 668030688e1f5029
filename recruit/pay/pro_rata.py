"""Pay for less than full time.

Source: the Green Book (NJC national agreement) has a standard week of 37 hours.
"""

from decimal import ROUND_HALF_UP, Decimal

from recruit.rules.limits import FULL_TIME_HOURS

_POUND = 100  # pence


def pro_rata(annual_pence: int, weekly_hours: Decimal) -> int:
    """A year's pay for part of a week: annual x hours / 37.

    Args:
        annual_pence: full-time pay, pence a year, 0 or more.
        weekly_hours: contracted hours a week, more than 0 and at most 37.

    Returns:
        Pence a year, in whole pounds (nearest, half up): it is shown in an advert, payroll works to the penny.

    Raises:
        ValueError: pay below 0, or hours that are not a number in range.

    Source: custom in local government, not a national rule.  22.2 hours of £32,798 is £19,679.
    """
    if annual_pence < 0:
        raise ValueError(f"pay of {annual_pence} pence a year")
    if not weekly_hours.is_finite() or not 0 < weekly_hours <= FULL_TIME_HOURS:
        raise ValueError(f"weekly hours must be more than 0 and at most {FULL_TIME_HOURS}, not {weekly_hours}")
    pounds = annual_pence * weekly_hours / FULL_TIME_HOURS / _POUND
    return int(pounds.quantize(Decimal(1), ROUND_HALF_UP)) * _POUND
