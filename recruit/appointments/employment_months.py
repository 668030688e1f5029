"""The months that addresses and stays outside the UK cover.

Sources: DBS, guides for applicants (every address of the last 5 years); domain research, sections 4.3 and 12.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from recruit.applications.chronology import Gap, Month, Period, uncovered_months
from recruit.rules import limits

YEAR = 12  # months


def period_of(entry: Mapping[str, Any]) -> Period | None:
    """Return the months of an entry; None while its first is not known, or where its last is earlier."""
    began, ended = entry.get("from_month"), entry.get("to_month")
    if began is None or (ended and ended < began):
        return None
    return Period(Month.of(began), Month.of(ended) if ended else None)


def first_month_asked(today: date) -> Month:
    """Return the first month whose address is asked for."""
    return Month.of(today).plus(-limits.ADDRESS_YEARS * YEAR)


def months_without_address(entries: Iterable[Mapping[str, Any]], today: date) -> list[Gap]:
    """Return the months of the last 5 years that no address covers, oldest first."""
    periods = [found for found in map(period_of, entries) if found is not None]
    return uncovered_months(periods, first_month_asked(today), Month.of(today))


def is_long_stay(period: Period, today: date, *, months: int) -> bool:
    """Say whether a stay touches the last 5 years and lasted for `months` or longer, or goes on."""
    end = period.end or Month.of(today)
    return end >= first_month_asked(today) and period.start.until(end) + 1 >= months


def stays_in(history: Iterable[Mapping[str, Any]], today: date, *, months: int) -> list[dict[str, Any]]:
    """Return the stays outside the UK that a snapshot's `history` names, as entries: what is to be checked."""
    found = []
    for row in history:
        period = Period.of(row)
        if row.get("country") and is_long_stay(period, today, months=months):
            found.append(
                {
                    "country": row["country"],
                    "from_month": period.start.first_day,
                    "to_month": period.end.first_day if period.end else None,
                }
            )
    return found
