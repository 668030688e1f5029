"""Asking for an alert, confirming, changing, keeping and ending it.

Nobody learns here whether an address has an alert: that is said only in a mail to the address.
"""

import re
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import select, update

from recruit.accounts.addresses import email_address
from recruit.alerts import links, queries
from recruit.alerts.models import Alert, AlertMatch, Frequency, LinkPurpose
from recruit.alerts.searches import forget_alerts, names, query_of_alert, search_of, search_words
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.notifications.models import OutboxMessage
from recruit.notifications.outbox import is_free, is_waiting, post
from recruit.rules import limits
from recruit.rules.notifications import Notification
from recruit.vacancies.finder_query import Query

HARMLESS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")  # words of letters: no address, link or number
HARMLESS_CHARACTERS = 40
logger = structlog.get_logger(__name__)


def ask_for_alert(email: str, query: Query, frequency: Frequency, consent: str, *, now: datetime) -> None:
    """Keep an alert that waits to be confirmed, and send the link; or tell the address what it has already.

    Args:
        email: an address that `email_address` accepts.
        query: the search; its order, page and closing date are not kept.
        frequency: how often.
        consent: what the person agreed to, word for word.
        now: this moment.

    Raises:
        ValueError: `email` is no address that mail can go to.
    """
    address = email_address(email)
    if address is None:
        raise ValueError("not a mail address")
    key = address.casefold()
    hold(f"alerts {key}")  # of several who ask with one address at once, one is counted after the other
    search = search_of(query)
    alert = queries.alert_for(key, search)
    if alert is not None and alert.confirmed_at is not None:
        _write(Notification.ALERT_EXISTS, alert, now=now)
        return
    if alert is None:
        if queries.number_of_alerts(key) >= limits.ALERTS_AN_ADDRESS:
            _say_too_many(address, key, now=now)
            return
        alert = Alert(email_key=key, search=search)
        db.session.add(alert)
    alert.email, alert.words, alert.frequency = address, query.words, frequency
    alert.consent, alert.consented_at = consent, now
    db.session.flush()
    token = links.new_link(alert.id, LinkPurpose.CONFIRM, now=now)
    logger.info("alert asked for", alert_id=alert.id)
    post(Notification.ALERT_CONFIRM, address, at=now, search=_harmless(alert), token=token)


def confirm_alert(alert: Alert, *, now: datetime) -> str:
    """Let `alert` begin, if it has not; return the token of a link to its page.  Whoever has the mail has agreed."""
    if alert.confirmed_at is None:
        alert.confirmed_at = alert.kept_at = now
        logger.info("alert confirmed", alert_id=alert.id)
    return links.new_link(alert.id, LinkPurpose.MANAGE, now=now)


def change_alert(alert: Alert, frequency: Frequency, *, now: datetime) -> None:
    """Write as often as `frequency` from now on.  Whoever changes an alert wants it.

    Raises:
        Conflict: it was never confirmed.
    """
    keep_alert(alert, now=now)
    alert.frequency = frequency


def keep_alert(alert: Alert, *, now: datetime) -> None:
    """Note that it is still wanted: the next question comes in a year.

    Raises:
        Conflict: it was never confirmed.
    """
    if alert.confirmed_at is None:
        raise Conflict("Confirm the alert with the link in our first email.")
    alert.kept_at, alert.asked_at = now, None


def end_alert(alert: Alert, *, now: datetime) -> None:
    """End `alert` and forget it, with its links and what it was sent; a mail that has not gone yet does not go."""
    mine = select(AlertMatch.message_id).where(AlertMatch.alert_id == alert.id, AlertMatch.message_id.is_not(None))
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(mine), is_waiting(), is_free(now))
        .values(cancelled_at=now, context={}, lease=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )
    logger.info("alert ended", alert_id=alert.id)
    forget_alerts([alert.id])  # twice at once is once: no row is missed


def _write(notification: Notification, alert: Alert, *, now: datetime) -> None:
    token = links.new_link(alert.id, LinkPurpose.MANAGE, now=now)
    post(
        notification, alert.email, at=now, search=_words(alert), unsubscribe=f"/alerts/unsubscribe/{token}", token=token
    )


def _say_too_many(address: str, key: str, *, now: datetime) -> None:
    """Tell the address that it has as many as there can be, with a link to each that it confirmed."""
    lines = []
    known = names()
    for alert in queries.alerts_of(key):
        token = links.new_link(alert.id, LinkPurpose.MANAGE, now=now)
        lines.append(f"{search_words(query_of_alert(alert), known)}\n{{site}}/alerts/manage/{token}")
    post(Notification.ALERT_LIMIT, address, at=now, most=str(limits.ALERTS_AN_ADDRESS), alerts="\n\n".join(lines))


def _words(alert: Alert) -> str:
    return search_words(query_of_alert(alert), names())


def _harmless(alert: Alert) -> str:
    """As `_words`, but anybody can ask with somebody else's address, so a mail must not carry a stranger's message."""
    query = query_of_alert(alert)
    if query.words and not (len(query.words) <= HARMLESS_CHARACTERS and HARMLESS.fullmatch(query.words)):
        query = replace(query, words="the words that were typed")
    return search_words(query, names())
