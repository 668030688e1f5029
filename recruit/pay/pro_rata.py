"""Pay for less than full time or less than the whole year, for a month and for an hour.

Source: the Green Book (NJC national agreement) has a standard week of 37 hours.
"""

from decimal import ROUND_HALF_UP, Decimal

from recruit.rules.limits import FULL_TIME_HOURS, YEAR_WEEKS

_POUND = 100  # pence
_MONTHS = 12
_WEEKS = Decimal(365) / 7  # weeks of a year to divide an hour's pay by


def pro_rata(annual_pence: int, weekly_hours: Decimal, paid_weeks: Decimal | None = None) -> int:
    """A year's pay for part of a week, or part of a year: annual x hours / 37 x weeks / 52.143.

    Args:
        annual_pence: full-time pay, pence a year, 0 or more.
        weekly_hours: contracted hours a week, more than 0 and at most 37.
        paid_weeks: the weeks of a year that are paid, worked and leave together, more than 0 and at most 52.143; None
            for all of the year.

    Returns:
        Pence a year, in whole pounds (nearest, half up): it is shown in an advert, payroll works to the penny.

    Raises:
        ValueError: pay below 0, or hours or weeks that are not a number in range.

    Source: custom in local government, not a national rule.  22.2 hours of £32,798 is £19,679.  How many weeks are
    paid is each council's to say (it depends on leave), so it is entered and never worked out here.
    """
    if annual_pence < 0:
        raise ValueError(f"pay of {annual_pence} pence a year")
    if not weekly_hours.is_finite() or not 0 < weekly_hours <= FULL_TIME_HOURS:
        raise ValueError(f"weekly hours must be more than 0 and at most {FULL_TIME_HOURS}, not {weekly_hours}")
    weeks = YEAR_WEEKS if paid_weeks is None else paid_weeks
    if not weeks.is_finite() or not 0 < weeks <= YEAR_WEEKS:
        raise ValueError(f"paid weeks must be more than 0 and at most {YEAR_WEEKS}, not {paid_weeks}")
    pounds = annual_pence * weekly_hours * weeks / (FULL_TIME_HOURS * YEAR_WEEKS * _POUND)
    return int(pounds.quantize(Decimal(1), ROUND_HALF_UP)) * _POUND


def monthly(annual_pence: int) -> int:
    """A twelfth of a year's pay, in whole pounds (nearest, half up), to be told as "about": payroll works to the penny.

    Args:
        annual_pence: pay, pence a year, 0 or more.

    Source: salaries are paid in twelve equal parts (Green Book, part 2), before tax and National Insurance.
    """
    return int((Decimal(annual_pence) / _MONTHS / _POUND).quantize(Decimal(1), ROUND_HALF_UP)) * _POUND


def hourly(annual_pence: int) -> int:
    """What an hour of a full week pays: annual / 52.143 weeks / 37 hours, to the nearest penny, half up.

    Args:
        annual_pence: full-time pay, pence a year, 0 or more.

    Source: the NJC's pay agreements from 2024-25 on, which divide by 52.143 ("this being 365/7") and by 37.
    £24,413 is £12.65.
    """
    return int((annual_pence / _WEEKS / FULL_TIME_HOURS).quantize(Decimal(1), ROUND_HALF_UP))
