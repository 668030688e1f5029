"""How somebody stands with Social Work England as HR reads it, with what is for people to look at."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from recruit.applications.models import Registration
from recruit.applications.reading_personal import Lines
from recruit.applications.reading_registration import registration_lines
from recruit.applications.situations import WAITING, next_renewal, start_words
from recruit.applications.words import STAFF_REGISTRATION_WORDS
from recruit.core.calendar import long_date


def registration_rows(registration: Mapping[str, Any]) -> Lines:
    """Return the section's questions and answers; none if nothing was entered."""
    if not registration.get("state"):
        return []
    details = [(question, answer or "Not answered") for question, answer in registration_lines(registration)]
    return [("Social Work England", STAFF_REGISTRATION_WORDS[Registration(registration["state"])]), *details]


def registration_flags(registration: Mapping[str, Any], sent_on: date) -> Sequence[str]:
    """Return what HR looks at: from when they can start, and what to look up.  None refuses anybody.

    Args:
        registration: the section as it was sent.
        sent_on: the day of sending, from which the next renewal is counted.
    """
    flags = []
    state = Registration(registration["state"]) if registration.get("state") else None
    if state in WAITING:
        flags.append(_waiting(state, registration))
    if state == Registration.RENEWING:
        applied = "" if registration.get("has_applied") else " and has not applied for it yet"
        flags.append(
            f"Is renewing the registration{applied}."
            f" Look at the register again on {long_date(next_renewal(sent_on))}, and before they start."
        )
    if state == Registration.NOT_REQUIRED:
        flags.append("Not registered with Social Work England. Check that the role does not need it.")
    if registration.get("has_conditions"):
        flags.append("Has conditions on their registration. Read them before you decide.")
    return flags


def _waiting(state: Registration, registration: Mapping[str, Any]) -> str:
    expected = registration.get("expected_on")
    words = start_words(state, date.fromisoformat(expected) if expected else None)
    start = f" Can start {words[0].lower()}{words[1:]}." if words else ""
    applied = " Has not applied for it yet." if registration.get("has_applied") is False else ""
    return f"{STAFF_REGISTRATION_WORDS[state]}.{applied}{start} Registration must be there before they start."
