"""Messages that wait to be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.core.db import Id, Model, Prose, one_of, table_of
from recruit.rules.notifications import Notification

FAILED = text("failed_at IS NOT NULL")
RETURNED = text("returned_at IS NOT NULL")
UNSETTLED = text("unsettled_since IS NOT NULL")
WAITING = text("sent_at IS NULL AND cancelled_at IS NULL AND failed_at IS NULL")


class OutboxMessage(Model):
    """One message to one address.  It exists if, and only if, the change that it tells of was kept.

    `context` is what the template needs; `due_at` is when it may go (a held decision is due later); `lease` names the
    worker that has it until `leased_until`; at most one of `sent_at`, `cancelled_at`, `failed_at` is set.
    `returned_at` is when we heard that what was sent came back.
    `about` is the reference of the application that it tells a candidate of, if it does; such a one that failed or came
    back waits for a person since `unsettled_since`, until somebody has told the candidate again or in another way.
    `key` is unguessable and stable: it becomes the Message-ID, so that a second try after a crash is the same mail.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_due", "due_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_outbox_message_failed", "failed_at", sqlite_where=FAILED, postgresql_where=FAILED),
        Index("ix_outbox_message_returned", "returned_at", sqlite_where=RETURNED, postgresql_where=RETURNED),
        Index(
            "ix_outbox_message_unsettled", "unsettled_since", "id", sqlite_where=UNSETTLED, postgresql_where=UNSETTLED
        ),
        CheckConstraint(
            "NOT (sent_at IS NOT NULL AND (cancelled_at IS NOT NULL OR failed_at IS NOT NULL))"
            " AND NOT (cancelled_at IS NOT NULL AND failed_at IS NOT NULL)",
            name="one_end",
        ),
        CheckConstraint("returned_at IS NULL OR sent_at IS NOT NULL", name="returned_after_sending"),
        CheckConstraint(
            "unsettled_since IS NULL OR (about IS NOT NULL AND (failed_at IS NOT NULL OR returned_at IS NOT NULL))",
            name="unsettled_after_failing",
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    notification: Mapped[Notification] = mapped_column(one_of(Notification, "notification"))
    recipient: Mapped[str] = mapped_column(String(254))
    context: Mapped[dict[str, Any]] = mapped_column(JSON)
    about: Mapped[str | None] = mapped_column(String(20))
    posted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[Prose] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    unsettled_since: Mapped[datetime | None]


_MESSAGE = table_of(OutboxMessage).c
HOW_IT_FARED = (
    _MESSAGE.id, _MESSAGE.notification, _MESSAGE.recipient, _MESSAGE.due_at, _MESSAGE.sent_at, _MESSAGE.returned_at,
    _MESSAGE.cancelled_at, _MESSAGE.failed_at, _MESSAGE.unsettled_since, _MESSAGE.last_error,
)  # fmt: skip
"""What is read of messages that another row names, to say what became of them (see `core.joined`)."""
