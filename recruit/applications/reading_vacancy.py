"""What a vacancy paid when an application for it was sent, in words, from the snapshot."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from recruit.core.money import pounds_range
from recruit.pay.additions import Addition, additions_of
from recruit.vacancies.presentation import pro_rata_words


def pay_lines(vacancy: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return salary, what part of a week or year pays, and each payment beside salary, as (what, how much).

    Args:
        vacancy: as a snapshot keeps it; earlier ones have no hours, weeks or payments.
    """
    low, high = vacancy.get("salary_min_pence"), vacancy.get("salary_max_pence")
    if low is None or high is None:
        return []
    weeks = vacancy.get("paid_weeks")
    hours = Decimal(vacancy["weekly_hours"]) if "weekly_hours" in vacancy else None
    share = pro_rata_words(low, high, hours, Decimal(weeks) if weeks else None) if hours else ""
    return [
        ("Pay", f"{pounds_range(low, high)} a year for full time"),
        *([("Pro rata", share)] if share else []),
        *((f"{one.name}, beside salary", _terms(one)) for one in additions_of(vacancy.get("additions", ()))),
    ]


def _terms(addition: Addition) -> str:
    amount = f"{addition.amount}, {addition.until}" if addition.until else addition.amount
    return f"{amount}. {addition.conditions}" if addition.conditions else amount
