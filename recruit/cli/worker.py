"""The worker: sends the messages of the outbox, looks after email alerts, seals the record and clears what expired."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import delete

from recruit.accounts.models import Attempt, EmailChange, EmailToken, SpentChallenge, UserSession
from recruit.alerts.rounds import Rounds, keep_or_end, send_matches
from recruit.applications import reminders
from recruit.appointments.employment_opening import remind_of_details
from recruit.content.flagging import flag_stale_claims
from recruit.core.db import db
from recruit.documents.scanner import scanner_for
from recruit.documents.scanning import Scans
from recruit.documents.sweeping import Sweep
from recruit.interest import rounds as interest_rounds
from recruit.notifications.delivery import Sender
from recruit.notifications.stopping import Stop
from recruit.notifications.transports import transport_for
from recruit.notifications.worker import Pace, Worker
from recruit.panels.opening import share_arrivals
from recruit.record.sealing import seal_events
from recruit.rules import limits
from recruit.self_disclosures.asking import ask_and_remind

log = structlog.get_logger(__name__)

ATTEMPTS_KEPT = max(limits.SIGN_IN_WINDOW, limits.MAIL_WINDOW, limits.ALERT_WINDOW)


def clear_expired(now: datetime) -> None:
    """Delete sessions, links, challenges and changes of an address that have ended, and tries too old to count."""
    db.session.execute(delete(UserSession).where(UserSession.expires_at <= now))
    db.session.execute(delete(EmailToken).where(EmailToken.expires_at <= now))
    db.session.execute(delete(SpentChallenge).where(SpentChallenge.expires_at <= now))
    db.session.execute(delete(EmailChange).where(EmailChange.undo_until <= now))
    db.session.execute(delete(Attempt).where(Attempt.at <= now - ATTEMPTS_KEPT))


def remind_candidates(now: datetime) -> None:
    """Remind those whose drafts can soon be sent no more."""
    reminders.remind(current_app.config["SECRET_KEY"], now=now)


def look_after_interest(now: datetime) -> None:
    """Ask who registered interest whether it still stands, and forget what has ended."""
    interest_rounds.ask_or_forget(current_app.config["SECRET_KEY"], now=now)


@click.command("worker")
@click.option("--once", is_flag=True, help="Send what is due now and exit.")
@click.option(
    "--lease",
    type=click.FloatRange(0.3),
    default=limits.LEASE.total_seconds(),
    show_default=True,
    help="Seconds that a message is held; a third of it is the most that sending one may take.",
)
@click.option(
    "--retry-after",
    type=click.IntRange(0),
    multiple=True,
    default=limits.RETRY_AFTER,
    show_default=True,
    help="Seconds after a failed try; give it again for the second, third, … try. The last repeats.",
)
@click.option(
    "--retry-for",
    type=click.IntRange(0),
    default=int(limits.RETRY_FOR.total_seconds()),
    show_default=True,
    help="Seconds that the pauses together may come to before a message is given up.",
)
@with_appcontext
def run_worker(once: bool, lease: float, retry_after: Sequence[int], retry_for: int) -> None:
    """Send messages until SIGTERM or SIGINT; the one in hand is finished first."""
    settings = current_app.config["SETTINGS"]
    pace = Pace(timedelta(seconds=lease), retry_after, timedelta(seconds=retry_for))
    site = {"name": settings.service_name, "organisation": settings.organisation, "public_url": settings.public_url}
    sender = Sender(settings.mail_from, site)
    try:
        transport = transport_for(settings.mail_url, hostname=sender.host, within=pace.within.total_seconds())
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    stop = Stop()
    stop.on_signals()
    log.info("worker started", pid=os.getpid())
    chores = [
        clear_expired,
        remind_candidates,
        remind_of_details,
        ask_and_remind,
        share_arrivals,
        look_after_interest,
        flag_stale_claims,
        Rounds().match_vacancies,
        send_matches,
        keep_or_end,
        seal_events,
    ]
    store, scanner = current_app.extensions["documents"], scanner_for(settings.scanner_url)
    errands = [Sweep(store).remove_orphans, *([Scans(store, scanner).scan_documents] if scanner else [])]
    worker = Worker(sender, transport, stop, pace, chores=chores, errands=errands)
    worker.drain() if once else worker.run()
