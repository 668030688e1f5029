"""Sets of criteria that are used again: kept by a team, for itself or for all teams of its service area."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.vacancies.criteria import Lines, checked
from recruit.vacancies.details import CriterionText
from recruit.vacancies.models import Assessment, CriterionKind, Team
from recruit.vacancies.writing_models import CriteriaSet

RETIRED = "This set has been retired, so it can no longer be changed."


def sets_for(actor: Actor) -> Sequence[CriteriaSet]:
    """Return the sets that `actor` can use, by name: of their teams, and shared ones of the same service areas."""
    own = aliased(Team)
    areas = select(own.service_area).where(own.id.in_(actor.team_ids))
    statement = (
        select(CriteriaSet)
        .join(Team, Team.id == CriteriaSet.team_id)
        .where(
            CriteriaSet.retired_at.is_(None),
            or_(CriteriaSet.team_id.in_(actor.team_ids), CriteriaSet.is_shared & Team.service_area.in_(areas)),
        )
        .options(joinedload(CriteriaSet.team))
        .order_by(CriteriaSet.name, CriteriaSet.id)
        .limit(limits.CRITERIA_SETS)
    )
    return db.session.scalars(statement).all()


def set_of(actor: Actor, number: int) -> CriteriaSet:
    """Return a set of one of the actor's teams.

    Raises:
        NotFound: there is none, or it is another team's.
    """
    statement = (
        select(CriteriaSet)
        .where(CriteriaSet.team_id.in_(actor.team_ids), CriteriaSet.retired_at.is_(None))
        .options(joinedload(CriteriaSet.team))
    )
    for one in db.session.scalars(statement):
        if one.id == number:  # compared here: a number from an address may be too long for the database
            return one
    raise NotFound("There is no such set of criteria among those of your teams.")


def keep_set(
    actor: Actor, team: Team, name: str, lines: Sequence[CriterionText], *, is_shared: bool, now: datetime
) -> CriteriaSet:
    """Keep criteria to be used again.

    Raises:
        NotAllowed: the team is not one of theirs.
        Incomplete: there is no name or no criterion, a set of that name is there, or the criteria cannot be kept.
    """
    kept = CriteriaSet(team_id=team.id, author_id=actor.user_id, created_at=now)
    authorise(actor, Permission.CRITERIA_MANAGE, kept)
    if not lines:
        raise Incomplete("Add at least 1 criterion before you keep them as a set")
    _name(kept, name, is_shared=is_shared)
    _put(kept, checked(lines), now)
    db.session.add(kept)
    return kept


def rename_set(actor: Actor, one: CriteriaSet, name: str, *, is_shared: bool, seen_version: int, now: datetime) -> None:
    """Give a set another name, or say who can use it.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is retired, or somebody changed it since.
        Incomplete: there is no name, or another set has it.
    """
    _begin(actor, one, seen_version)
    _name(one, name, is_shared=is_shared)
    one.changed_at = now


def change_set(actor: Actor, one: CriteriaSet, lines: Lines, *, seen_version: int, now: datetime) -> None:
    """Change the criteria of a set.  Vacancies that were written from it stay as they are.

    Raises:
        NotAllowed, Conflict: as `rename_set`.
        Incomplete: it would be empty, or the criteria cannot be kept.
    """
    _begin(actor, one, seen_version)
    if not lines:
        raise Incomplete("A set needs at least 1 criterion. Retire it if you do not need it any more")
    _put(one, checked(lines), now)


def retire_set(actor: Actor, one: CriteriaSet, *, seen_version: int, now: datetime) -> None:
    """Offer a set no more.

    Raises: as `rename_set`.
    """
    _begin(actor, one, seen_version)
    one.retired_at = now


def lines_of(one: CriteriaSet) -> Lines:
    """Return the criteria of a set."""
    return tuple(line_from(line) for line in one.lines)


def line_from(line: dict[str, Any]) -> CriterionText:
    """Return a line that was kept as JSON."""
    at = Assessment(line["assessed_at"])
    return CriterionText(CriterionKind(line["kind"]), line["text"], at, line["weight"], line.get("id"))


def as_json(line: CriterionText) -> dict[str, Any]:
    """Return a line as JSON."""
    said = {"kind": line.kind.value, "text": line.text, "assessed_at": line.assessed_at.value, "weight": line.weight}
    return said | ({"id": line.id} if line.id else {})


def _begin(actor: Actor, one: CriteriaSet, seen_version: int) -> None:
    authorise(actor, Permission.CRITERIA_MANAGE, one)
    db.session.refresh(one, with_for_update={"of": CriteriaSet})
    if one.retired_at is not None:
        raise Conflict(RETIRED)
    if one.version != seen_version:
        raise Conflict("Somebody changed this set after you opened it. Nothing of yours was saved over theirs.")


def _name(one: CriteriaSet, name: str, *, is_shared: bool) -> None:
    name = clean_line(name)
    if not name or len(name) > limits.LINE_CHARACTERS:
        raise Incomplete(f"Enter a name of at most {limits.LINE_CHARACTERS} characters")
    statement = select(CriteriaSet).where(CriteriaSet.team_id == one.team_id, CriteriaSet.retired_at.is_(None))
    with db.session.no_autoflush:
        others = [other for other in db.session.scalars(statement) if other is not one]
    if any(other.name.casefold() == name.casefold() for other in others):
        raise Incomplete("Your team has a set of this name. Choose another")
    one.name, one.is_shared = name, is_shared


def _put(one: CriteriaSet, lines: Lines, now: datetime) -> None:
    one.lines = [as_json(replace(line, id=None)) for line in lines]
    one.changed_at = now
