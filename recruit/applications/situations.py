"""How people stand with Social Work England: what each is asked, and from when each can start.

Sources: registration is renewed each year from 1 September to 30 November, for a year from 1 December; nobody practises
unregistered, and whoever qualified outside the UK registers by the overseas route (Social Work England).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from recruit.applications.models import Registration
from recruit.core.calendar import long_date

R = Registration
WAITING = frozenset({R.NEWLY_QUALIFIED, R.OVERSEAS, R.RETURNING, R.APPLIED})  # not on the register yet

ASKED: Mapping[Registration, tuple[str, ...]] = {
    R.REGISTERED: ("number", "has_conditions", "conditions", "supported_year", "supported_until"),
    R.RENEWING: ("number", "has_conditions", "conditions", "has_applied", "supported_year", "supported_until"),
    R.NEWLY_QUALIFIED: ("qualifies_on", "has_applied", "expected_on"),
    R.OVERSEAS: ("country", "has_applied", "expected_on"),
    R.RETURNING: ("number", "left_on", "has_applied", "expected_on", "supported_year", "supported_until"),
    R.NOT_REQUIRED: (),
    R.APPLIED: ("expected_on",),
}
"""The columns that each situation is asked for."""

NUMBERED = frozenset(state for state, columns in ASKED.items() if "number" in columns)
"""The situations in which a number counts; in the others it is left from before the situation changed."""

HAS_APPLIED = {
    R.RENEWING: "Have you applied to renew it?",
    R.NEWLY_QUALIFIED: "Have you applied to register?",
    R.OVERSEAS: "Have you applied to register?",
    R.RETURNING: "Have you applied to come back to the register?",
}
"""What "has_applied" asks in each situation."""


def asked(state: Registration | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of `values`, by column, that belong to a situation; the others were typed before it changed."""
    return {name: value for name, value in values.items() if state and name in ASKED[state]}


def next_renewal(day: date) -> date:
    """Return the first day of the registration year that begins on or after `day`: a 1 December."""
    return date(day.year + (day > date(day.year, 12, 1)), 12, 1)


def earliest_start(state: Registration, expected_on: date | None) -> date | None:
    """Return the day before which somebody cannot start; None where only the checks decide."""
    return expected_on if state in WAITING else None


def start_words(state: Registration, expected_on: date | None) -> str:
    """Return from when somebody can start: "From 27 September 2026, once you are on the register"."""
    day = earliest_start(state, expected_on)
    if day is not None:
        return f"From {long_date(day)}, once on the register"
    if state == R.RENEWING:
        return "When the checks are done, while the register shows the registration"
    return "When the checks are done" if state not in WAITING else ""
