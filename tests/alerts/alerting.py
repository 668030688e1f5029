"""Alerts for tests, asked for and confirmed as people do."""

import re
from datetime import datetime, timedelta

from sqlalchemy import select

from recruit.alerts import links, queries, service
from recruit.alerts.models import Alert, Frequency, LinkPurpose
from recruit.alerts.rounds import Rounds, send_matches
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification
from recruit.vacancies.finder_query import Query
from recruit.vacancies.models import Vacancy
from tests.factories import NOW, VacancyFactory

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ADDRESS = "sam@people.example"
CONSENT = "I agree that the council writes to me."


def asked_for(
    email: str = ADDRESS, query: Query | None = None, frequency: Frequency = Frequency.INSTANT, now: datetime = NOW
) -> str:
    """Ask for an alert; return the token of the link that confirms it, or "" when none was sent."""
    with transaction():
        service.ask_for_alert(email, query or Query(), frequency, CONSENT, now=now)
    sent = messages(Notification.ALERT_CONFIRM)
    return str(sent[-1].context["token"]) if sent else ""


def an_alert(
    email: str = ADDRESS, query: Query | None = None, frequency: Frequency = Frequency.INSTANT, now: datetime = NOW
) -> Alert:
    """Return an alert that was confirmed at `now`."""
    token = asked_for(email, query, frequency, now)
    with transaction():
        alert = links.alert_of_link(token, LinkPurpose.CONFIRM, now=now)
        assert alert is not None
        service.confirm_alert(alert, now=now)
    return queries.alerts_of(email.casefold())[-1]


def a_vacancy(opens_at: datetime, **facts: object) -> Vacancy:
    """Return a vacancy that opens at `opens_at` for three weeks."""
    given = {"opens_at": opens_at, "closes_at": opens_at + 21 * DAY, "published_at": opens_at}
    vacancy: Vacancy = VacancyFactory(published=True, **{**given, **facts})
    return vacancy


def messages(kind: Notification = Notification.ALERT_VACANCIES) -> list[OutboxMessage]:
    """Return the messages of a kind, in the order in which they were posted."""
    statement = select(OutboxMessage).where(OutboxMessage.notification == kind).order_by(OutboxMessage.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def told(email: str = ADDRESS) -> list[list[str]]:
    """Return the titles in each email about vacancies to an address."""
    mine = [message for message in messages() if message.recipient == email]
    return [[part.split("\n")[0] for part in message.context["vacancies"].split("\n\n")] for message in mine]


def a_round(now: datetime, rounds: Rounds | None = None) -> None:
    """Do what a worker does in a minute, until nothing is left."""
    rounds = rounds or Rounds()
    for step in (rounds.match_vacancies, send_matches):
        more = True
        while more:
            with transaction():
                more = step(now)


def links_in(text: str) -> list[str]:
    """Return the paths of the links about alerts in a text."""
    return re.findall(r"/alerts/[a-z]+/[\w-]+", text)
