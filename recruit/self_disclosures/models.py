"""Where each self-disclosure stands and what was done with it.  What it says is in `contents`."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import Id, Model, one_of
from recruit.rules.self_disclosure import Act, DisclosureStatus


class SelfDisclosure(Model):
    """One application's self-disclosure: asked for when, sent once, and what the safeguarding lead made of it.

    `sent_at` is also when it was told in person.  `news_since` is since when there is something that the lead has not
    opened; None where there is nothing.
    """

    __tablename__ = "self_disclosure"
    __table_args__ = (
        CheckConstraint("(status IN ('asked', 'to_talk')) = (sent_at IS NULL)", name="sent_unless_asked"),
        Index("ix_self_disclosure_status", "status", "application_id"),
    )

    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    status: Mapped[DisclosureStatus] = mapped_column(one_of(DisclosureStatus), default=DisclosureStatus.ASKED)
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    news_since: Mapped[datetime | None]
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    version: Mapped[int] = mapped_column()

    application: Mapped[Application] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def candidate_id(self) -> int:
        """Whose it is, for the table of rights."""
        return self.application.candidate_id


class SelfDisclosureEvent(Model):
    """What was done with a self-disclosure, by whom and when; never what it says.  Added to, never changed.

    `actor_id` is None for what the service does by itself: asking.
    """

    __tablename__ = "self_disclosure_event"

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    act: Mapped[Act] = mapped_column(one_of(Act, "act"))
    at: Mapped[datetime]

    actor: Mapped[User | None] = relationship()
