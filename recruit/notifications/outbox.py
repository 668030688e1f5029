"""Posting a message and taking it back.  Both are part of the caller's transaction: no commit, no message."""

import secrets
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, insert, or_, update

from recruit.core.db import db, rows_at_once, table_of
from recruit.core.errors import Conflict
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification

KEY_BYTES = 16  # random bytes of a message's key: 32 hexadecimal digits, the column's width


def is_waiting() -> ColumnElement[bool]:
    """Return the condition of a message that has neither gone nor been given up; the partial index has the same."""
    return and_(
        OutboxMessage.sent_at.is_(None), OutboxMessage.cancelled_at.is_(None), OutboxMessage.failed_at.is_(None)
    )


def is_free(now: datetime) -> ColumnElement[bool]:
    """Return the condition of a message that no worker has in hand at `now`."""
    return or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until <= now)


def post(
    notification: Notification,
    recipient: str,
    *,
    at: datetime,
    due_at: datetime | None = None,
    about: str | None = None,
    **context: str,
) -> OutboxMessage:
    """Put a message in the outbox, to be sent if, and only if, the caller's transaction is kept.

    Args:
        notification: which message; its words are in templates/notifications/<name>.txt.
        recipient: one e-mail address.
        at: this moment.
        due_at: when it may go; at once when not given.
        about: the reference of the application that it tells its candidate of: HR hears of it if it does not arrive.
        context: what the template names, each a text as a person should read it.
    """
    message = OutboxMessage(**_values(notification, recipient, at, due_at, about, context))
    db.session.add(message)
    return message


def post_at_once(
    notification: Notification, recipient: str, *, at: datetime, about: str | None = None, **context: str
) -> int:
    """Post a message as `post` does, by one statement that is sent now, and return its id."""
    values = {**_values(notification, recipient, at, None, about, context), "attempts": 0, "last_error": ""}
    message_id: int = rows_at_once(_INSERT, **values)[0].id
    return message_id


_INSERT = insert(table_of(OutboxMessage)).returning(table_of(OutboxMessage).c.id)


def _values(
    notification: Notification,
    recipient: str,
    at: datetime,
    due_at: datetime | None,
    about: str | None,
    context: dict[str, str],
) -> dict[str, Any]:
    return {
        "key": secrets.token_hex(KEY_BYTES),
        "notification": notification,
        "recipient": recipient,
        "context": context,
        "about": about,
        "posted_at": at,
        "due_at": due_at or at,
    }


def cancel(message: OutboxMessage, *, at: datetime) -> None:
    """Take a message back before it goes, and forget what it would have said.

    One UPDATE decides between this and a worker that wants the same message: whoever is second finds it gone.
    Taking it back a second time is a `Conflict` too.

    Raises:
        Conflict: it was sent or given up, or a worker has it in hand.
    """
    taken: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor's result
        update(OutboxMessage)
        .where(OutboxMessage.key == message.key, is_waiting(), is_free(at))
        .values(cancelled_at=at, context={}, lease=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(message)
    if taken.rowcount != 1:
        raise Conflict("The message has already gone.")


def call_back(message: OutboxMessage, *, at: datetime) -> None:
    """Take a message back if it has not gone; where it has, or goes at this moment, there is nothing to take back."""
    with suppress(Conflict):
        cancel(message, at=at)
