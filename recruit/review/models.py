"""What reviewers add to an application.  Nothing that candidates or the public see may import this."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, Prose


class ApplicationRead(Model):
    """That one person has opened one application: read for them, not for others."""

    __tablename__ = "application_read"
    __table_args__ = (UniqueConstraint("application_id", "user_id"),)

    id: Mapped[Id]  # in the order of reading: what is read is sealed
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]


class Assignment(Model):
    """That one person gave an application to another, to themselves or to nobody.  Added to, never changed."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_application_id_id", "application_id", "id"),)

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    actor: Mapped[User] = relationship(foreign_keys=actor_id)
    assignee: Mapped[User | None] = relationship(foreign_keys=assignee_id)


class ReviewNote(Model):
    """What one reviewer wrote for the others.  The candidate could ask for it, so it says only what may be said."""

    __tablename__ = "review_note"
    __table_args__ = (Index("ix_review_note_application_id_id", "application_id", "id"),)

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    text: Mapped[Prose]
    at: Mapped[datetime]

    author: Mapped[User] = relationship()


IS_DEFAULT = text("is_default")


class SavedView(Model):
    """The queue with filters that one person uses often; `query` is what its address asks for."""

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("user_id", "name"),
        Index(
            "uq_saved_view_one_default", "user_id", unique=True, sqlite_where=IS_DEFAULT, postgresql_where=IS_DEFAULT
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    name: Mapped[Line]
    query: Mapped[str] = mapped_column(String(600))
    is_default: Mapped[bool] = mapped_column(default=False)
