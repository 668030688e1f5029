"""Who has which message in hand, and how it ended.  Each function is one step of a transaction that the worker opens.

A message is taken by one UPDATE that asks again whether it is free, under a row lock (PostgreSQL) or the writer's turn
(SQLite), so two workers never hold the same one; a message that was taken back meanwhile is not taken.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, Update, case, exists, literal, select, update

from recruit.core.db import UTCDateTime, db
from recruit.notifications.models import OutboxMessage
from recruit.notifications.outbox import is_free, is_waiting

KEYS_A_STATEMENT = 250  # keys of messages that are looked for in one statement
LEASE_BYTES = 16  # random bytes of a lease's name: 32 hexadecimal digits, the column's width


def _due(now: datetime) -> Select[tuple[int]]:
    return select(OutboxMessage.id).where(is_waiting(), OutboxMessage.due_at <= now, is_free(now))


def is_any_due(now: datetime) -> bool:
    """Say whether there is something to take.  Reads only: a worker with nothing to do stops nobody from writing."""
    return bool(db.session.scalar(select(exists(_due(now)))))


def take(number: int, *, now: datetime, until: datetime) -> list[OutboxMessage]:
    """Take up to `number` messages, those due first, and count the try.

    Returns:
        The messages, apart from the session: they can be read when the transaction is over.
    """
    first = _due(now).order_by(OutboxMessage.due_at, OutboxMessage.id).limit(number)
    ids = db.session.scalars(first.with_for_update(skip_locked=True)).all()  # SQLite has no such clause, and one writer
    taken = db.session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids), is_waiting(), is_free(now))
        .values(lease=secrets.token_hex(LEASE_BYTES), leased_until=until, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage),
        execution_options={"synchronize_session": False, "populate_existing": True},
    ).all()
    for message in taken:
        db.session.expunge(message)
    return sorted(taken, key=lambda message: (message.due_at, message.id))


def mark_sent(message: OutboxMessage, *, at: datetime) -> bool:
    """Note that it has gone, and forget what it said; say whether it was still waiting."""
    return _end(
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id, is_waiting())
        .values(sent_at=at, context={}, last_error="", lease=None, leased_until=None)
    )


def mark_failed(message: OutboxMessage, *, at: datetime, error: str) -> bool:
    """Give it up for a person to look at; say whether it was still ours.

    What it would have said is kept, so that it can be sent again; the links of an account's or an alert's messages are
    forgotten.  One about an application waits for HR.
    """
    kept = {} if message.notification.value.startswith(("account_", "alert_")) else message.context
    ended = {"failed_at": at, "unsettled_since": at if message.about else None, "lease": None, "leased_until": None}
    return _end(_ours(message).values(**ended, context=kept, last_error=error))


def postpone(message: OutboxMessage, *, until: datetime, error: str) -> bool:
    """Let it go later; say whether it was still ours."""
    return _end(_ours(message).values(due_at=until, last_error=error, lease=None, leased_until=None))


def release(messages: Sequence[OutboxMessage]) -> None:
    """Put back what was taken and not begun, for anybody to take at once."""
    for message in messages:
        _end(_ours(message).values(lease=None, leased_until=None, attempts=OutboxMessage.attempts - 1))


def mark_returned(reasons: Mapping[str, str], *, at: datetime) -> int:
    """Note that messages that were sent came back, each once; return how many are new.

    Those about applications wait for HR.

    Args:
        reasons: why, by the messages' keys.
    """
    number, for_hr = 0, case((OutboxMessage.about.is_not(None), literal(at, UTCDateTime())))
    for start in range(0, len(reasons), KEYS_A_STATEMENT):
        keys = list(reasons)[start : start + KEYS_A_STATEMENT]
        new = select(OutboxMessage.key).where(
            OutboxMessage.key.in_(keys), OutboxMessage.sent_at.is_not(None), OutboxMessage.returned_at.is_(None)
        )
        for key in db.session.scalars(new).all():
            is_news = OutboxMessage.returned_at.is_(None)
            noted = update(OutboxMessage).where(OutboxMessage.key == key, is_news)
            number += _end(noted.values(returned_at=at, unsettled_since=for_hr, last_error=reasons[key]))
    return number


def retry_pause(attempts: int, after: Sequence[int], total: timedelta) -> timedelta | None:
    """Return how long to wait after this failed try, or None when it is time to give up.

    Args:
        attempts: tries so far, 1 or more.
        after: seconds after the first, second, … try; the last repeats.
        total: the longest that all the pauses together may come to.  Time that passes without a try does not count,
            so a message is not given up because the workers were away.
    """
    pauses = [after[min(number, len(after) - 1)] for number in range(attempts)]
    return timedelta(seconds=pauses[-1]) if timedelta(seconds=sum(pauses)) <= total else None


def _ours(message: OutboxMessage) -> Update:
    return update(OutboxMessage).where(
        OutboxMessage.id == message.id, OutboxMessage.lease == message.lease, is_waiting()
    )


def _end(statement: Update) -> bool:
    done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor's result
        statement.execution_options(synchronize_session=False)
    )
    return done.rowcount == 1
