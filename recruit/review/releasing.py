"""Decisions that candidates have not been told of: looked over together, then released or taken back in one step."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.service import untold_message
from recruit.core.calendar import long_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.review.service import refuse_what_was_not_seen, undo_move
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise


@dataclass(frozen=True, slots=True)
class Held:
    """A decision that its candidate has not been told of, and the message that waits."""

    application: Application
    message: OutboxMessage


class Ticked(NamedTuple):
    """An application as somebody saw it when they ticked it."""

    reference: str
    version: int


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one ticked row: `refusal` is empty where it was done."""

    reference: str
    refusal: str = ""


def held_decisions(actor: Actor, *, now: datetime) -> Sequence[Held]:
    """Return the decisions that wait, by vacancy and reference: at most `HELD_SHOWN`, in one statement.

    Args:
        actor: an HR person; their own applications are not among it.
        now: the moment, aware, UTC.
    """
    rows = db.session.execute(
        select(Application, OutboxMessage)
        .join(ApplicationEvent, ApplicationEvent.application_id == Application.id)
        .join(OutboxMessage, OutboxMessage.id == ApplicationEvent.message_id)
        .where(Application.tell_at > now, Application.candidate_id != actor.user_id, outbox.is_waiting())
        .where(OutboxMessage.due_at == Application.tell_at)
        .options(joinedload(Application.vacancy), joinedload(Application.candidate))
        .order_by(Application.vacancy_id, Application.reference)
        .limit(limits.HELD_SHOWN)
    )
    return [Held(application, message) for application, message in rows.tuples()]


def release(actor: Actor, ticked: Iterable[Ticked], *, now: datetime) -> list[RowResult]:
    """Let the messages of the ticked decisions go now, each once; what cannot go is named, and the rest goes.

    All of it is part of the caller's one transaction.

    Args:
        actor: an HR person.
        ticked: at most `HELD_SHOWN` rows are looked at.
        now: the moment, aware, UTC; the candidates may know from then on.
    """
    return _each(actor, ticked, lambda application, version: _release_one(actor, application, version, now))


def take_back(actor: Actor, ticked: Iterable[Ticked], *, now: datetime) -> list[RowResult]:
    """Undo the ticked decisions; nothing is sent of them.  What cannot be undone is named, and the rest is."""
    return _each(
        actor, ticked, lambda application, version: undo_move(actor, application, seen_version=version, now=now)
    )


def _each(actor: Actor, ticked: Iterable[Ticked], do: Callable[[Application, int], None]) -> list[RowResult]:
    """Do something with each application, in the order of ids, so that two officers never wait for each other."""
    versions = dict(list(ticked)[: limits.HELD_SHOWN])
    found = db.session.scalars(
        select(Application)
        .where(Application.reference.in_(versions), Application.submitted_at.is_not(None))
        .order_by(Application.id)
    ).all()
    results = {reference: RowResult(reference, "There is no such application.") for reference in versions}
    for application in found:
        try:
            do(application, versions[application.reference])
        except (Conflict, NotAllowed) as refusal:
            results[application.reference] = RowResult(application.reference, str(refusal))
        else:
            results[application.reference] = RowResult(application.reference)
    return [results[reference] for reference in sorted(results)]


def _release_one(actor: Actor, application: Application, seen_version: int, now: datetime) -> None:
    """Let one message go.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: somebody moved it since, or the candidate has been told.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    refuse_what_was_not_seen(actor, application, seen_version)
    message = untold_message(application, now=now)
    if message is None:
        told = f" at {long_moment(application.tell_at)}" if application.tell_at else ""
        raise Conflict(f"The candidate was told of the decision{told}." if told else "There is no decision to tell of.")
    sent = db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id, outbox.is_waiting(), outbox.is_free(now))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    if sent.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a cursor's result
        raise Conflict("The message has already gone.")
    application.tell_at = now
    db.session.add(
        ApplicationEvent(
            application_id=application.id,
            actor_id=actor.user_id,
            source=application.status.value,
            target=application.status.value,
            at=now,
        )
    )
    db.session.flush()
