"""Times for interviews, who has chosen them, and the diaries that keep anybody from being in two at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import Id, Line, Model, Prose, one_of
from recruit.notifications.models import OutboxMessage
from recruit.rules.interviews import InterviewKind
from recruit.vacancies.models import Vacancy


def minutes_between(start: datetime, end: datetime) -> int:
    """Return how long something lasts, in whole minutes."""
    return int((end - start).total_seconds() // 60)


class InterviewSlot(Model):
    """One time for one interview of a vacancy.  Kept when it is taken off: its history still says what it was."""

    __tablename__ = "interview_slot"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("place <> '' OR link <> ''", name="somewhere"),
        Index("ix_interview_slot_vacancy_id_starts_at", "vacancy_id", "starts_at", "id"),
    )

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    kind: Mapped[InterviewKind] = mapped_column(one_of(InterviewKind, "kind"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[Line] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    vacancy: Mapped[Vacancy] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return minutes_between(self.starts_at, self.ends_at)


class SlotInterviewer(Model):
    """That one person interviews in one slot."""

    __tablename__ = "slot_interviewer"

    slot_id: Mapped[int] = mapped_column(ForeignKey("interview_slot.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)

    user: Mapped[User] = relationship()


class InterviewBooking(Model):
    """That one application has one slot.  Two cannot have the same, and one has a single slot of each kind.

    `key` and `sequence` name the entry in calendars: a later sequence of the same key replaces the entry (RFC 5546).
    """

    __tablename__ = "interview_booking"
    __table_args__ = (UniqueConstraint("slot_id"), UniqueConstraint("application_id", "kind"))

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("interview_slot.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    kind: Mapped[InterviewKind] = mapped_column(one_of(InterviewKind, "kind"))
    sequence: Mapped[int] = mapped_column(default=0)
    booked_at: Mapped[datetime]

    slot: Mapped[InterviewSlot] = relationship()
    application: Mapped[Application] = relationship()


class InterviewCancellation(Model):
    """What one message told a candidate of an interview that is theirs no more, to be told again if it does not arrive.

    A copy, as the time may be set anew or given to somebody else since.  That it happened is an `InterviewEvent`.
    """

    __tablename__ = "interview_cancellation"

    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    kind: Mapped[InterviewKind] = mapped_column(one_of(InterviewKind, "kind"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[Line]
    link: Mapped[Line]
    key: Mapped[str] = mapped_column(String(32))
    sequence: Mapped[int]
    by_us: Mapped[bool]

    message: Mapped[OutboxMessage] = relationship()
    application: Mapped[Application] = relationship()

    @property
    def minutes(self) -> int:
        """How long it was to last."""
        return minutes_between(self.starts_at, self.ends_at)


class DiaryPiece(Model):
    """A quarter of an hour in which one person, interviewer or candidate, is in one slot: the key allows no second."""

    __tablename__ = "diary_piece"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("interview_slot.id", ondelete="CASCADE"), index=True)


class InterviewInvitation(Model):
    """That the candidate of one application was asked to choose times."""

    __tablename__ = "interview_invitation"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    invited_at: Mapped[datetime]


class InterviewEvent(Model):
    """One thing that happened with a vacancy's interviews.  Added to, never changed; gone with its application."""

    __tablename__ = "interview_event"
    __table_args__ = (Index("ix_interview_event_vacancy_id_id", "vacancy_id", "id"),)

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]

    actor: Mapped[User] = relationship()
    application: Mapped[Application | None] = relationship()


class PromptNote(Model):
    """What came of one prompt about somebody's history: what an interviewer, or HR, was told.  Added to, never changed.

    `prompt` is its key (`applications.prompts`).  The last note of a prompt says whether it is explained.
    """

    __tablename__ = "prompt_note"
    __table_args__ = (
        CheckConstraint("words <> ''", name="words"),
        Index("ix_prompt_note_application_id_id", "application_id", "id"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    prompt: Mapped[Line]
    is_explained: Mapped[bool]
    words: Mapped[Prose]
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    author: Mapped[User] = relationship()
