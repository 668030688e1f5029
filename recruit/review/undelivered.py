"""Messages to candidates that did not arrive, for HR to mend: the list, and one of it.

One index has what waits and nothing else, so reading it costs the same however much was ever sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.notifications.models import OutboxMessage
from recruit.review.filters import Place
from recruit.rules import limits
from recruit.rules.access import Actor


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that did not arrive, and the application that it is about."""

    message: OutboxMessage
    application: Application


@dataclass(frozen=True, slots=True)
class UndeliveredPage:
    """Some of them, those that wait longest first, and where the next page begins, if there is one."""

    rows: Sequence[Undelivered]
    next: Place | None


def undelivered_page(actor: Actor, after: Place | None = None) -> UndeliveredPage:
    """Return what waits, in one statement.

    Args:
        actor: an HR person; messages about their own applications are not among it.
        after: the place that the page comes after.
    """
    size = limits.PAGE_OF_APPLICATIONS
    since, key = OutboxMessage.unsettled_since, OutboxMessage.id
    statement = _waiting(actor).order_by(since, key).limit(size + 1)
    if after is not None:
        statement = statement.where(or_(since > after.due_at, and_(since == after.due_at, key > after.id)))
    rows = [Undelivered(*row) for row in db.session.execute(statement).tuples()]
    last = rows[size - 1].message if len(rows) > size else None
    place = Place(last.unsettled_since, last.id) if last and last.unsettled_since else None
    return UndeliveredPage(rows[:size], place)


def undelivered(actor: Actor, message_id: int) -> Undelivered:
    """Return one message that did not arrive.

    Raises:
        NotFound: there is none of that number, somebody has dealt with it, or it is about the reader's own application.
    """
    row = db.session.execute(_waiting(actor).where(OutboxMessage.id == message_id)).tuples().one_or_none()
    if row is None:
        raise NotFound("This message does not wait any more. Somebody has dealt with it.")
    return Undelivered(*row)


def others_like(found: Undelivered) -> Sequence[OutboxMessage]:
    """Return the messages of one kind about one application that wait, the given one among them."""
    message = found.message
    return db.session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.unsettled_since.is_not(None),
            OutboxMessage.about == message.about,
            OutboxMessage.notification == message.notification,
        )
        .order_by(OutboxMessage.id)
    ).all()


def _waiting(actor: Actor) -> Select[tuple[OutboxMessage, Application]]:
    return (
        select(OutboxMessage, Application)
        .join(Application, Application.reference == OutboxMessage.about)
        .where(OutboxMessage.unsettled_since.is_not(None), Application.candidate_id != actor.user_id)
        .options(joinedload(Application.candidate), joinedload(Application.vacancy))
    )
