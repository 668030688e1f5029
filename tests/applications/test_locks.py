"""Whoever saves or sends holds their own application and nothing else: nobody waits for another candidate.
Only a change of the vacancy itself is waited for.

On PostgreSQL alone: SQLite has one writer, and its turn is fair (tests/service).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications import (
    cancelling,
    equality,
    moves,
    queries,
    saving,
    sections,
    service,
    submitting,
    vacancy_life,
)
from recruit.applications.models import Application
from recruit.applications.saving import Entered
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.memory_keys import MemoryKeys
from recruit.core.transaction import transaction
from recruit.review import dossier
from recruit.review import service as review
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy
from tests.applications.answers import complete_application, open_vacancy
from tests.factories import NOW, ApplicationFactory, UserFactory

pytestmark = pytest.mark.postgresql_alone

PATIENCE = 1.0  # seconds; PostgreSQL itself gives up waiting for a lock after 1.5
HOLDERS: dict[str, Callable[[Actor, str], Any]] = {
    "saving": lambda actor, reference: saving.begin(actor, queries.own_application(actor, reference), now=NOW),
    "sending": lambda actor, reference: submitting.send_application(
        actor, queries.own_application(actor, reference), now=NOW
    ),
}


def save_elsewhere(app: Flask, application_id: int) -> str:
    """Save a section of an application, as another request does; return what became of it."""
    with app.app_context():
        application = db.session.get_one(Application, application_id)
        actor = application.candidate.as_actor()
        with transaction():
            sections.save_registration(actor, application, Entered({}), now=NOW)
        db.session.remove()
    return "saved"


def work_elsewhere(app: Flask, application_id: int) -> str:
    """Save a section of another application, and start a third for the same vacancy, which must not be held either."""
    saved = save_elsewhere(app, application_id)
    with app.app_context():
        vacancy = db.session.get_one(Application, application_id).vacancy
        newcomer = db.session.scalars(select(User).where(User.name == "Newcomer")).one()
        with transaction():
            service.start_application(newcomer.as_actor(), newcomer, vacancy, now=NOW)
        db.session.remove()
    return f"{saved}, started"


@pytest.fixture
def _newcomer(session) -> None:
    UserFactory(name="Newcomer")


@pytest.mark.usefixtures("_newcomer")
@pytest.mark.parametrize("hold", HOLDERS.values(), ids=HOLDERS)
def test_two_candidates_for_one_vacancy_do_not_wait_for_each_other(app: Flask, session, hold):
    vacancy = open_vacancy()
    mine, theirs = (complete_application(ApplicationFactory(vacancy=vacancy)) for _ in range(2))
    actor, reference, other = mine.candidate.as_actor(), mine.reference, theirs.id
    session.remove()  # so that it is read as a page reads it, with vacancy, team and candidate beside it

    with ThreadPoolExecutor(1) as pool, transaction():
        hold(actor, reference)
        assert pool.submit(work_elsewhere, app, other).result(timeout=PATIENCE) == "saved, started"


@pytest.mark.usefixtures("_newcomer")
def test_reviewing_one_application_does_not_hold_up_a_draft_for_the_same_vacancy(app: Flask, session):
    vacancy = open_vacancy()
    sent = ApplicationFactory(vacancy=vacancy, submitted=True)
    draft, reference = complete_application(ApplicationFactory(vacancy=vacancy)).id, sent.reference
    hr = UserFactory(roles=[Role.HR]).as_actor()
    session.remove()

    with ThreadPoolExecutor(1) as pool, transaction():
        application = dossier.application_for(hr, reference)
        review.move_application(
            hr,
            application,
            ApplicationStatus.SHORTLISTED,
            seen_version=application.version,
            now=NOW,
        )
        assert pool.submit(work_elsewhere, app, draft).result(timeout=PATIENCE) == "saved, started"


@pytest.mark.usefixtures("_newcomer")
def test_answering_equality_questions_does_not_hold_up_another_draft(app: Flask, session, tmp_path):
    vacancy = open_vacancy()
    sent = ApplicationFactory(vacancy=vacancy, submitted=True)
    draft = complete_application(ApplicationFactory(vacancy=vacancy)).id
    actor, reference = sent.candidate.as_actor(), sent.reference
    session.remove()

    with ThreadPoolExecutor(1) as pool, transaction():
        equality.count_answers(actor, queries.own_application(actor, reference), {}, MemoryKeys(tmp_path), now=NOW)
        assert pool.submit(work_elsewhere, app, draft).result(timeout=PATIENCE) == "saved, started"


def test_one_application_is_still_held(app: Flask, session):
    mine = complete_application(ApplicationFactory(vacancy=open_vacancy()))
    actor, reference, own = mine.candidate.as_actor(), mine.reference, mine.id
    session.remove()

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            saving.begin(actor, queries.own_application(actor, reference), now=NOW)
            waiting = pool.submit(save_elsewhere, app, own)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=5) == "saved"


def send_elsewhere(app: Flask, application_id: int) -> str:
    """Send an application, as another request does; return what became of it."""
    with app.app_context():
        application = db.session.get_one(Application, application_id)
        try:
            with transaction():
                submitting.send_application(application.candidate.as_actor(), application, now=NOW)
        except Conflict as refusal:
            return str(refusal)
        finally:
            db.session.remove()
    return "sent"


CHANGES: dict[str, Callable[[Actor, Vacancy], Any]] = {
    "cancelled": lambda hr, vacancy: cancelling.cancel_vacancy(hr, vacancy, "No budget.", now=NOW),
    "paused": lambda hr, vacancy: vacancy_life.pause_vacancy(
        hr, vacancy, "A question.", seen_version=vacancy.version, now=NOW
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_sent_while_its_vacancy_changes_waits_and_is_not_taken(app: Flask, session, change):
    draft = complete_application(ApplicationFactory(vacancy=open_vacancy()))
    own, vacancy_id, hr = draft.id, draft.vacancy_id, UserFactory(roles=[Role.HR]).as_actor()
    session.remove()

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            change(hr, db.session.get_one(Vacancy, vacancy_id))
            db.session.flush()
            sending = pool.submit(send_elsewhere, app, own)
            with pytest.raises(TimeoutError):
                sending.result(timeout=0.3)
        assert sending.result(timeout=5) == moves.CHANGED

    assert db.session.get_one(Application, own).status == ApplicationStatus.DRAFT
