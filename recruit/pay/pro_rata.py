"""Pay for less than full time, and by the hour.

Source: the Green Book (NJC national agreement) has a standard week of 37 hours; an hour is a year's pay / 52.143 weeks
(365 / 7) / 37 hours, as the employers' pay circulars work it out.
"""

from decimal import ROUND_HALF_UP, Decimal

from recruit.rules.limits import FULL_TIME_HOURS, WEEKS_A_YEAR

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
    return _nearest(_part_time(annual_pence, weekly_hours), _POUND)


def term_time_pay(annual_pence: int, weekly_hours: Decimal, weeks_paid: Decimal) -> int:
    """A year's pay for part of a year: annual x hours / 37 x weeks / 52.143.

    Args:
        annual_pence: full-time pay, pence a year, 0 or more.
        weekly_hours: contracted hours a week, more than 0 and at most 37.
        weeks_paid: weeks of the year that are paid, leave included, more than 0 and at most 52.143.  HR enters it for
            each post: there is no national formula for the leave of term-time staff.

    Returns:
        Pence a year, in whole pounds (nearest, half up).

    Raises:
        ValueError: pay below 0, or hours or weeks that are not a number in range.

    Source: the common shape of councils' own formulas; each council decides.
    """
    _check(weeks_paid, WEEKS_A_YEAR, "weeks paid")
    return _nearest(_part_time(annual_pence, weekly_hours) * weeks_paid / WEEKS_A_YEAR, _POUND)


def hourly_rate(annual_pence: int) -> int:
    """Pay for one hour: annual / 52.143 / 37, in whole pence (nearest, half up).

    Args:
        annual_pence: full-time pay, pence a year, 0 or more.

    Raises:
        ValueError: pay below 0.

    Source: the NJC pay circulars: £17,842 a year is £9.25 an hour, £24,413 is £12.65.
    """
    return _nearest(_part_time(annual_pence, FULL_TIME_HOURS) / WEEKS_A_YEAR / FULL_TIME_HOURS, 1)


def _part_time(annual_pence: int, weekly_hours: Decimal) -> Decimal:
    if annual_pence < 0:
        raise ValueError(f"pay of {annual_pence} pence a year")
    _check(weekly_hours, FULL_TIME_HOURS, "weekly hours")
    return annual_pence * weekly_hours / FULL_TIME_HOURS


def _check(value: Decimal, most: Decimal, what: str) -> None:
    if not value.is_finite() or not 0 < value <= most:
        raise ValueError(f"{what} must be more than 0 and at most {most}, not {value}")


def _nearest(pence: Decimal, unit: int) -> int:
    return int((pence / unit).quantize(Decimal(1), ROUND_HALF_UP)) * unit
