"""Numbers that only grow, each a row of the database: references that people quote, and the public pages' revision.

Public pages are kept as bytes by each server process; a page is good for as long as the revision is the one it was
made at.  It is written in the same transaction as the change, so every process on every machine learns of it, and a
change that was rolled back renews nothing.
"""

from typing import Any

from sqlalchemy import String, event, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruit.core.db import Model, Published, db

PUBLIC_REVISION = "public_revision"
VACANCY_NUMBER = "vacancy_number"
ALERT_ROUND = "alert_round"
RECORD_SEAL = "record_seal"


class Counter(Model):
    """One number.  The rows are made by a migration."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int]


def public_revision() -> int:
    """Return the number that the public pages stand at."""
    return db.session.scalar(select(Counter.number).where(Counter.name == PUBLIC_REVISION)) or 0


def next_number(name: str, session: Session | None = None) -> int:
    """Return the next number of the counter `name`.  Whoever asks meanwhile waits for this transaction to end."""
    statement = update(Counter).where(Counter.name == name).values(number=Counter.number + 1).returning(Counter.number)
    return (session or db.session).execute(statement.execution_options(synchronize_session=False)).scalar_one()


def renew_public_pages() -> None:
    """Count a change that the public can see.  Needed by hand only after changes that bypass the models."""
    next_number(PUBLIC_REVISION)


@event.listens_for(Session, "before_flush")
def _count_published_changes(session: Session, _context: Any, _instances: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, Published) and (row not in session.dirty or session.is_modified(row)) for row in changed):
        next_number(PUBLIC_REVISION, session)
