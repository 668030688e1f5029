"""Reading interest that was registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.db import db, rows_in_turns
from recruit.interest.models import Interest
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, Role, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Team

ROWS_AT_ONCE = 100  # fetched together, until as many are found as are shown


def own_interest(actor: Actor, *, now: datetime) -> Interest | None:
    """Return the interest that `actor` registered, if there is one at `now`."""
    return interest_of(actor.user_id, now=now)


def interest_of(candidate_id: int, *, now: datetime) -> Interest | None:
    """Return the interest of an account; what has expired is not there any more, even before it is deleted."""
    interest = db.session.get(Interest, candidate_id)
    return interest if interest is not None and interest.expires_at > now else None


@dataclass(frozen=True, slots=True)
class Interested:
    """Somebody who agreed to be written to; `has_applied` if they have sent an application since they said yes last."""

    interest: Interest
    has_applied: bool


def interested_people(actor: Actor, *, team: str = "", grade: str = "", now: datetime) -> list[Interested]:
    """Return who registered interest and may be read by `actor`, the newest first; at most `INTERESTS_SHOWN`.

    HR reads all; a recruiter those who chose one of their teams, or any team.  Nobody reads their own.

    Args:
        actor: whoever asks.
        team: the slug of a team that they would work in; empty for all.
        grade: the code of a grade that they would work in; empty for all.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not HR, and not a recruiter.
    """
    authorise(actor, Permission.INTEREST_READ)
    readable = None if Role.HR in actor.roles else _own_teams(actor)
    applied = exists().where(
        Application.candidate_id == Interest.candidate_id,
        Application.status != ApplicationStatus.DRAFT,
        Application.submitted_at >= Interest.consented_at,
    )
    statement = (
        select(Interest, applied)
        .where(Interest.expires_at > now, Interest.candidate_id != actor.user_id)
        .options(joinedload(Interest.candidate, innerjoin=True))
        .order_by(Interest.consented_at.desc(), Interest.candidate_id)
    )
    rows = rows_in_turns(statement, ROWS_AT_ONCE)
    wanted = (
        Interested(interest, has_applied)
        for interest, has_applied in rows.tuples()
        if _is_among(interest.teams, readable)
        and _is_among(interest.teams, {team} if team else None)
        and _is_among(interest.grades, {grade} if grade else None)
    )
    shown = list(islice(wanted, limits.INTERESTS_SHOWN))  # of those who are wanted, not of all
    rows.close()
    return shown


def _own_teams(actor: Actor) -> set[str]:
    return set(db.session.scalars(select(Team.slug).where(Team.id.in_(actor.team_ids))))


def _is_among(chosen: Sequence[str], wanted: set[str] | None) -> bool:
    """Say whether what somebody chose has any of `wanted`; who chose nothing takes any, and None wants all."""
    return wanted is None or not chosen or bool(wanted.intersection(chosen))
