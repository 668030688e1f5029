"""What HR and a candidate write to each other about one application."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, Prose
from recruit.notifications.models import OutboxMessage


class ConversationMessage(Model):
    """One message of a conversation.  Added to, never changed; gone with its application.

    `notice_id` is the email that told the candidate of it, `read_at` when they opened it here; a message by the
    candidate has neither.
    """

    __tablename__ = "conversation_message"
    __table_args__ = (
        CheckConstraint("read_at IS NULL OR NOT is_by_candidate", name="read_by_candidate"),
        Index("ix_conversation_message_application_id_id", "application_id", "id"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    is_by_candidate: Mapped[bool]
    text: Mapped[Prose]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    author: Mapped[User] = relationship()
    notice: Mapped[OutboxMessage | None] = relationship()


class MessageTemplate(Model):
    """A message that HR writes again and again, with fields in braces (`rules.merge_fields`)."""

    __tablename__ = "message_template"

    id: Mapped[Id]
    name: Mapped[Line] = mapped_column(unique=True)
    text: Mapped[Prose]
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    edited_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    edited_by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}
