"""Reading teams and vacancies."""

from sqlalchemy import select

from recruit.core.db import db
from recruit.vacancies.models import TeamMember


def team_ids_of(user_id: int) -> frozenset[int]:
    """Return the ids of the teams that `user_id` writes vacancies for."""
    return frozenset(db.session.scalars(select(TeamMember.team_id).where(TeamMember.user_id == user_id)))
