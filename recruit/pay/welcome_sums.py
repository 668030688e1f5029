"""What a welcome payment comes to: for fewer hours, part by part, and what is repaid by who leaves.

All of it follows the terms of one version: `instalments` and `repayment` as `WelcomeSchemeVersion` keeps them.  What a
page shows and what would be paid are worked out here alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recruit.pay.pro_rata import pro_rata
from recruit.rules.limits import FULL_TIME_HOURS

Part = Mapping[str, int]

FIRST_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody on certain hours gets, in pence: in all, part by part, and what is repaid by who leaves.

    `paid` and `left` are of (months after the start, pence).
    """

    share: int
    paid: Sequence[tuple[int, int]]
    left: Sequence[tuple[int, int]]


def worked_example(
    amount_pence: int,
    instalments: Sequence[Part],
    repayment: Sequence[Part],
    *,
    weekly_hours: Decimal,
    pro_rata_by_hours: bool,
) -> Example:
    """Return what the terms come to for somebody who works `weekly_hours`.

    Somebody leaves in the middle of each band of the repayment, and at the end of the last one.

    Source: the functions below, each with its own.
    """
    share = welcome_share(amount_pence, weekly_hours, pro_rata_by_hours=pro_rata_by_hours)
    leaving = [(band["months_from"] + band["months_to"]) // 2 for band in repayment]
    leaving += [max(band["months_to"] for band in repayment)] if repayment else []
    left = [(months, repaid(share, instalments, repayment, months)) for months in leaving]
    return Example(share, parts_of(share, instalments), left)


def welcome_share(amount_pence: int, weekly_hours: Decimal, *, pro_rata_by_hours: bool = True) -> int:
    """Return the whole payment for somebody who works `weekly_hours`: the amount x hours / 37, as for salary.

    Args:
        amount_pence: the payment for full time, pence before tax.
        weekly_hours: contracted hours a week, more than 0 and at most 37.
        pro_rata_by_hours: whether the terms share it by hours; else all of it is for any hours.

    Raises:
        ValueError: hours out of range.

    Source: the scheme's terms ("the share that matches your hours").
    """
    if weekly_hours == FULL_TIME_HOURS or not pro_rata_by_hours:
        return amount_pence
    return pro_rata(amount_pence, weekly_hours)


def parts_of(share_pence: int, instalments: Sequence[Part]) -> list[tuple[int, int]]:
    """Return each instalment as (months after the start, pence).  They come to the share, to the penny.

    Args:
        share_pence: the whole payment, pence.
        instalments: {"pence", "after_months"}, which come to the amount for full time.

    Source: the scheme's instalments.  A penny that does not divide goes to the later instalment.
    """
    parts: list[tuple[int, int]] = []
    full, so_far = _amount(instalments), 0
    for instalment in instalments:
        before, so_far = share_pence * so_far // full, so_far + instalment["pence"]
        parts.append((instalment["after_months"], share_pence * so_far // full - before))
    return parts


def first_year_pence(instalments: Sequence[Part]) -> int:
    """Return what of the amount for full time falls due before twelve months have gone by."""
    return sum(part["pence"] for part in instalments if part["after_months"] < FIRST_YEAR)


def paid_by(share_pence: int, instalments: Sequence[Part], months: float) -> int:
    """Return what has been paid to somebody who has worked for `months`, pence before tax."""
    paid = sum(part["pence"] for part in instalments if part["after_months"] <= months)
    return share_pence * paid // _amount(instalments)


def repaid(share_pence: int, instalments: Sequence[Part], repayment: Sequence[Part], months: float) -> int:
    """Return what somebody repays who leaves after `months`, in pence; never more than was paid.

    Args:
        share_pence: the whole payment, pence before tax.
        instalments: {"pence", "after_months"}.
        repayment: {"months_from", "months_to", "percent"}: the first month counts, the last does not.
        months: how long somebody has worked, 0 or more.

    Source: the scheme's repayment bands, on what has been paid by then; part of a penny is let go.
    """
    for band in repayment:
        if band["months_from"] <= months < band["months_to"]:
            return paid_by(share_pence, instalments, months) * band["percent"] // 100
    return 0


def _amount(instalments: Sequence[Part]) -> int:
    """The amount for full time: what the instalments come to."""
    return sum(part["pence"] for part in instalments)
