"""Email alerts: searches that people are written to about, and which vacancies each was told of."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.core.db import Id, Line, Model, Prose, one_of

PENDING = text("message_id IS NULL")


class Frequency(StrEnum):
    """How often an alert writes."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


class LinkPurpose(StrEnum):
    """What a link in a mail of an alert is for."""

    CONFIRM = "confirm"
    MANAGE = "manage"


class AlertSearch(Model):
    """One search, shared by all alerts that ask for the same.

    `key` stands for `words` (in small letters) and `chosen` (facet to values, sorted).  Ids are never used twice and
    are committed in order, so what was read up to one id is whole: see `rounds`.
    """

    __tablename__ = "alert_search"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    words: Mapped[Line]
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)


class Alert(Model):
    """One address that wants to hear of what a search finds.  Nothing is sent before `confirmed_at`; ending deletes it.

    `consent` is what the person agreed to, word for word, at `consented_at`; `kept_at` is when they last said that they
    want it; `asked_at` when they were asked whether they still do, and have not answered.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("email_key", "search_id"),
        CheckConstraint("email_key <> ''", name="email_key_given"),
        CheckConstraint("(confirmed_at IS NULL) = (kept_at IS NULL)", name="kept_since_confirmed"),
        Index("ix_alert_search_id", "search_id"),
        Index("ix_alert_kept_at", "kept_at"),
    )

    id: Mapped[Id]
    search_id: Mapped[int] = mapped_column(ForeignKey("alert_search.id"))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    words: Mapped[Line]  # as typed
    frequency: Mapped[Frequency] = mapped_column(one_of(Frequency, "frequency"))
    consent: Mapped[Prose]
    consented_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    kept_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    search: Mapped[AlertSearch] = relationship()


class AlertLink(Model):
    """A link of a mail about one alert.  Only the hash of its token is kept."""

    __tablename__ = "alert_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(one_of(LinkPurpose, "purpose"))
    expires_at: Mapped[datetime] = mapped_column(index=True)

    alert: Mapped[Alert] = relationship()


class AlertMatch(Model):
    """A vacancy that an alert tells of, once: it waits for its mail for as long as `message_id` is empty."""

    __tablename__ = "alert_match"
    __table_args__ = (
        Index("ix_alert_match_pending", "matched_at", "alert_id", sqlite_where=PENDING, postgresql_where=PENDING),
        Index("ix_alert_match_vacancy_id", "vacancy_id"),
    )

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    matched_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"))


class AlertVacancy(Model):
    """A vacancy that was held against the alerts: that is done once, when it has become public."""

    __tablename__ = "alert_vacancy"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime]
