"""Counts that are kept, because counting would be slow, or because only a count may be kept."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.core.db import Model, one_of
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
    """How often an answer was given to an equality question in a year.  No person, vacancy or moment is in it."""

    __tablename__ = "equality_count"

    year: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]
