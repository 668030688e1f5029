"""Sending an application: read and checked first, then kept by a few short statements.

On SQLite everybody's writes wait in one line, and the hour before a vacancy closes is when everybody sends.  So all
that takes time is done before the transaction, and the transaction asks whether what was checked is still so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from recruit.applications import applicants, moves, queries
from recruit.applications.completeness import all_problems
from recruit.applications.models import Application, Snapshot
from recruit.applications.promises import hear_by_day
from recruit.applications.service import MessageWords, message_words
from recruit.applications.snapshot import snapshot_of
from recruit.core.calendar import closing_moment, london_day, long_date
from recruit.core.db import change_at_once, db, table_of
from recruit.core.errors import Conflict, Incomplete
from recruit.notifications import outbox
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import APPLICATION_MOVES, ApplicationStatus, Move, VacancyStatus, permit
from recruit.rules.notifications import Notification

CLOSED = "This vacancy closed before you sent your application, so we cannot take it."
PAUSED = (
    "This vacancy is paused, so we cannot take your application now. It is kept, and we email you when you can go on."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that has passed every check, as it was then.

    Args:
        seen: the draft and its vacancy, with their versions.
        closes_at: when its vacancy closes, and `read_from_at` from when it is read, if not as it arrives.
        content: the answers and the vacancy's words, to be frozen.
        names: what the candidate is called, for finding the application by.
        recipient: where the confirmation goes.
        words: what the confirmation says.
    """

    move: Move[ApplicationStatus]
    seen: moves.Seen
    closes_at: datetime | None
    read_from_at: datetime | None
    content: Mapping[str, Any]
    names: tuple[str, ...]
    recipient: str
    words: MessageWords


def mark_of(application: Application) -> str:
    """Return what tells a draft and its vacancy as they are from what they become: for the page that shows both."""
    return f"{application.version}-{application.vacancy.version}"


def check_application(actor: Actor, application: Application, *, seen_mark: str = "", now: datetime) -> Checked:
    """Return `application` ready to be sent; nothing is written.

    Args:
        actor: whoever asks; must be the candidate.
        application: a draft.
        seen_mark: `mark_of` what the candidate read before they sent it; empty if they did not read it.
        now: this moment, aware, UTC.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it was sent before, the vacancy has closed, or the answers or the vacancy are not what was read.
        Incomplete: a section is not finished; the message names the first.
    """
    authorise(actor, Permission.APPLICATION_SUBMIT, application)
    if application.status == ApplicationStatus.SUBMITTED:
        raise Conflict("You have already sent this application. We have it.")
    move = permit(APPLICATION_MOVES, actor, application, ApplicationStatus.SUBMITTED)
    vacancy = application.vacancy
    if not vacancy.is_open(now):
        raise Conflict(PAUSED if vacancy.status == VacancyStatus.PAUSED else CLOSED)
    if seen_mark and seen_mark != mark_of(application):
        raise Conflict(moves.CHANGED)
    seen = moves.Seen(application.id, application.version, vacancy.id, vacancy.version, application.team_id)
    answers = queries.answers_of(application)
    if problems := all_problems(answers, london_day(now)):
        raise Incomplete(problems[0].message)
    candidate, contact = application.candidate, answers.contact
    return Checked(
        move=move,
        seen=seen,
        closes_at=vacancy.closes_at,
        read_from_at=vacancy.read_from_at,
        content=snapshot_of(answers),
        names=(candidate.name, *((contact.full_name, contact.other_names) if contact else ())),
        recipient=candidate.email,
        words=message_words(application),
    )


def submit_application(actor: Actor, checked: Checked, *, now: datetime) -> None:
    """Hand what was checked to HR.  From here on the candidate can only withdraw it.

    The answers are frozen with the vacancy's words, and a confirmation goes into the outbox.

    Args:
        actor: the candidate.
        checked: what `check_application` returned to them.
        now: the moment of submission, aware, UTC, by the server's clock.

    Raises:
        Conflict: the vacancy has closed, or it, the answers or the draft's status are not what was checked.
    """
    if checked.closes_at is not None and checked.closes_at <= now:
        raise Conflict(CLOSED)
    promised = hear_by_day(checked.read_from_at, now)
    message_id = outbox.post_at_once(
        Notification.APPLICATION_SUBMITTED,
        checked.recipient,
        at=now,
        about=checked.words["reference"],
        hear_by=long_date(promised),
        **checked.words,
    )
    moves.send(checked.move, actor, checked.seen, due_at=closing_moment(promised), now=now, message_id=message_id)
    change_at_once(_FREEZE, {"application_id": checked.seen.id, "content": checked.content})
    applicants.remember(checked.seen.id, checked.names)


def send_application(actor: Actor, application: Application, *, now: datetime) -> None:
    """Check and submit `application` in one transaction, where nobody waits for it; then read it afresh."""
    submit_application(actor, check_application(actor, application, now=now), now=now)
    db.session.refresh(application)


_FREEZE = insert(table_of(Snapshot))
