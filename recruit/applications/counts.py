"""Counts that are kept, because counting would be slow, or because only a count may be kept."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.core.db import Model, one_of
from recruit.rules.equality import EqualityStage
from recruit.rules.lifecycle import ApplicationStatus


class StageCount(Model):
    """How many applications stand where: `scope` is "all", a vacancy ("vacancy:12") or a team ("team:3").

    Kept by the one writer of `Application.status`, in the same transaction, because counting a million rows for each
    page of the queue is what makes a queue slow.
    """

    __tablename__ = "stage_count"

    scope: Mapped[str] = mapped_column(String(40), primary_key=True)
    status: Mapped[ApplicationStatus] = mapped_column(one_of(ApplicationStatus), primary_key=True)
    number: Mapped[int]


class EqualityCount(Model):
    """How often an answer was given to an equality question at a stage in a year.

    No person, vacancy or moment is in it, and it grows by several people at a time: see `applications.equality_box`.
    """

    __tablename__ = "equality_count"

    year: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[EqualityStage] = mapped_column(one_of(EqualityStage, "stage"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]


class EqualityBox(Model):
    """A box that answers of one stage wait in.  `key` is the name of the key in memory that seals its slips."""

    __tablename__ = "equality_box"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int]
    stage: Mapped[EqualityStage] = mapped_column(one_of(EqualityStage, "stage"))


class EqualitySlip(Model):
    """The answers of one person, sealed: all of one length, with a random name, without a moment, number or order."""

    __tablename__ = "equality_slip"
    __table_args__ = {"sqlite_with_rowid": False}  # a hidden number would keep the order they came in

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    box_key: Mapped[str] = mapped_column(ForeignKey("equality_box.key", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
