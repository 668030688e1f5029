"""By when candidates hear: what they are told and what the queue is ordered by are the same day."""

from datetime import UTC, date, datetime

import pytest

from recruit.applications import progress, vacancy_life
from recruit.applications.promises import NOTHING_DUE, due_after, due_after_interview, due_day, hear_by
from recruit.applications.service import withdraw_application
from recruit.core import clock
from recruit.core.calendar import closing_moment, london_day, long_date, shown_closing, working_days_after
from recruit.core.db import db
from recruit.core.stage_days import Targets
from recruit.core.transaction import transaction
from recruit.notifications.delivery import own_words
from recruit.notifications.models import OutboxMessage
from recruit.review import service
from recruit.rules.access import Role
from recruit.rules.lifecycle import WAITING, ApplicationStatus
from recruit.rules.notifications import Notification
from tests.factories import UserFactory
from tests.review.sent import open_vacancy, release, sent_application

S = ApplicationStatus
THURSDAY = datetime(2022, 6, 16, 12, tzinfo=UTC)


@pytest.fixture
def hr_person(session):
    return UserFactory(roles=[Role.HR]).as_actor()


def decide(actor, application, target=S.SHORTLISTED, **given):
    now = clock.now()
    with transaction():
        service.move_application(actor, application, target, seen_version=application.version, now=now, **given)


def told():
    return db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first().context["hear_by"]


@pytest.mark.parametrize(
    ("status", "day"),
    [(S.SUBMITTED, date(2022, 6, 20)), (S.SHORTLISTED, date(2022, 6, 23))],
)
def test_a_stage_is_due_so_many_working_days_later(session, status, day):
    closes_at = closing_moment(date(2022, 6, 6))
    due_at = due_after(status, closes_at=closes_at, sent_at=THURSDAY, told_at=THURSDAY)
    assert (due_at, due_day(due_at)) == (closing_moment(day), day)


def test_a_bank_holiday_is_no_working_day(session):
    assert due_day(due_after_interview(datetime(2022, 5, 27, 10, tzinfo=UTC))) == date(2022, 6, 7)  # two in that week


@pytest.mark.parametrize("status", sorted(set(S) - set(WAITING)))
def test_nothing_is_due_where_nobody_waits(status):
    due_at = due_after(status, closes_at=None, sent_at=THURSDAY, told_at=THURSDAY)
    assert (due_at, due_day(due_at)) == (NOTHING_DUE, None)


def test_another_number_of_days_counts_for_what_is_promised_from_then_on(app, session, monkeypatch):
    before = sent_application()
    told_before, stage = hear_by(before), before.vacancy.read_from_at
    monkeypatch.setitem(app.config, "TARGETS", Targets(shortlist=3))
    after = sent_application(vacancy=before.vacancy)

    assert hear_by(before) == told_before
    assert hear_by(after) == due_day(after.due_at) == working_days_after(london_day(shown_closing(stage)), 3)
    assert told() == long_date(hear_by(after))


def test_sending_keeps_the_day_that_the_confirmation_names(session):
    application = sent_application()
    assert due_day(application.due_at) == hear_by(application)
    assert told() == long_date(hear_by(application))
    assert long_date(hear_by(application)) in progress.standing_of(application, now=clock.now()).next


def test_shortlisting_keeps_the_day_that_the_mail_and_the_page_name(hr_person):
    application = sent_application()
    promised = application.due_at
    decide(hr_person, application)
    assert application.due_at == promised  # nobody was told anything else
    release(hr_person, application)
    day = long_date(due_day(application.due_at))
    assert told() == day
    assert day in progress.standing_of(application, now=clock.now()).next


def test_the_mail_about_the_shortlist_promises_the_notice_that_the_service_gives(app, hr_person, monkeypatch):
    monkeypatch.setitem(app.config, "TARGETS", Targets(notice=8))
    application = sent_application()
    decide(hr_person, application)
    release(hr_person, application)
    context = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first().context

    assert "at least 8 working days" in own_words(Notification.APPLICATION_SHORTLISTED, context)["next_steps"]


def test_undoing_brings_the_promise_back(hr_person):
    application = sent_application()
    promised = application.due_at
    decide(hr_person, application)
    with transaction():
        service.undo_move(hr_person, application, seen_version=application.version, now=clock.now())
    assert application.due_at == promised


def test_a_no_and_a_withdrawal_leave_nothing_due(hr_person):
    refused, withdrawn = sent_application(), sent_application()
    decide(hr_person, refused, S.NOT_SHORTLISTED, reason="More.", criterion_id=refused.vacancy.criteria[0].id)
    release(hr_person, refused)
    with transaction():
        withdraw_application(withdrawn.candidate.as_actor(), withdrawn, reason="Other", now=clock.now())
    assert [one.due_at for one in (refused, withdrawn)] == [NOTHING_DUE, NOTHING_DUE]


def test_the_promise_follows_the_closing_date_of_what_waits_for_a_first_answer(hr_person):
    vacancy = open_vacancy()
    waits, listed, elsewhere = (sent_application(vacancy=vacancy) for _ in range(2)), None, sent_application()
    waits, listed = waits
    decide(hr_person, listed)
    kept = (listed.due_at, elsewhere.due_at)
    with transaction():
        vacancy_life.end_vacancy(hr_person, vacancy, "Enough.", seen_version=vacancy.version, now=clock.now())
    db.session.expire_all()
    assert due_day(waits.due_at) == hear_by(waits)
    assert (listed.due_at, elsewhere.due_at) == kept
