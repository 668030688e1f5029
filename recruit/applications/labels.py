"""Labels that HR puts on applications.  Here, not beside a reviewer's notes: whoever it is about can take them away."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, db


class Label(Model):
    """A name that HR sorts applications by; no two differ by case alone.

    Retired, it is put on nothing more, and stays where it is.
    """

    __tablename__ = "label"
    __table_args__ = (Index("uq_label_name_lower", text("lower(name)"), unique=True),)

    id: Mapped[Id]
    name: Mapped[Line]
    retired_at: Mapped[datetime | None]


class LabelRename(Model):
    """That one person gave a label another name.  Added to, never changed."""

    __tablename__ = "label_rename"
    __table_args__ = (
        CheckConstraint("before <> after", name="another_name"),
        Index("ix_label_rename_label_id_id", "label_id", "id"),
    )

    id: Mapped[Id]
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    before: Mapped[Line]
    after: Mapped[Line]
    at: Mapped[datetime]

    actor: Mapped[User] = relationship()


class ApplicationLabel(Model):
    """That a label is on an application now."""

    __tablename__ = "application_label"
    __table_args__ = (Index("ix_application_label_application_id", "application_id"),)

    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)


class LabelEvent(Model):
    """That one person put a label on an application, or took it off.  Added to, never changed."""

    __tablename__ = "label_event"
    __table_args__ = (Index("ix_label_event_application_id_id", "application_id", "id"),)

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    is_on: Mapped[bool]
    at: Mapped[datetime]

    label: Mapped[Label] = relationship()
    actor: Mapped[User] = relationship()


def label_names(application_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the labels that are on each of these applications now; those without any are left out."""
    rows = db.session.execute(
        select(ApplicationLabel.application_id, Label.name)
        .join(Label, Label.id == ApplicationLabel.label_id)
        .where(ApplicationLabel.application_id.in_(application_ids))
        .order_by(Label.name)
    )
    found: dict[int, list[str]] = {}
    for key, name in rows.tuples():
        found.setdefault(key, []).append(name)
    return found
