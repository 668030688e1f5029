"""Pages, their versions, claims, and what people did to them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, Prose, Published, one_of
from recruit.rules import limits
from recruit.rules.content import ContentStatus

LIVE = text("status IN ('draft', 'published')")


class ContentKind(StrEnum):
    """What a page is: its address and its place follow from it.  A team's has the slug of the team."""

    PAGE = "page"
    TEAM = "team"
    STORY = "story"
    NEWS = "news"


class WhenStale(StrEnum):
    """What readers see of a claim that nobody has checked in time.  Its date is shown in any case."""

    HIDE = "hide"
    SHOW = "show"


class ContentAct(StrEnum):
    """What somebody did to a page or a claim."""

    SAVED = "saved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"
    ADDED = "added"
    CHANGED = "changed"
    CHECKED = "checked"
    RETIRED = "retired"


class ContentPage(Model):
    """One page under one address.  What it says is in its versions.

    `published_at` is when the public first could read it, `changed_at` when what they read changed last.
    """

    __tablename__ = "content_page"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[Id]
    kind: Mapped[ContentKind] = mapped_column(one_of(ContentKind, "kind"))
    slug: Mapped[str] = mapped_column(String(80))
    saved_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ContentVersion(Model):
    """What a page said at one time.  Its words never change; only its status does.

    `author_id` is empty for words that came with the service.  `dated_on` is the day that they are shown as of.
    """

    __tablename__ = "content_version"
    __table_args__ = (
        UniqueConstraint("page_id", "number"),
        Index("uq_content_version_live", "page_id", "status", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="published_at_known"),
        CheckConstraint("status <> 'draft' OR published_at IS NULL", name="draft_not_published"),
        CheckConstraint("recording_url = '' OR transcript <> ''", name="recording_has_transcript"),
    )

    id: Mapped[Id]
    page_id: Mapped[int] = mapped_column(ForeignKey("content_page.id", ondelete="CASCADE"))
    number: Mapped[int]
    status: Mapped[ContentStatus] = mapped_column(one_of(ContentStatus))
    title: Mapped[Line]
    summary: Mapped[Line]
    body: Mapped[Prose]
    recording_url: Mapped[str] = mapped_column(String(limits.ADDRESS_CHARACTERS), default="")
    transcript: Mapped[Prose] = mapped_column(default="")
    note: Mapped[str] = mapped_column(String(limits.CONTENT_NOTE_CHARACTERS), default="")
    dated_on: Mapped[date] = mapped_column(Date)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    page: Mapped[ContentPage] = relationship()
    author: Mapped[User | None] = relationship()


class Claim(Published, Model):
    """One fact with its source and its date, which pages cite by `slug`.

    `as_of_on` is the day that the fact is of; `checked_on` when somebody last looked whether it still is what its
    source says.  `stale_after_days` later it is stale.  `flagged_at` is when its owner was told so.
    """

    __tablename__ = "content_claim"
    __table_args__ = (
        CheckConstraint(
            f"stale_after_days BETWEEN {limits.CLAIM_DAYS[0]} AND {limits.CLAIM_DAYS[1]}", name="stale_after_days"
        ),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    text: Mapped[str] = mapped_column(String(limits.CLAIM_CHARACTERS))
    source_name: Mapped[Line]
    source_url: Mapped[str] = mapped_column(String(limits.ADDRESS_CHARACTERS))
    as_of_on: Mapped[date] = mapped_column(Date)
    checked_on: Mapped[date] = mapped_column(Date)
    stale_after_days: Mapped[int]
    when_stale: Mapped[WhenStale] = mapped_column(one_of(WhenStale, "when_stale"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    flagged_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    owner: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ContentEvent(Model):
    """One act on a page or a claim.  Added to, never changed.  `number` is the version of the page that it concerns."""

    __tablename__ = "content_event"
    __table_args__ = (
        CheckConstraint("(page_id IS NULL) <> (claim_id IS NULL)", name="one_subject"),
        Index("ix_content_event_page_id", "page_id", "id"),
        Index("ix_content_event_claim_id", "claim_id", "id"),
    )

    id: Mapped[Id]
    page_id: Mapped[int | None] = mapped_column(ForeignKey("content_page.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("content_claim.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    act: Mapped[ContentAct] = mapped_column(one_of(ContentAct, "act"))
    number: Mapped[int | None]
    note: Mapped[Prose] = mapped_column(default="")
    at: Mapped[datetime]

    actor: Mapped[User | None] = relationship()
    page: Mapped[ContentPage | None] = relationship()
    claim: Mapped[Claim | None] = relationship()
