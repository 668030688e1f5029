"""People who know that they are on a shortlist, and what they disclose."""

from datetime import datetime, timedelta
from typing import Any

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.saving import Entered, version_of
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.rules.access import Role
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.self_disclosure import Act, DisclosureStatus, Question
from recruit.rules.sift import SheetStatus
from recruit.self_disclosures import disclosing, reading
from recruit.self_disclosures.answers import Answers, Given, Matter, written
from recruit.self_disclosures.asking import ask_shortlisted
from recruit.self_disclosures.contents import DisclosureAnswers, DisclosureText, TextKind
from recruit.self_disclosures.models import SelfDisclosure, SelfDisclosureEvent
from recruit.vacancies.models import Vacancy
from tests import factories

MATTER = Matter("March 2014", "Zanzibar-shoplifting", "A quokka-caution")
"""Words like no others."""


def shortlisted(**given: Any) -> Application:
    """Return an application whose candidate knows that it is on the shortlist; nobody was asked yet."""
    given = {
        "submitted": True,
        "status": ApplicationStatus.SHORTLISTED,
        "due_at": clock.now() + timedelta(days=7),
        **given,
    }
    return factories.ApplicationFactory(**given)


def asked(*, at: datetime | None = None, **given: Any) -> Application:
    """Return one whose candidate was asked."""
    application = shortlisted(**given)
    with transaction():
        ask_shortlisted(at or clock.now())
    return application


def answered(application: Application, *yes: Question, matter: Matter = MATTER, more: str = "") -> str:
    """Answer every question, those of `yes` with a matter; return the mark of what was answered."""
    actor, now = application.candidate.as_actor(), clock.now()
    given = {question.value: question in yes for question in Question} | {"more": more}
    seen = version_of(disclosing.own_disclosure(application).answers.given)
    with transaction():
        disclosing.answer_questions(actor, application, Entered(given, seen), now=now)
    for question in yes:
        with transaction():
            disclosing.save_matter(actor, application, question, None, Entered(matter._asdict()), now=now)
    return disclosing.own_disclosure(application).mark


def sent(*yes: Question, more: str = "", **given: Any) -> Application:
    """Return one whose candidate has sent it."""
    application = asked(**given)
    mark = answered(application, *yes, more=more)
    with transaction():
        actor = application.candidate.as_actor()
        disclosing.send(actor, application, confirmed=True, seen_mark=mark, now=clock.now())
    return application


def put_disclosed(application: Application, words: str) -> None:
    """Put a whole self-disclosure of these words beside an application, to look where they go."""
    at, user_id = clock.now(), application.candidate_id
    db.session.add(
        SelfDisclosure(application_id=application.id, status=DisclosureStatus.RELEASED, asked_at=at, sent_at=at)
    )
    db.session.flush()
    told = written(Answers(Given(more=words)).with_matter(None, Question.SPENT, Matter(words, words, words)))
    db.session.add(DisclosureAnswers(application_id=application.id, answers=told, saved_at=at))
    for kind in TextKind:
        text = DisclosureText(application_id=application.id, kind=kind, author_id=user_id, words=words, at=at)
        db.session.add(text)
    for act in Act:
        db.session.add(SelfDisclosureEvent(application_id=application.id, actor_id=user_id, act=act, at=at))
    db.session.commit()


def lead(**given: Any) -> User:
    return factories.UserFactory(**{"name": "Lee Shaw", "roles": [Role.SAFEGUARDING], **given})


def cover(application: Application) -> SelfDisclosure:
    return db.session.get_one(SelfDisclosure, application.id, populate_existing=True)


def opened(user: User, application: Application) -> SelfDisclosure:
    with transaction():
        reading.open_disclosure(user.as_actor(), cover(application), now=clock.now())
    return cover(application)


def chair_of(vacancy: Vacancy, *, is_chair: bool = True) -> User:
    """Put somebody on a panel."""
    user = factories.UserFactory(name="Chris Vale", roles=[Role.PANEL])
    member = PanelMember(vacancy_id=vacancy.id, user_id=user.id, is_chair=is_chair, added_at=clock.now())
    db.session.add(member)
    db.session.commit()
    return user


def declared_connection(user: User, application: Application) -> None:
    """Have somebody on the panel say that they know the candidate."""
    sheet = ScoreSheet(
        application_id=application.id, scorer_id=user.id, status=SheetStatus.CONNECTED, given_at=clock.now()
    )
    db.session.add(sheet)
    db.session.commit()


def booked(application: Application, starts_at: datetime) -> InterviewSlot:
    """Give an application a time for an interview."""
    slot = InterviewSlot(
        vacancy_id=application.vacancy_id,
        kind=InterviewKind.COMPETENCY,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place="Civic Centre",
    )
    db.session.add(slot)
    db.session.flush()
    booking = InterviewBooking(
        application_id=application.id, slot_id=slot.id, kind=slot.kind, key=f"{slot.id:032}", booked_at=clock.now()
    )
    db.session.add(booking)
    db.session.commit()
    return slot
