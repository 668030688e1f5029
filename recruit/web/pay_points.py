"""A pay table's points as rows, for everybody and for those who keep it."""

from recruit.core.money import pounds, pounds_and_pence
from recruit.pay.models import PayTable
from recruit.pay.pro_rata import hourly, monthly


def point_rows(table: PayTable | None) -> list[tuple[int, str, str, str]]:
    """Return each point with what it pays full time: a year, about a month, an hour."""
    return [
        (
            paid.point,
            pounds(paid.annual_pence),
            pounds(monthly(paid.annual_pence)),
            pounds_and_pence(hourly(paid.annual_pence)),
        )
        for paid in (table.points if table else ())
    ]
