"""Panel members are told by when candidates expect an answer, for as long as something is left for them to score."""

from datetime import timedelta

import pytest

from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import long_date, short_date
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render
from recruit.notifications.models import OutboxMessage
from recruit.panels import closing
from recruit.panels.moderation import Chaired
from recruit.rules.notifications import Notification
from tests.panels.sifting import open_sift, score
from tests.review.sent import SENDER

pytestmark = pytest.mark.usefixtures("session")


def pages(visitor, vacancy):
    return [visitor.get(path).text for path in ("/panel", f"/panel/{vacancy.reference}")]


def test_the_first_promise_of_those_left_to_score_is_said_and_mailed(visit_as):
    vacancy, (one, other), (_, member), _ = open_sift(2)
    other.due_at = one.due_at + timedelta(days=7)
    db.session.commit()
    first, second = (due_day(application.due_at) for application in (one, other))
    visitor = visit_as(member)

    listed, shown = pages(visitor, vacancy)
    assert f"Answer promised by {short_date(first)}" in listed
    assert f"were promised an answer by {long_date(first)}, so please score before that day" in shown
    mail = db.session.query(OutboxMessage).filter_by(notification=Notification.PANEL_TO_SCORE).first()
    words = " ".join(render(mail, SENDER, at=clock.now()).as_string().split())
    assert f"promised an answer by {long_date(first)}" in words
    score(one, member, [2, 2, 2])

    listed, shown = pages(visitor, vacancy)
    assert f"Answer promised by {short_date(second)}" in listed
    assert f"were promised an answer by {long_date(second)}" in shown
    score(other, member, [2, 2, 2])
    assert ["promised" in words for words in pages(visitor, vacancy)] == [False, False]


def test_a_promise_that_is_broken_is_said(visit_as):
    vacancy, (one,), (_, member), _ = open_sift(1)
    one.due_at = clock.now() - timedelta(days=3)
    db.session.commit()

    assert "and that day has passed. Please score now" in pages(visit_as(member), vacancy)[1]


def test_nothing_is_said_once_nobody_scores_any_more(visit_as):
    vacancy, _, (chair, member), hr = open_sift(1)
    with transaction():
        closing.close_sift(hr.as_actor(), Chaired(vacancy, chair.id), now=clock.now())

    assert ["promised" in words for words in pages(visit_as(member), vacancy)] == [False, False]
