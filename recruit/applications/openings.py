"""That somebody of staff was shown an application, or a part of it (`record.openings` keeps it)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from recruit.applications.models import Application
from recruit.core.db import Id, Model, db, one_of
from recruit.rules.access import Actor
from recruit.rules.openings import Part


class Opening(Model):
    """That one person of staff was shown an application, or a part of it: a row each time.  Added to, never changed."""

    __tablename__ = "opening"
    __table_args__ = (
        Index("ix_opening_application_id_id", "application_id", "id"),
        Index("ix_opening_actor_id_at", "actor_id", "at"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    part: Mapped[Part] = mapped_column(one_of(Part, "part"))
    at: Mapped[datetime]


def own_openings(actor: Actor) -> Mapping[str, Sequence[tuple[Part, datetime]]]:
    """Return what was opened of the actor's own applications and when, oldest first, by reference: not by whom."""
    rows = db.session.execute(
        select(Application.reference, Opening.part, Opening.at)
        .join(Application, Application.id == Opening.application_id)
        .where(Application.candidate_id == actor.user_id)
        .order_by(Opening.id)
    )
    found: dict[str, list[tuple[Part, datetime]]] = {}
    for reference, part, at in rows:
        found.setdefault(reference, []).append((part, at))
    return found
