"""Keeping teams, and who writes their vacancies."""

from collections.abc import Sequence

import structlog
from sqlalchemy import exists, select

from recruit.accounts.models import User
from recruit.core.db import db
from recruit.core.entries import Entry, Kept, LineText, ProseText, Slug, keep
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.pay.models import WelcomeSchemeVersion
from recruit.rules.access import Actor, Permission, Role, authorise
from recruit.vacancies.models import Team, TeamMember, Vacancy

logger = structlog.get_logger(__name__)


class TeamEntry(Entry):
    """A team as a file gives it.  Its address follows `slug` and never changes."""

    slug: Slug
    name: LineText
    service_area: LineText
    place: LineText
    description: ProseText
    manager_role: LineText


def keep_teams(actor: Actor, entries: Sequence[TeamEntry]) -> list[Kept]:
    """Add the teams, or change the words of those that have the slug already.

    Args:
        actor: whoever asks.
        entries: teams with slugs of their own.

    Returns:
        What was done with each.

    Raises:
        NotAllowed: only administrators keep teams.
    """
    authorise(actor, Permission.TEAM_MANAGE)
    return keep(Team, "slug", entries)


def add_member(actor: Actor, team: Team, user: User) -> None:
    """Let `user` write the vacancies of `team`.

    Raises:
        NotAllowed: only administrators say who is in a team.
        Incomplete: they are not a recruiter.
        Conflict: they are in the team.
    """
    authorise(actor, Permission.TEAM_MANAGE)
    if Role.RECRUITER not in user.as_actor().roles:
        raise Incomplete(f"{user.name} is not a recruiter, so they cannot write vacancies.")
    if db.session.get(TeamMember, (team.id, user.id)) is not None:
        raise Conflict(f"{user.name} is in {team.name} already.")
    db.session.add(TeamMember(team_id=team.id, user_id=user.id))
    logger.info("team_member_added", actor_id=actor.user_id, user_id=user.id, team_id=team.id)


def remove_member(actor: Actor, team: Team, user: User) -> None:
    """Let `user` write the vacancies of `team` no more.  Those that they wrote stay.

    Raises:
        NotAllowed: only administrators say who is in a team.
        Conflict: they are not in the team.
    """
    authorise(actor, Permission.TEAM_MANAGE)
    member = db.session.get(TeamMember, (team.id, user.id))
    if member is None:
        raise Conflict(f"{user.name} is not in {team.name}.")
    db.session.delete(member)
    logger.info("team_member_removed", actor_id=actor.user_id, user_id=user.id, team_id=team.id)


def team_of(slug: str) -> Team:
    """Return the team whose address is `slug`.

    Raises:
        NotFound: there is none.
    """
    team = db.session.scalars(select(Team).where(Team.slug == slug)).one_or_none()
    if team is None:
        raise NotFound(f"There is no team {slug}.")
    return team


def team_names() -> dict[str, str]:
    """Return the name of every team by its slug, in the order of names."""
    rows = db.session.execute(select(Team.slug, Team.name).order_by(Team.name, Team.id)).tuples()
    return dict(rows.all())


def is_welcome_version_used(version: WelcomeSchemeVersion) -> bool:
    """Say whether a vacancy stands on `version`."""
    return bool(db.session.scalar(select(exists().where(Vacancy.welcome_id == version.id))))
