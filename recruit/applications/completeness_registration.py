"""What is still missing of how somebody stands with Social Work England: each situation has questions of its own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from recruit.applications.answers import Answers
from recruit.applications.models import Registration, RegistrationAnswer
from recruit.applications.registration import (
    MISSING_NUMBER,
    WRONG_NUMBER,
    SupportedYear,
    normalise_registration_number,
)
from recruit.applications.situations import ASKED
from recruit.applications.words import too_long
from recruit.rules import limits

Missing = Iterator[tuple[str, str]]
COMPLETED_LATER = "The month you completed it must be this month or earlier"
WHICH = "Select how you stand with Social Work England"

MISSING_APPLIED: Mapping[Registration, str] = {
    Registration.RENEWING: "Select whether you have applied to renew your registration",
    Registration.NEWLY_QUALIFIED: "Select whether you have applied to register",
    Registration.OVERSEAS: "Select whether you have applied to register",
    Registration.RETURNING: "Select whether you have applied to come back to the register",
}


def registration_missing(answers: Answers, today: date) -> Missing:
    """Yield what is missing as (message, field); "state" where the situation itself is to be chosen (again)."""
    registration = answers.registration
    state = registration.state if registration else None
    if registration is None or state is None or state == Registration.APPLIED:  # now each is asked on its own
        yield WHICH, "state"
        return
    if state == Registration.NOT_REQUIRED and answers.application.vacancy.registration_required:
        yield "This role needs registration. Select whether you have it or are applying for it", "state"
        return
    for name in ASKED[state]:
        if name in _CHECKS:
            yield from _CHECKS[name](registration, state, today)
        elif getattr(registration, name) in (None, ""):
            yield _MISSING.get(name) or MISSING_APPLIED[state], name


_MISSING = {
    "has_conditions": "Select whether there are conditions on your registration",
    "qualifies_on": "Enter the date your course ends or ended, like 27 6 2026",
    "country": "Enter the country you qualified in",
}


def _number(registration: RegistrationAnswer, state: Registration, _today: date) -> Missing:
    if not registration.number:
        if state != Registration.RETURNING:  # an old number may be forgotten
            yield MISSING_NUMBER, "number"
    elif normalise_registration_number(registration.number) != registration.number:
        yield WRONG_NUMBER, "number"


def _conditions(registration: RegistrationAnswer, _state: Registration, _today: date) -> Missing:
    if not registration.has_conditions:
        return
    if not registration.conditions:
        yield "Enter the conditions on your registration", "conditions"
    elif message := too_long("The conditions", registration.conditions, limits.EXPLANATION_WORDS):
        yield message, "conditions"


def _left(registration: RegistrationAnswer, _state: Registration, today: date) -> Missing:
    if registration.left_on is None:
        yield "Enter the month you left the register, like 11 2021", "left_on"
    elif registration.left_on > today:
        yield "The month you left the register must be this month or earlier", "left_on"


def _expected(registration: RegistrationAnswer, state: Registration, today: date) -> Missing:
    expected, qualifies = registration.expected_on, registration.qualifies_on
    if expected is None:
        yield f"Enter the date you expect to be registered, like 27 9 {today.year + 1}", "expected_on"
    elif expected < today:
        yield "The date you expect to be registered must be today or in the future", "expected_on"
    elif state == Registration.NEWLY_QUALIFIED and qualifies and expected < qualifies:
        yield "The date you expect to be registered must be the day your course ends, or later", "expected_on"


def _optional(_registration: RegistrationAnswer, _state: Registration, _today: date) -> Missing:
    yield from ()


def _supported(registration: RegistrationAnswer, _state: Registration, today: date) -> Missing:
    is_completed = registration.supported_year == SupportedYear.COMPLETED
    if is_completed and registration.supported_until and registration.supported_until > today:
        yield COMPLETED_LATER, "supported_until"


_CHECKS: Mapping[str, Callable[[RegistrationAnswer, Registration, date], Missing]] = {
    "number": _number,
    "conditions": _conditions,
    "left_on": _left,
    "supported_year": _optional,
    "supported_until": _supported,
    "expected_on": _expected,
}
