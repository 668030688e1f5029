"""What is still missing before a section can be called finished, and before an application can be sent.

Sources: the sections of the form in the domain research, section 12; safer recruitment's full history and referees.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from recruit.applications.answers import WORK, Answers
from recruit.applications.models import Registration, Section
from recruit.applications.referees import referee_problems
from recruit.applications.registration import MISSING_NUMBER
from recruit.applications.words import too_long
from recruit.core.text import word_count
from recruit.rules import limits


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.  `place` is the id of an entry, criterion or referee; none is the whole section."""

    section: Section
    message: str
    place: int | None = None


def problems_of(answers: Answers, section: Section, today: date) -> list[Problem]:
    """Return what keeps `section` from being finished, each with a sentence that says how to mend it."""
    return [Problem(section, message, place) for message, place in _CHECKS[section](answers, today)]


def all_problems(answers: Answers, today: date) -> list[Problem]:
    """Return what keeps the application from being sent, in the order of the task list."""
    found = []
    for section in Section:
        of_section = problems_of(answers, section, today)
        if not of_section and not answers.is_complete(section):
            of_section = [Problem(section, f"Say that you have finished “{SECTION_TITLES[section]}”")]
        found += of_section
    return found


SECTION_TITLES: Mapping[Section, str] = {
    Section.CONTACT: "Contact details",
    Section.REGISTRATION: "Social Work England registration",
    Section.QUALIFICATIONS: "Qualifications",
    Section.HISTORY: "Work, study and other activity",
    Section.EVIDENCE: "How you meet the criteria",
    Section.REFEREES: "Referees",
    Section.DECLARATION: "Declaration",
}

Found = Iterator[tuple[str, int | None]]


def _contact(answers: Answers, _today: date) -> Found:
    contact = answers.contact
    wanted = {
        "Enter your full name": contact and contact.full_name,
        "Enter your email address": contact and contact.email,
        "Enter your phone number": contact and contact.phone,
        "Enter the first line of your address": contact and contact.address_line_1,
        "Enter your town or city": contact and contact.town,
        "Enter your postcode": contact and contact.postcode,
    }
    yield from ((message, None) for message, given in wanted.items() if not given)


def _registration(answers: Answers, today: date) -> Found:
    registration = answers.registration
    if registration is None or registration.state is None:
        yield "Select whether you are registered with Social Work England", None
    elif registration.state == Registration.NOT_REQUIRED and answers.application.vacancy.registration_required:
        yield "This role needs registration with Social Work England. Select whether you have it or have applied", None
    elif registration.state == Registration.REGISTERED:
        if not registration.number:
            yield MISSING_NUMBER, None
        if registration.has_conditions is None:
            yield "Select whether there are conditions on your registration", None
        elif registration.has_conditions and not registration.conditions:
            yield "Enter the conditions on your registration", None
    elif registration.state == Registration.APPLIED and registration.expected_on is None:
        yield "Enter the date you expect to be registered", None
    elif registration.state == Registration.APPLIED and registration.expected_on and registration.expected_on < today:
        yield "The date you expect to be registered must be today or in the future", None


def _qualifications(answers: Answers, today: date) -> Found:
    if answers.application.vacancy.registration_required and not any(
        qualification.is_social_work for qualification in answers.qualifications
    ):
        yield "Add your social work qualification, finished or under way", None


def _history(answers: Answers, today: date) -> Found:
    if answers.application.history_since is None:
        yield "Enter the month you left secondary education, like 7 2009", None
        return
    for entry in answers.history:
        if entry.activity in WORK and not entry.reason_for_leaving:
            yield f"Enter your reason for leaving {entry.organisation or entry.title}, or for wanting to", entry.id
    for gap in answers.gaps(today):
        yield f"Tell us what you did from {gap.label}", None


def _evidence(answers: Answers, _today: date) -> Found:
    for criterion in answers.criteria:
        text = answers.evidence.get(criterion.id, "")
        if criterion in answers.essential and word_count(text) == 0:
            yield f"Enter your evidence for “{criterion.text}”", criterion.id
        elif message := too_long(f"Your evidence for “{criterion.text}”", text, limits.EVIDENCE_WORDS):
            yield message, criterion.id


def _referees(answers: Answers, today: date) -> Found:
    ids = [referee.id for referee in answers.referees]
    for problem in referee_problems(
        answers.referee_facts(),
        answers.posts(),
        answers.contact.email if answers.contact else "",
        today,
        minimum=limits.REFEREES[0],
        span_years=limits.REFEREE_SPAN_YEARS,
    ):
        yield problem.message, ids[problem.position - 1] if problem.position else None


def _declaration(answers: Answers, _today: date) -> Found:
    if answers.declaration is None:
        yield "Confirm that your application is true and complete", None


_CHECKS: Mapping[Section, Callable[[Answers, date], Found]] = {
    Section.CONTACT: _contact,
    Section.REGISTRATION: _registration,
    Section.QUALIFICATIONS: _qualifications,
    Section.HISTORY: _history,
    Section.EVIDENCE: _evidence,
    Section.REFEREES: _referees,
    Section.DECLARATION: _declaration,
}
