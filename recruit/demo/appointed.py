"""People of the demo who are to be appointed: details half filled in, and sent, with checks in different states."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.saving import Entered
from recruit.appointments import employment_service as service
from recruit.appointments.employment_answers import ENTRIES, Known
from recruit.appointments.employment_checks import open_answers, record_check
from recruit.appointments.employment_models import EmploymentDetails
from recruit.appointments.employment_opening import open_details
from recruit.appointments.employment_queries import details_of, known_of, saved_part
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.demo.applications import Applications
from recruit.demo.interviewed import hold_interviews
from recruit.demo.interviews import QUESTIONS
from recruit.demo.vacancies import load_earlier_round
from recruit.panels import questions, setup
from recruit.panels.moderation import Chaired
from recruit.rules.access import NOBODY, Actor
from recruit.rules.employment import Check, Finding, Part, WorkProof
from recruit.rules.interviews import InterviewKind
from recruit.vacancies.models import Vacancy

TITLE = "Social worker, first visits"
ASKED = timedelta(days=4)  # before now
OPENED, CLOSED, TOLD = timedelta(days=60), timedelta(days=35), timedelta(days=20)  # before now
TRAINED = timedelta(days=200)  # before now
LIVED = timedelta(days=6 * 365)  # at one address: longer than is asked for
ANSWERS: Mapping[Part, Mapping[str, Any]] = {
    Part.IDENTITY: {"born_on": date(1988, 4, 17), "ni_number": "SK 31 42 56 A", "has_no_ni": False},
    Part.DBS: {"on_update_service": False},
    Part.RIGHT_TO_WORK: {"proof": WorkProof.PASSPORT},
    Part.HEALTH: {"wants_contact": True},
    Part.BANK: {"account_name": "A Sample", "sort_code": "00-00-00", "account_number": "12345678", "roll_number": ""},
}
"""Of nobody: a sort code of zeros belongs to no bank."""
BEGUN = (Part.IDENTITY, Part.HEALTH)
CHECKS = (
    {
        Check.IDENTITY: (Finding.CLEAR, "Passport, original"),
        Check.RIGHT_TO_WORK: (Finding.CLEAR, "Passport, original"),
        Check.DBS: (Finding.UNDER_REVIEW, ""),
        Check.QUALIFICATIONS: (Finding.CLEAR, "Register of Social Work England, degree certificate"),
    },
    dict.fromkeys(Check, (Finding.CLEAR, "Original, or the answer of whoever keeps the record")),
)


def load_appointed(
    applications: Applications,
    like: Vacancy,
    people: Mapping[str, User],
    recruiter: Actor,
    officer: Actor,
    *,
    now: datetime,
) -> int:
    """Appoint the demo's candidate and two others, let them answer, and check some; return how many.

    Args:
        applications: adds the people and their applications.
        like: the vacancy whose earlier round it was.
        people: the demo accounts by address.
        recruiter: wrote that vacancy; `officer` approved it.
        now: this moment.
    """
    hr, candidate, at = people["hr@demo.example"].as_actor(), people["candidate@demo.example"], now - ASKED
    today, members = london_day(now), [user for email, user in sorted(people.items()) if email.startswith("panel.")]
    vacancy = load_earlier_round(
        recruiter,
        officer,
        like,
        TITLE,
        opens_at=now - OPENED,
        closes_on=today - CLOSED,
        interview_on=london_day(at) - timedelta(days=1),
    )
    appointed = applications.add_shortlist(vacancy, candidate, number=len(CHECKS), at=now - TOLD)
    for member in members:
        setup.add_member(hr, vacancy, member.id, now=now - TOLD)
    setup.record_training(hr, vacancy, members[0].id, today - TRAINED, now=now - TOLD)
    db.session.flush()
    for words in QUESTIONS:
        panel = Chaired(vacancy, NOBODY)
        questions.add_question(hr, panel, InterviewKind.COMPETENCY, words, now=now - TOLD)
        db.session.flush()
    hold_interviews(vacancy, appointed, members, hr, is_over=True, now=at)
    applications.appoint(appointed, at=at)
    open_details(hr, appointed, now=at)
    db.session.flush()
    mine, *others = appointed
    _answer(mine, BEGUN, at=at + timedelta(hours=3))
    for application, found in zip(others, CHECKS, strict=True):
        details = _answer(application, tuple(Part), at=at + timedelta(days=1))
        _check(hr, application, details, found, at=now - timedelta(days=1))
    return len(appointed)


def _answer(application: Application, parts: Sequence[Part], *, at: datetime) -> EmploymentDetails:
    details = details_of(application.id)
    assert details is not None  # noqa: S101  it was asked for above
    actor, known = application.candidate.as_actor(), known_of(application.id, london_day(at), overseas_months=3)
    for part in parts:
        values: Mapping[str, Any] = ANSWERS.get(part, {})
        if part is Part.ADDRESSES:
            began = {"from_month": (london_day(at) - LIVED).replace(day=1), "to_month": None}
            service.save_entry(actor, details, part, 0, Entered(began), known, now=at)
            db.session.flush()
        elif part is Part.ABROAD:
            values = {"has_stayed": bool(known.stays), ENTRIES: known.stays}
        mark = saved_part(application.id, part, known).mark
        service.save_part(actor, details, part, Entered(values, mark, finished=True), known, now=at)
        db.session.flush()
    if len(parts) == len(Part):
        service.send_details(actor, details, Known(), seen_version=details.version, now=at + timedelta(minutes=20))
        db.session.flush()
    return details


def _check(
    hr: Actor,
    application: Application,
    details: EmploymentDetails,
    found: Mapping[Check, tuple[Finding, str]],
    *,
    at: datetime,
) -> None:
    open_answers(hr, details, now=at)
    for kind, (finding, evidence) in found.items():
        record_check(
            hr, application, kind, finding, london_day(at), evidence, "", seen_number=0, now=at + timedelta(minutes=30)
        )
        db.session.flush()
