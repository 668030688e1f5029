"""Who is reminded of a draft, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from recruit.applications import reminders
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.notifications.delivery import render
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from tests import factories
from tests.notifications.messages import SENDER

MORNING = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)  # 10am in London
CLOSES = datetime(2026, 6, 11, 23, 0, tzinfo=UTC)  # 11:59pm on Thursday 11 June, in words


def draft(*, closes_at: datetime = CLOSES, saved_at: datetime | None = None, **user) -> Application:
    vacancy = factories.VacancyFactory(published=True, opens_at=MORNING - timedelta(days=20), closes_at=closes_at)
    candidate = factories.UserFactory(**user)
    created = MORNING - timedelta(days=2)
    return factories.ApplicationFactory(vacancy=vacancy, candidate=candidate, created_at=created, saved_at=saved_at)


def messages() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_draft_is_told_of_once(session):
    application = draft()

    assert [reminders.remind("secret", now=MORNING + timedelta(minutes=m)) for m in (0, 1, 600)] == [1, 0, 0]

    (message,) = messages()
    mail = render(message, SENDER, at=MORNING)
    assert (message.notification, message.recipient) == (
        Notification.APPLICATION_REMINDER, application.candidate.email,
    )  # fmt: skip
    text = mail.get_content()
    assert "You can send it until 11:59pm on Thursday 11 June 2026." in text
    assert "0 of 10 sections are finished." in text
    assert f"https://jobs.example/applications/{application.reference}" in text
    path = reminders.unsubscribe_path(application.candidate_id, "secret")
    assert f"https://jobs.example{path}" in text
    assert mail["List-Unsubscribe"] == f"<https://jobs.example{path}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("now", "number"),
    [
        (datetime(2026, 6, 9, 22, 0, tzinfo=UTC), 0),  # too early, and 11pm
        (datetime(2026, 6, 9, 23, 30, tzinfo=UTC), 0),  # within 48 hours, but half past midnight
        (datetime(2026, 6, 10, 7, 59, tzinfo=UTC), 0),  # 8:59am in London
        (datetime(2026, 6, 10, 8, 0, tzinfo=UTC), 1),  # 9am
        (datetime(2026, 6, 10, 17, 59, tzinfo=UTC), 1),  # 6:59pm
        (datetime(2026, 6, 10, 18, 0, tzinfo=UTC), 0),  # 7pm
        (datetime(2026, 6, 11, 17, 30, tzinfo=UTC), 1),  # the last day
    ],
)
def test_at_a_sensible_hour_and_in_time(session, now: datetime, number: int):
    draft()

    assert reminders.remind("secret", now=now) == number


@pytest.mark.parametrize(("hours", "number"), [(1, 0), (2, 1), (48, 1), (49, 0)])
def test_neither_too_late_to_help_nor_too_early(session, hours: int, number: int):
    draft(closes_at=MORNING + timedelta(hours=hours))

    assert reminders.remind("secret", now=MORNING) == number


@pytest.mark.parametrize(("minutes", "number"), [(0, 0), (119, 0), (120, 1)])
def test_whoever_has_just_been_writing_is_left_in_peace(session, minutes: int, number: int):
    draft(saved_at=MORNING - timedelta(minutes=minutes))

    assert reminders.remind("secret", now=MORNING) == number


@pytest.mark.parametrize("about", [{"wants_reminders": False}, {"disabled_at": MORNING}])
def test_nobody_is_reminded_who_does_not_want_it_or_is_not_here(session, about):
    draft(**about)

    assert reminders.remind("secret", now=MORNING) == 0


@pytest.mark.parametrize("status", [status for status in ApplicationStatus if status != ApplicationStatus.DRAFT])
def test_nobody_is_reminded_of_what_was_sent(session, status: ApplicationStatus):
    opens_at = MORNING - timedelta(days=20)
    vacancy = factories.VacancyFactory(published=True, opens_at=opens_at, closes_at=CLOSES)
    factories.ApplicationFactory(vacancy=vacancy, status=status, submitted_at=factories.NOW)

    assert reminders.remind("secret", now=MORNING) == 0


def test_nobody_is_reminded_of_a_cancelled_vacancy(session):
    factories.VacancyFactory(status=VacancyStatus.CANCELLED, closes_at=CLOSES)
    draft().vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()

    assert reminders.remind("secret", now=MORNING) == 0


@pytest.mark.parametrize("what", ["sent", "closed", "unwanted", "disabled"])
def test_a_reminder_that_waits_is_called_back_when_it_is_not_true_any_more(session, what: str):
    application, other = draft(), draft()
    assert reminders.remind("secret", now=MORNING) == 2
    if what == "sent":
        application.status, application.submitted_at = ApplicationStatus.SUBMITTED, MORNING
        application.due_at = MORNING
    elif what == "closed":
        application.vacancy.closes_at = MORNING + timedelta(minutes=1)
    elif what == "unwanted":
        reminders.want_reminders(application.candidate, wants=False)
    else:
        application.candidate.disabled_at = MORNING
    db.session.commit()

    reminders.remind("secret", now=MORNING + timedelta(hours=12))  # also by night

    called_back = {message.recipient: message.cancelled_at is not None for message in messages()}
    assert called_back == {application.candidate.email: True, other.candidate.email: False}


@pytest.mark.parametrize("number", [1, 3])
def test_a_round_costs_the_same_reading_however_many(session, queries: list[str], number: int):
    for _ in range(number):
        draft()
    queries.clear()
    reminders.remind("secret", now=MORNING)

    assert len([one for one in queries if one.startswith("SELECT") and "advisory" not in one]) == 3


def test_a_link_ends_one_persons_reminders_and_nobody_can_make_it(session):
    user, other = factories.UserFactory(), factories.UserFactory()
    code = reminders.unsubscribe_path(user.id, "secret").rpartition("/")[2]

    assert reminders.user_of_code(code, "newer", "secret").id == user.id
    made_up = [
        code.replace(str(user.id), str(other.id), 1), code[:-1], code + "0", "", "-", f"{user.id}-", "9" * 23 + "-x",
        "-1-x", "١-x", code.partition("-")[2], f"{user.id}-é\ud800",
    ]  # fmt: skip
    for odd in made_up:
        with pytest.raises(NotFound):
            reminders.user_of_code(odd, "secret")
    with pytest.raises(NotFound):
        reminders.user_of_code(code, "another secret")
