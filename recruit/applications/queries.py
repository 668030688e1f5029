"""Reading applications."""

from sqlalchemy import select

from recruit.applications.models import StageCount
from recruit.core.db import db
from recruit.rules.lifecycle import ApplicationStatus


def counts_by_status(scope: str) -> dict[ApplicationStatus, int]:
    """Return how many applications stand where within `scope`: "all", "vacancy:<id>" or "team:<id>"."""
    rows = db.session.execute(select(StageCount.status, StageCount.number).where(StageCount.scope == scope))
    return dict(rows.tuples())
