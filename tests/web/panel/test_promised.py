"""Panel members are told by when candidates expect an answer, for as long as something is left for them to score."""

from datetime import timedelta

import pytest

from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import closing_moment, london_day, long_date, short_date
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render
from recruit.notifications.models import OutboxMessage
from recruit.panels import closing, telling
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
    assert f"were promised an answer by {long_date(first)}. Please score before that day." in shown
    mail = db.session.query(OutboxMessage).filter_by(notification=Notification.PANEL_TO_SCORE).first()
    words = " ".join(render(mail, SENDER, at=clock.now()).as_string().split())
    assert f"promised an answer by {long_date(first)}" in words
    score(one, member, [2, 2, 2])

    listed, shown = pages(visitor, vacancy)
    assert f"Answer promised by {short_date(second)}" in listed
    assert f"were promised an answer by {long_date(second)}" in shown
    score(other, member, [2, 2, 2])
    assert ["promised" in words for words in pages(visitor, vacancy)] == [False, False]


@pytest.mark.parametrize("days", [0, -3])
def test_on_the_last_day_and_after_it_is_said_to_score_now(visit_as, days):
    vacancy, (one,), (_, member), _ = open_sift(1)
    one.due_at = closing_moment(london_day(clock.now()) + timedelta(days=days))
    db.session.commit()

    assert "Please score now." in pages(visit_as(member), vacancy)[1]
    telling.tell_to_score(vacancy, {member.id}, now=clock.now())
    mail = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert "Please score now." in render(mail, SENDER, at=clock.now()).as_string()


def test_each_member_is_mailed_the_first_of_their_own(visit_as):
    vacancy, (one, other), (first, second), _ = open_sift(2)
    one.due_at = other.due_at + timedelta(days=7)
    db.session.commit()
    score(other, first, [2, 2, 2])

    telling.tell_to_score(vacancy, {first.id, second.id}, now=clock.now())

    mails = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(2).all()
    words = {mail.recipient: " ".join(render(mail, SENDER, at=clock.now()).as_string().split()) for mail in mails}
    assert f"answer by {long_date(due_day(one.due_at))}" in words[first.email]
    assert f"answer by {long_date(due_day(other.due_at))}" in words[second.email]


def test_of_a_rolling_vacancy_no_day_is_said_because_it_tells_when_somebody_sent(visit_as):
    vacancy, _, (_, member), _ = open_sift(1)
    vacancy.is_rolling = True
    db.session.commit()

    assert ["promised" in words for words in pages(visit_as(member), vacancy)] == [False, False]
    telling.tell_to_score(vacancy, {member.id}, now=clock.now())
    mail = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert "promised" not in render(mail, SENDER, at=clock.now()).as_string()


def test_nothing_is_said_once_nobody_scores_any_more(visit_as):
    vacancy, _, (chair, member), hr = open_sift(1)
    with transaction():
        closing.close_sift(hr.as_actor(), Chaired(vacancy, chair.id), now=clock.now())

    assert ["promised" in words for words in pages(visit_as(member), vacancy)] == [False, False]
