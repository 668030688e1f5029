"""Whoever saves or sends holds their own application and nothing else: nobody waits for another candidate.

On PostgreSQL alone: SQLite has one writer, and its turn is fair (tests/service).
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from recruit.applications import equality, queries, saving, sections
from recruit.applications.models import Application
from recruit.applications.saving import Entered
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.review import service as review
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.applications.answers import complete_application, open_vacancy
from tests.factories import NOW, ApplicationFactory, UserFactory

pytestmark = pytest.mark.skipif(os.environ.get("TEST_DATABASE") != "postgresql", reason="SQLite has one writer")

PATIENCE = 1.0  # seconds; PostgreSQL itself gives up waiting for a lock after 1.5
HOLDERS: dict[str, Callable[[Application], Any]] = {
    "saving": lambda one: saving.begin(one.candidate.as_actor(), one, now=NOW),
    "sending": lambda one: queries.own_application(one.candidate.as_actor(), one.reference, locked=True),
}


def save_elsewhere(app: Flask, application_id: int) -> str:
    """Save a section of another application, as another request does; return what became of it."""
    with app.app_context():
        application = db.session.get_one(Application, application_id)
        actor = application.candidate.as_actor()
        with transaction():
            sections.save_registration(actor, application, Entered({}), now=NOW)
        db.session.remove()
    return "saved"


@pytest.mark.parametrize("hold", HOLDERS.values(), ids=HOLDERS)
def test_two_candidates_for_one_vacancy_do_not_wait_for_each_other(app: Flask, session, hold):
    vacancy = open_vacancy()
    mine, theirs = (complete_application(ApplicationFactory(vacancy=vacancy)) for _ in range(2))
    other = theirs.id

    with ThreadPoolExecutor(1) as pool, transaction():
        hold(mine)
        assert pool.submit(save_elsewhere, app, other).result(timeout=PATIENCE) == "saved"


def test_reviewing_one_application_does_not_hold_up_a_draft_for_the_same_vacancy(app: Flask, session):
    vacancy = open_vacancy()
    sent = ApplicationFactory(vacancy=vacancy, submitted=True)
    draft = complete_application(ApplicationFactory(vacancy=vacancy)).id
    hr = UserFactory(roles=[Role.HR]).as_actor()

    with ThreadPoolExecutor(1) as pool, transaction():
        review.move_application(
            hr, sent, ApplicationStatus.SHORTLISTED, seen_version=sent.version, hold=timedelta(minutes=30), now=NOW
        )
        assert pool.submit(save_elsewhere, app, draft).result(timeout=PATIENCE) == "saved"


def test_answering_equality_questions_does_not_hold_up_another_draft(app: Flask, session):
    vacancy = open_vacancy()
    sent = ApplicationFactory(vacancy=vacancy, submitted=True)
    draft = complete_application(ApplicationFactory(vacancy=vacancy)).id

    with ThreadPoolExecutor(1) as pool, transaction():
        equality.count_answers(sent.candidate.as_actor(), sent, {}, now=NOW)
        assert pool.submit(save_elsewhere, app, draft).result(timeout=PATIENCE) == "saved"


def test_one_application_is_still_held(app: Flask, session):
    mine = complete_application(ApplicationFactory(vacancy=open_vacancy()))
    own = mine.id

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            saving.begin(mine.candidate.as_actor(), mine, now=NOW)
            waiting = pool.submit(save_elsewhere, app, own)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=5) == "saved"
