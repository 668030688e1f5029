"""What a welcome payment comes to: for fewer hours, part by part, and what is repaid by who leaves.

All of it follows the terms of one version: `instalments` and `repayment` as `WelcomeSchemeVersion` keeps them.  What a
page shows and what would be paid are worked out here alike.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from recruit.pay.pro_rata import pro_rata
from recruit.rules.limits import FULL_TIME_HOURS

Part = Mapping[str, int]

FIRST_YEAR = 12  # months


def welcome_share(amount_pence: int, weekly_hours: Decimal) -> int:
    """Return the whole payment for somebody who works `weekly_hours`: the amount x hours / 37, as for salary.

    Args:
        amount_pence: the payment for full time, pence before tax.
        weekly_hours: contracted hours a week, more than 0 and at most 37.

    Raises:
        ValueError: hours out of range.

    Source: the scheme's terms ("the share that matches your hours").
    """
    return amount_pence if weekly_hours == FULL_TIME_HOURS else pro_rata(amount_pence, weekly_hours)


def parts_of(share_pence: int, instalments: Sequence[Part]) -> list[tuple[int, int]]:
    """Return each instalment as (months after the start, pence).  They come to the share, to the penny.

    Args:
        share_pence: the whole payment, pence.
        instalments: {"percent", "after_months"}, which come to 100 percent.

    Source: the scheme's instalments.  A penny that does not divide goes to the later instalment.
    """
    parts: list[tuple[int, int]] = []
    percent = 0
    for instalment in instalments:
        before, percent = share_pence * percent // 100, percent + instalment["percent"]
        parts.append((instalment["after_months"], share_pence * percent // 100 - before))
    return parts


def first_year_percent(instalments: Sequence[Part]) -> int:
    """Return what percentage falls due before twelve months have gone by."""
    return sum(part["percent"] for part in instalments if part["after_months"] < FIRST_YEAR)


def paid_by(share_pence: int, instalments: Sequence[Part], months: float) -> int:
    """Return what has been paid to somebody who has worked for `months`, pence before tax."""
    return share_pence * sum(part["percent"] for part in instalments if part["after_months"] <= months) // 100


def repaid(share_pence: int, instalments: Sequence[Part], repayment: Sequence[Part], months: float) -> int:
    """Return what somebody repays who leaves after `months`, in pence; never more than was paid.

    Args:
        share_pence: the whole payment, pence before tax.
        instalments: {"percent", "after_months"}.
        repayment: {"months_from", "months_to", "percent"}: the first month counts, the last does not.
        months: how long somebody has worked, 0 or more.

    Source: the scheme's repayment bands, on what has been paid by then; part of a penny is let go.
    """
    for band in repayment:
        if band["months_from"] <= months < band["months_to"]:
            return paid_by(share_pence, instalments, months) * band["percent"] // 100
    return 0
