"""Reading vacancies for the people who write them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.pay.models import PayTable
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Team, TeamMember, Vacancy, VacancyComment, VacancyEvent
from recruit.vacancies.standing import ORDER, Standing, standing_rank

COMMENTED = "Commented"
"""What a comment is called in the vacancy's history."""
WHOLE = (
    joinedload(Vacancy.team),
    joinedload(Vacancy.grade),
    joinedload(Vacancy.pay_table),
    joinedload(Vacancy.welcome),
    joinedload(Vacancy.sent_by),
    joinedload(Vacancy.relisted_from),
    selectinload(Vacancy.criteria),
)
"""All that the pages of one vacancy show."""


def vacancy_of(actor: Actor, reference: str) -> Vacancy:
    """Return the vacancy of one of the actor's teams that has this reference, with all that its page shows.

    Raises:
        NotFound: there is none, or it is another team's.
    """
    statement = (
        _written_by(actor, select(Vacancy))
        .where(Vacancy.reference == (normalise_vacancy_reference(reference) or ""))
        .options(*WHOLE)
    )
    vacancy: Vacancy | None = db.session.scalars(statement).one_or_none()
    if vacancy is None:
        raise NotFound("There is no such vacancy among those of your teams.")
    return vacancy


def vacancies_of(actor: Actor, *, now: datetime, standing: Standing | None = None, page: int = 1) -> Sequence[Vacancy]:
    """Return one page of the vacancies of the actor's teams: drafts, then what is open by closing date, then the rest.

    Args:
        actor: a recruiter.
        now: the moment that decides what is open.
        standing: only those that stand so.
        page: from 1.
    """
    rank = standing_rank(now)
    is_published = Vacancy.status == VacancyStatus.PUBLISHED
    closes_first = case((and_(is_published, Vacancy.closes_at > now), Vacancy.closes_at))
    closed_last = case((and_(is_published, Vacancy.closes_at <= now), Vacancy.closes_at))
    statement = (
        _written_by(actor, select(Vacancy))
        .options(joinedload(Vacancy.team), joinedload(Vacancy.grade), joinedload(Vacancy.pay_table))
        .order_by(rank, closes_first.asc().nulls_last(), closed_last.desc().nulls_last(), Vacancy.id.desc())
        .limit(limits.VACANCIES_A_PAGE)
        .offset((page - 1) * limits.VACANCIES_A_PAGE)
    )
    if standing is not None:
        statement = statement.where(rank == ORDER.index(standing))
    return db.session.scalars(statement).all()


def numbers_by_standing(actor: Actor, *, now: datetime) -> dict[Standing, int]:
    """Return how many vacancies of the actor's teams stand where."""
    rank = standing_rank(now).label("standing")
    rows = db.session.execute(_written_by(actor, select(rank, func.count())).group_by(rank)).tuples()
    found: dict[int, int] = dict(rows.all())
    return {standing: found.get(number, 0) for number, standing in enumerate(ORDER)}


def events_of(vacancy: Vacancy) -> Sequence[VacancyEvent]:
    """Return the last 50 things that happened to `vacancy`, newest first, with who did them."""
    return db.session.scalars(_events(vacancy).limit(50)).all()


def last_change(vacancy: Vacancy) -> VacancyEvent | None:
    """Return the newest thing that changed `vacancy`, with who did it: a comment changes nothing."""
    return db.session.scalars(_events(vacancy).where(VacancyEvent.reason != COMMENTED).limit(1)).one_or_none()


def comments_of(vacancy: Vacancy) -> Sequence[VacancyComment]:
    """Return what its team and HR wrote to each other last about `vacancy`, oldest first, with who wrote it."""
    statement = (
        select(VacancyComment)
        .where(VacancyComment.vacancy_id == vacancy.id)
        .options(joinedload(VacancyComment.author))
        .order_by(VacancyComment.at.desc(), VacancyComment.id.desc())
        .limit(limits.COMMENTS)
    )
    return db.session.scalars(statement).all()[::-1]


def number_of_comments(vacancy: Vacancy) -> int:
    """Return how many comments there are on `vacancy`."""
    statement = select(func.count()).select_from(VacancyComment).where(VacancyComment.vacancy_id == vacancy.id)
    return db.session.scalar(statement) or 0


def teams_of(actor: Actor) -> Sequence[Team]:
    """Return the teams that `actor` writes for, by name."""
    return db.session.scalars(select(Team).where(Team.id.in_(actor.team_ids)).order_by(Team.name, Team.id)).all()


def is_pay_table_used(table: PayTable) -> bool:
    """Say whether a vacancy stands on `table`."""
    return bool(db.session.scalar(select(exists().where(Vacancy.pay_table_id == table.id))))


def vacancies_on(table: PayTable) -> Sequence[Vacancy]:
    """Return the vacancies that stand on `table`, the newest first, with their teams: at most `VACANCIES_ON_TABLE`."""
    statement = (
        select(Vacancy)
        .where(Vacancy.pay_table_id == table.id)
        .options(joinedload(Vacancy.team))
        .order_by(Vacancy.id.desc())
        .limit(limits.VACANCIES_ON_TABLE)
    )
    return db.session.scalars(statement).all()


def vacancies_by_pay_table() -> dict[int, int]:
    """Return how many vacancies stand on each pay table that is used, by its id."""
    statement = select(Vacancy.pay_table_id, func.count()).where(Vacancy.pay_table_id.is_not(None))
    rows = db.session.execute(statement.group_by(Vacancy.pay_table_id)).all()
    return {int(key): number for key, number in rows if key is not None}


def teams_with_recruiters() -> Sequence[tuple[Team, int]]:
    """Return every team with how many people write for it, by name."""
    statement = (
        select(Team, func.count(TeamMember.user_id))
        .outerjoin(TeamMember, TeamMember.team_id == Team.id)
        .group_by(Team.id)
        .order_by(Team.name, Team.id)
    )
    return db.session.execute(statement).tuples().all()


def _events(vacancy: Vacancy) -> Select[tuple[VacancyEvent]]:
    return (
        select(VacancyEvent)
        .where(VacancyEvent.vacancy_id == vacancy.id)
        .options(joinedload(VacancyEvent.actor))
        .order_by(VacancyEvent.at.desc(), VacancyEvent.id.desc())
    )


def _written_by(actor: Actor, statement: Select[Any]) -> Select[Any]:
    """Only the vacancies of the actor's teams, without drafts that were deleted."""
    is_there = or_(Vacancy.status != VacancyStatus.CANCELLED, Vacancy.published_at.is_not(None))
    return statement.where(Vacancy.team_id.in_(actor.team_ids), is_there)
