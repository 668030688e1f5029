"""What candidates are told by mail: whom to ask, and one promised day in every place."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from recruit.applications import service
from recruit.applications.steering import write_to_drafts
from recruit.core.calendar import closing_moment, long_date
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.delivery import Sender, render
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from recruit.rules.notifications import Notification
from tests.applications.answers import complete_application
from tests.factories import ApplicationFactory, UserFactory, VacancyFactory
from tests.review.sent import sent_application

SENDER = Sender("jobs@council.test", {"name": "Jobs", "organisation": "Council", "public_url": "https://jobs.test"})


def mails() -> list[str]:
    """Return the texts of all that is to be sent, oldest first."""
    posted = db.session.query(OutboxMessage).filter(OutboxMessage.cancelled_at.is_(None)).order_by(OutboxMessage.id)
    return [render(message, SENDER, at=message.posted_at).get_content() for message in posted]


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (
            {"contact_role": "Team manager", "contact_email": "team@council.test", "contact_phone": "01632 960 100"},
            "ask us: Team manager, team@council.test.",
        ),
        ({"contact_role": "Team manager", "contact_phone": "01632 960 100"}, "ask us: Team manager, 01632 960 100."),
        ({}, "ask the contact named in the vacancy."),
    ],
)
def test_the_mails_about_sending_and_withdrawing_say_whom_to_ask(session, contact: dict[str, str], words: str):
    vacancy = VacancyFactory(published=True, opens_at=datetime.now(UTC) - timedelta(days=60), **contact)
    application = sent_application(vacancy=vacancy)
    (about_sending,) = mails()
    with transaction():
        service.withdraw_application(
            application.candidate.as_actor(), application, reason="Another job", now=datetime.now(UTC)
        )

    (about_withdrawing,) = mails()

    sentence = f"If you have a question, {words} Give your reference, {application.reference}.\n"
    assert (about_sending.count(sentence), about_withdrawing.count(sentence)) == (1, 1)
    assert about_sending.startswith("Hello Sam,\n\nWe have your application")
    assert about_withdrawing.startswith("Hello Sam,\n\nYou have withdrawn your application")


@pytest.mark.parametrize(
    ("last_day", "promised"),
    [
        (date(2027, 6, 6), "Friday 18 June 2027"),  # a Sunday
        (date(2027, 6, 8), "Tuesday 22 June 2027"),
        (date(2027, 6, 11), "Friday 25 June 2027"),
        (date(2027, 5, 28), "Monday 14 June 2027"),  # a Friday; the Monday after is a bank holiday
    ],
)
def test_one_day_is_promised_on_the_page_by_mail_and_on_the_status_page(visit_as: Any, last_day: date, promised: str):
    """10 working days after the last day, whatever the weekday: 11:59pm is kept as the midnight after."""
    with time_machine.travel(datetime.combine(last_day, time(12), UTC), tick=False):
        vacancy = VacancyFactory(published=True, slug="this", closes_at=closing_moment(last_day))
        candidate = visit_as(UserFactory(roles=[Role.CANDIDATE]))
        application = complete_application(
            ApplicationFactory(vacancy=vacancy, candidate=candidate.user), at=datetime.now(UTC)
        )
        page = " ".join(candidate.get("/jobs/this").main.get_text(" ").split())
        home = f"/applications/{application.reference}"

        candidate.submit(f"{home}/check")
        confirmation = " ".join(candidate.follow().main.get_text(" ").split())
        status = " ".join(candidate.get(home).main.get_text(" ").split())

        assert f"You hear from us By {promised}, shortlisted or not" in page
        assert f"tell you about interviews by {promised}." in confirmation
        assert f"tell you about interviews by {promised}." in status
        assert [f"You will hear from us by {promised}:" in text for text in mails()] == [True]
    with time_machine.travel(closing_moment(last_day), tick=False):
        closed = " ".join(candidate.get("/jobs/this").main.get_text(" ").split())

        assert f"It closed at 11:59pm on {long_date(last_day)}." in closed
        assert f"you will hear from us by {promised}:" in closed


@pytest.mark.parametrize(
    ("changed", "has_criteria"),
    [("- Pay: £1", False), ("- New criterion: Listens", True), ("- Not asked any more: X", True)],
)
def test_the_mail_about_a_change_speaks_of_criteria_where_they_changed(session, changed: str, has_criteria: bool):
    with transaction():
        write_to_drafts(Notification.VACANCY_CHANGED, ApplicationFactory().vacancy, datetime.now(UTC), changed=changed)

    (mail,) = mails()

    assert changed in mail
    assert ("A criterion that is new has no answer yet" in mail) is has_criteria
