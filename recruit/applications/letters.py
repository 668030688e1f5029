"""What candidates are told of decisions: drafts that wait for a person, and what was sent, word for word."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.applications.models import ApplicationEvent
from recruit.core.db import Id, Model, Prose
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification


class LetterDraft(Model):
    """The message of the one decision of an application that its candidate does not know of.

    It goes with the decision: undone, withdrawn or released, there is no draft any more.  `opening`, `next_steps` and
    `feedback` are what people worded, "" where our own words stand; criterion and reason are those of `event`.
    """

    __tablename__ = "letter_draft"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("application_event.id"))
    template: Mapped[str] = mapped_column(String(32))
    opening: Mapped[Prose] = mapped_column(default="")
    next_steps: Mapped[Prose] = mapped_column(default="")
    feedback: Mapped[Prose] = mapped_column(default="")
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    edited_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    event: Mapped[ApplicationEvent] = relationship()
    edited_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def notification(self) -> Notification:
        """Which message it is."""
        return Notification(self.template)


class Letter(Model):
    """What was sent to one candidate about one decision.  Added to, never changed; `event_id` says who released it.

    One that did not arrive and was sent again has a row for each message, with the same words.
    """

    __tablename__ = "letter"

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("application_event.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"), unique=True)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[Prose]
    at: Mapped[datetime]

    message: Mapped[OutboxMessage] = relationship()
