"""How somebody stands with Social Work England in words, as (question, answer), for candidates and for HR."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from recruit.applications.chronology import Month
from recruit.applications.models import Registration
from recruit.applications.reading_personal import Lines, yes_no
from recruit.applications.registration import SupportedYear
from recruit.applications.situations import ASKED, start_words
from recruit.applications.words import SUPPORTED_YEAR_WORDS
from recruit.core.calendar import short_date


def registration_lines(answers: Mapping[str, Any]) -> Lines:
    """Return what was asked in the situation of a snapshot's section "registration", which has one, and its answers."""
    state = Registration(answers["state"])
    lines = []
    for name in ASKED[state]:
        if name not in _UNDER or answers.get(_UNDER[name][0]) == _UNDER[name][1]:
            lines.append((_QUESTIONS[name], _words(name, answers.get(name))))
    words = start_words(state, _day(answers.get("expected_on")))
    return [*lines, ("Earliest start", words)] if words else lines


_QUESTIONS = {
    "number": "Registration number",
    "has_conditions": "Conditions",
    "conditions": "What the conditions are",
    "has_applied": "Has applied to Social Work England",
    "qualifies_on": "Course ends or ended",
    "country": "Qualified in",
    "left_on": "Left the register",
    "expected_on": "Registration expected",
    "supported_year": "Assessed and supported year (ASYE)",
    "supported_until": "ASYE completed in",
}
_UNDER = {"conditions": ("has_conditions", True), "supported_until": ("supported_year", SupportedYear.COMPLETED)}
"""What is asked under another answer only."""


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "supported_year":
        return SUPPORTED_YEAR_WORDS[SupportedYear(value)]
    if name in ("left_on", "supported_until"):
        return Month.of(date.fromisoformat(value)).label
    if name in ("qualifies_on", "expected_on"):
        return short_date(date.fromisoformat(value))
    return yes_no(value) if isinstance(value, bool) else str(value)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
