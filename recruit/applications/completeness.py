"""What is still missing before a section can be called finished, and before an application can be sent.

Sources: the sections of the form in the domain research, section 12; safer recruitment's full history and referees.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from recruit.accounts.addresses import email_address
from recruit.applications.answers import WORK, Answers
from recruit.applications.completeness_personal import (
    Missing,
    eligibility_missing,
    relationships_missing,
    support_missing,
)
from recruit.applications.completeness_registration import registration_missing
from recruit.applications.models import Section
from recruit.applications.phone import WRONG_PHONE, is_phone
from recruit.applications.postcode import WRONG_POSTCODE, is_abroad, normalise_postcode
from recruit.applications.referees import referee_problems
from recruit.applications.words import too_many_words
from recruit.core.text import word_count
from recruit.rules import limits
from recruit.vacancies.models import CriterionKind


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Args:
        section: where.
        message: a sentence that says how.
        place: the id of an entry, criterion or referee; none is the whole section.
        field: the column it is about, in a section that is one form; "gap-2019-05" for a gap; empty for none.
    """

    section: Section
    message: str
    place: int | None = None
    field: str = ""


def problems_of(answers: Answers, section: Section, today: date) -> list[Problem]:
    """Return what keeps `section` from being finished, each with a sentence that says how to mend it."""
    return [Problem(section, *found) for found in _CHECKS[section](answers, today)]


def all_problems(answers: Answers, today: date) -> list[Problem]:
    """Return what keeps the application from being sent, in the order of the task list."""
    found = []
    for section in Section:
        of_section = problems_of(answers, section, today)
        if not of_section and not answers.is_complete(section):
            of_section = [Problem(section, f"Say that you have finished “{SECTION_TITLES[section]}”")]
        found += of_section
    return found


WRONG_EMAIL = "Enter an email address in the correct format, like name@example.com"

SECTION_TITLES: Mapping[Section, str] = {
    Section.CONTACT: "Contact details",
    Section.ELIGIBILITY: "Eligibility",
    Section.REGISTRATION: "Social Work England registration",
    Section.QUALIFICATIONS: "Qualifications",
    Section.HISTORY: "Work, study and other activity",
    Section.EVIDENCE: "How you meet the criteria",
    Section.REFEREES: "Referees",
    Section.SUPPORT: "Support at interview",
    Section.RELATIONSHIPS: "Relationships",
    Section.DECLARATION: "Declaration",
}

Found = Iterator[tuple[str, int | None, str]]


def _contact(answers: Answers, _today: date) -> Found:
    contact = answers.contact
    wanted = {
        "full_name": "Enter your full name",
        "email": "Enter your email address",
        "phone": "Enter a phone number",
        "address_line_1": "Enter the first line of your address",
        "town": "Enter your town or city",
    }
    if contact is None or not is_abroad(contact.country):  # elsewhere some addresses have none
        wanted["postcode"] = "Enter your postcode"
    for field, message in wanted.items():
        if contact is None or not getattr(contact, field):
            yield message, None, field
    checked = answers.application.candidate.email  # it was, before an account had it
    if contact and contact.email and contact.email != checked and email_address(contact.email) is None:
        yield WRONG_EMAIL, None, "email"
    if contact and contact.phone and not is_phone(contact.phone):
        yield WRONG_PHONE, None, "phone"
    if contact and contact.postcode and not is_abroad(contact.country) and not normalise_postcode(contact.postcode):
        yield WRONG_POSTCODE, None, "postcode"


def _personal(missing: Callable[[Answers], Missing]) -> Callable[[Answers, date], Found]:
    return lambda answers, _today: ((message, None, field) for message, field in missing(answers))


def _eligibility(answers: Answers, today: date) -> Found:
    return ((message, None, field) for message, field in eligibility_missing(answers, today))


def _registration(answers: Answers, today: date) -> Found:
    return ((message, None, field) for message, field in registration_missing(answers, today))


def _qualifications(answers: Answers, today: date) -> Found:
    if answers.application.vacancy.registration_required and not any(
        qualification.is_social_work for qualification in answers.qualifications
    ):
        yield "Add your social work qualification, finished or under way", None, ""


def _history(answers: Answers, today: date) -> Found:
    if answers.application.history_since is None:
        yield "Enter the month you left secondary education, like 7 2009", None, "history_since"
        return
    for entry in answers.history:
        if entry.activity in WORK and not entry.reason_for_leaving:
            yield f"Enter your reason for leaving {entry.organisation or entry.title}, or for wanting to", entry.id, ""
    for gap in answers.gaps(today):
        yield f"Tell us what you did from {gap.label}", None, f"gap-{gap.start}"


def _evidence(answers: Answers, _today: date) -> Found:
    covered = {criterion.id for criterion in answers.covered}
    for criterion in answers.criteria:
        if criterion.id in covered:
            continue
        text = answers.evidence.get(criterion.id, "")
        words = word_count(text)
        if words == 0 and criterion.kind == CriterionKind.ESSENTIAL:
            yield f"Enter your evidence for “{criterion.text}”", criterion.id, ""
        elif words > limits.EVIDENCE_WORDS:
            subject = f"Your evidence for “{criterion.text}”"
            yield too_many_words(subject, words, limits.EVIDENCE_WORDS), criterion.id, ""


def _referees(answers: Answers, today: date) -> Found:
    ids = [referee.id for referee in answers.referees]
    for problem in referee_problems(
        answers.referee_facts(),
        answers.posts(),
        {answers.application.candidate.email, answers.contact.email if answers.contact else ""},
        today,
        minimum=limits.REFEREES[0],
        span_years=limits.REFEREE_SPAN_YEARS,
    ):
        yield problem.message, ids[problem.position - 1] if problem.position else None, ""


def _declaration(answers: Answers, _today: date) -> Found:
    if answers.declaration is None:
        yield "Confirm that your application is true and complete", None, "confirmed"


_CHECKS: Mapping[Section, Callable[[Answers, date], Found]] = {
    Section.CONTACT: _contact,
    Section.ELIGIBILITY: _eligibility,
    Section.REGISTRATION: _registration,
    Section.QUALIFICATIONS: _qualifications,
    Section.HISTORY: _history,
    Section.EVIDENCE: _evidence,
    Section.REFEREES: _referees,
    Section.SUPPORT: _personal(support_missing),
    Section.RELATIONSHIPS: _personal(relationships_missing),
    Section.DECLARATION: _declaration,
}
