"""Interest in words, for whoever registered it and for staff."""

from collections.abc import Mapping, Sequence

from recruit.applications.models import Registration
from recruit.applications.words import CANDIDATE_REGISTRATION_WORDS, STAFF_REGISTRATION_WORDS
from recruit.core.calendar import long_date
from recruit.interest.models import Interest

NOT_A_SOCIAL_WORKER = "not a social worker"


def interest_lines(interest: Interest, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the questions and answers, as their candidate reads them.

    Args:
        interest: what was told.
        names: of teams by slug and of grades by code.
    """
    lines = [("Social Work England", _words(interest, CANDIDATE_REGISTRATION_WORDS))]
    if interest.number:
        lines.append(("Registration number", interest.number))
    if interest.expected_on:
        lines.append(("Expected to be registered", long_date(interest.expected_on)))
    return [
        *lines,
        ("Right to work in the UK", "Yes" if interest.right_to_work else "No"),
        ("Needs a sponsor for a visa", "Yes" if interest.needs_sponsorship else "No"),
        ("Teams", chosen_words(interest.teams, names, "Any team")),
        ("Grades", chosen_words(interest.grades, names, "Any grade")),
        ("Hours", interest.hours_wanted or "Any"),
    ]


def registration_words(interest: Interest) -> str:
    """Return how they stand with the register, as staff read it: "Newly qualified …, expected 27 September 2026"."""
    words = _words(interest, STAFF_REGISTRATION_WORDS)
    return f"{words}, expected {long_date(interest.expected_on)}" if interest.expected_on else words


def _words(interest: Interest, words: Mapping[Registration, str]) -> str:
    is_none = interest.state == Registration.NOT_REQUIRED  # a role may need none; here nobody spoke of a role
    return NOT_A_SOCIAL_WORKER.capitalize() if is_none else words[interest.state]


def chosen_words(chosen: Sequence[str], names: Mapping[str, str], none: str) -> str:
    """Return names joined; a team that is no more is left out."""
    return ", ".join(names[one] for one in chosen if one in names) or none
