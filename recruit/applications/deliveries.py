"""What became of messages to candidates that did not arrive: who told them again, or in another way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, CursorResult, ForeignKey, Index, bindparam, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import NAME_OF_USER, User
from recruit.applications.models import Application
from recruit.core.db import BigInt, Id, Model, Prose, db, table_of
from recruit.core.errors import Conflict
from recruit.core.joined import Linked, Listed
from recruit.notifications.models import HOW_IT_FARED, OutboxMessage
from recruit.rules.access import Actor


class DeliveryEvent(Model):
    """What one person did about a message that did not arrive: once for each.  Added to, never changed.

    `again_id` is the message that was posted in its place; where there is none, `reason` says how the candidate was
    told.
    """

    __tablename__ = "delivery_event"
    __table_args__ = (
        CheckConstraint("(again_id IS NULL) = (reason <> '')", name="again_or_reason"),
        Index("ix_delivery_event_application_id_id", "application_id", "id"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"), unique=True)
    again_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[Prose] = mapped_column(default="")
    at: Mapped[datetime]

    actor: Mapped[User] = relationship()
    message: Mapped[OutboxMessage] = relationship(foreign_keys=message_id)
    again: Mapped[OutboxMessage | None] = relationship(foreign_keys=again_id)


def claim(messages: Sequence[OutboxMessage]) -> None:
    """Let messages wait for nobody any more: whoever does that tells the candidate, and writes it down (`settled`).

    One UPDATE decides between two people, and between two clicks.

    Raises:
        Conflict: one of them has been dealt with.
    """
    for message in messages:
        done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor's result
            update(OutboxMessage)
            .where(OutboxMessage.id == message.id, OutboxMessage.unsettled_since.is_not(None))
            .values(unsettled_since=None)
        )
        if done.rowcount != 1:
            raise Conflict("Somebody has dealt with this message already, so nothing more was sent.")


def settled(
    actor: Actor,
    application: Application,
    messages: Sequence[OutboxMessage],
    *,
    again: OutboxMessage | None = None,
    reason: str = "",
    now: datetime,
) -> None:
    """Keep that the candidate was told what claimed messages did not tell them.

    Args:
        again: what was posted in their place.
        reason: how the candidate was told without one.
    """
    for message in messages:
        db.session.add(
            DeliveryEvent(
                application_id=application.id,
                message=message,
                again=again,
                actor_id=actor.user_id,
                reason=reason,
                at=now,
            )
        )


_ACT, _MESSAGE = table_of(DeliveryEvent), table_of(OutboxMessage).c
_ACTS = Linked(
    _ACT,
    actor=NAME_OF_USER,
    message=(_MESSAGE.id, _MESSAGE.notification, _MESSAGE.recipient),
    again=HOW_IT_FARED,
)
DELIVERIES = Listed(
    _ACTS, _ACTS.statement.where(_ACT.c.application_id == bindparam("application_id", type_=BigInt)).order_by(_ACT.c.id)
)
"""What was done about messages on an application that did not arrive, to be read with other lists."""
