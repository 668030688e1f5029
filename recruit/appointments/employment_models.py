"""What somebody who is to be appointed tells before they start, and what HR found when it was checked."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import Id, Line, Model, Prose, one_of
from recruit.core.sealed_text import SealedText
from recruit.rules.employment import Act, Check, Finding, Part


class EmploymentDetails(Model):
    """That somebody is asked for the details before their start, and how far that is.

    `closed_at` is when it stopped being asked: the appointment was reopened, the application withdrawn, the vacancy
    cancelled; `cleared_at` is when answers that were not sent were deleted with that, until later ones are sent.
    `again` is why HR opened the form once more; what was sent is being corrected while it is not empty.
    """

    __tablename__ = "employment_details"
    __table_args__ = (
        CheckConstraint("sent_at IS NULL OR sent_at >= asked_at", name="sent_after_asked"),
        CheckConstraint("again = '' OR sent_at IS NOT NULL", name="again_once_sent"),
        CheckConstraint("cleared_at IS NULL OR sent_at IS NULL", name="cleared_is_unsent"),
        Index("ix_employment_details_due", "sent_at", "closed_at", "reminded_at", "asked_at"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    asked_at: Mapped[datetime]
    due_on: Mapped[date] = mapped_column(Date)
    reminded_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
    again: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    application: Mapped[Application] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def candidate_id(self) -> int:
        """Whose they are, for the table of rights."""
        return self.application.candidate_id

    @property
    def is_open(self) -> bool:
        """Whether the candidate can answer now."""
        return self.closed_at is None and (self.sent_at is None or self.again != "")

    @property
    def is_sent(self) -> bool:
        """Whether HR has them, and they are not being corrected."""
        return self.sent_at is not None and self.again == ""


class EmploymentPart(Model):
    """The answers of one part of the form, as JSON that only the service can read."""

    __tablename__ = "employment_part"
    __table_args__ = (
        ForeignKeyConstraint(["application_id"], ["employment_details.application_id"], ondelete="CASCADE"),
    )

    application_id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[Part] = mapped_column(one_of(Part, "part"), primary_key=True)
    answers: Mapped[str] = mapped_column(SealedText())
    is_complete: Mapped[bool]
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class EmploymentEvent(Model):
    """What was done about somebody's details.  Added to, never changed; no answer is in it."""

    __tablename__ = "employment_event"

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # none: the worker
    act: Mapped[Act] = mapped_column(one_of(Act, "act"))
    note: Mapped[Prose] = mapped_column(default="")
    at: Mapped[datetime]

    actor: Mapped[User | None] = relationship()


class EmploymentCheck(Model):
    """What one person found in one check, numbered from 1 for each.  Added to, never changed: the last one stands.

    `checked_on` is the day of the check, `evidence` what was seen, such as "Passport, original".
    """

    __tablename__ = "employment_check"
    __table_args__ = (
        UniqueConstraint("application_id", "kind", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("evidence <> '' OR finding NOT IN ('clear', 'not_clear')", name="evidence_with_finding"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    kind: Mapped[Check] = mapped_column(one_of(Check, "kind"))
    number: Mapped[int]
    finding: Mapped[Finding] = mapped_column(one_of(Finding, "finding"))
    checked_on: Mapped[date] = mapped_column(Date)
    evidence: Mapped[Line] = mapped_column(String(200), default="")
    note: Mapped[Prose] = mapped_column(default="")
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    at: Mapped[datetime]

    actor: Mapped[User] = relationship()
