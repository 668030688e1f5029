"""Words that administrators say mean the same, and what they did to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Model, Published, one_of


class SynonymAct(StrEnum):
    """What somebody did to a group."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"


class SynonymGroup(Published, Model):
    """Phrases that find each other, in the order in which they were written.

    One that has the token of a group of `synonyms.py` stands in its place; one that is retired counts for nothing, and
    so does the group of the file whose token it has.
    """

    __tablename__ = "synonym_group"

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(100), unique=True)
    phrases: Mapped[list[str]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    keys: Mapped[list["SynonymPhrase"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class SynonymPhrase(Model):
    """A phrase of a group that counts, as its stems: it can stand in one group only."""

    __tablename__ = "synonym_phrase"
    __table_args__ = (Index("ix_synonym_phrase_group_id", "group_id"),)

    stems: Mapped[str] = mapped_column(String(400), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("synonym_group.id", ondelete="CASCADE"))


class SynonymEvent(Model):
    """What somebody did to a group, with the phrases as they were then.  Added to, never changed."""

    __tablename__ = "synonym_event"
    __table_args__ = (Index("ix_synonym_event_group_id", "group_id", "id"),)

    id: Mapped[Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("synonym_group.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    act: Mapped[SynonymAct] = mapped_column(one_of(SynonymAct, "act"))
    phrases: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime]

    group: Mapped[SynonymGroup] = relationship()
    actor: Mapped[User] = relationship()
