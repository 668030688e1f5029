"""HR's queue.  The actor is in the WHERE clause: no draft and no own application is ever in it.

It stays quick at any size: each status is walked along one index from where the reader stands, only as far as a page
goes, and the counts are kept ones.  Nothing here counts or sorts all rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Tuple,
    and_,
    exists,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import BigInt, UTCDateTime, db
from recruit.review.filters import Filters, Place
from recruit.review.models import ApplicationRead
from recruit.rules import limits
from recruit.rules.access import NOBODY, Actor
from recruit.rules.lifecycle import QUEUE, ApplicationStatus
from recruit.vacancies.models import Team, Vacancy


@dataclass(frozen=True, slots=True)
class QueuedApplication:
    """One row of the queue."""

    id: int
    reference: str
    status: ApplicationStatus
    submitted_at: datetime
    candidate: str
    vacancy: str
    vacancy_reference: str
    closes_at: datetime | None
    team: str
    assignee_id: int | None
    assignee: str | None
    is_read: bool

    @property
    def place(self) -> Place:
        return Place(self.submitted_at, self.id)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the queue, and where the pages before and after begin, if there are any."""

    rows: Sequence[QueuedApplication]
    previous: Place | None
    next: Place | None


def queue_page(
    actor: Actor,
    filters: Filters,
    *,
    now: datetime,
    after: Place | None = None,
    before: Place | None = None,
    size: int = limits.PAGE_OF_APPLICATIONS,
) -> Page:
    """Return the applications that wait, oldest first, in one statement.

    Args:
        after: the place that the page comes after; the first page when neither is given.
        before: the place that the page ends just before.
        size: rows of a page.
    """
    place, is_back = (after, False) if after or not before else (before, True)
    found = [
        QueuedApplication(*row)
        for row in db.session.execute(_rows(actor, _keys(actor, filters, place, is_back, size + 1, now)))
    ]
    more = len(found) > size
    if is_back:
        rows = found[1:] if more else found
        has_previous, has_next = more, bool(rows)
    else:
        rows = found[:size]
        has_previous, has_next = bool(place and rows), more
    return Page(rows, rows[0].place if has_previous else None, rows[-1].place if has_next else None)


def next_in_queue(actor: Actor, filters: Filters, after: Place, *, now: datetime) -> str | None:
    """Return the reference of the application that follows `after` in the list, or None at its end."""
    keys = _keys(actor, filters, after, False, 1, now)
    return db.session.scalar(select(Application.reference).join(keys, keys.c.id == Application.id))


def reviewable_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of an application that exists for `actor` as a reviewer."""
    return and_(Application.submitted_at.is_not(None), Application.candidate_id != actor.user_id)


def _keys(actor: Actor, filters: Filters, place: Place | None, is_back: bool, most: int, now: datetime) -> Subquery:
    """Return the ids of a page as a subquery: one walk along an index for each status that is wanted."""
    conditions = [
        Application.candidate_id != actor.user_id,
        *_narrowing(filters),
        *_bounds(filters, place, is_back, now),
    ]
    if filters.unread:
        conditions.append(
            ~exists().where(ApplicationRead.application_id == Application.id, ApplicationRead.user_id == actor.user_id)
        )

    def in_order(statement: Select[tuple[int, datetime | None]], at: ColumnElement, key: ColumnElement) -> Subquery:  # type: ignore[type-arg]
        order = (at.desc(), key.desc()) if is_back else (at, key)
        return statement.order_by(*order).limit(most).subquery()

    walks = [
        in_order(
            select(Application.id, Application.submitted_at).where(Application.status == status, *conditions),
            Application.submitted_at,  # type: ignore[arg-type]  # a column of a model is one
            Application.id,  # type: ignore[arg-type]
        )
        for status in ((filters.status,) if filters.status else QUEUE)
    ]
    if len(walks) == 1:
        return walks[0]
    together = union_all(*[select(walk.c.id, walk.c.submitted_at) for walk in walks]).subquery()
    return in_order(select(together.c.id, together.c.submitted_at), together.c.submitted_at, together.c.id)


def _narrowing(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of the filters, written so that one index fits them: the narrowest.

    SQLite keeps no figures about its rows and cannot tell a vacancy's dozens from a status's thousands, so what is not
    to choose the index is wrapped, and the index of a whole status is only for a query that says it is after no draft.
    """
    person = NOBODY if filters.is_unassigned else filters.assigned_to
    anybodys = [] if person is None else [func.coalesce(Application.assigned_to_id, NOBODY) == person]
    if filters.vacancy_id is not None:
        return [Application.vacancy_id == filters.vacancy_id, *anybodys]
    if person is not None and not filters.is_unassigned:
        teams = [] if filters.team_id is None else [func.coalesce(Application.team_id, 0) == filters.team_id]
        return [Application.assigned_to_id == person, *teams]
    if filters.team_id is not None:
        return [Application.team_id == filters.team_id, *anybodys]
    if filters.is_unassigned:
        return [Application.assigned_to_id.is_(None)]
    return [Application.status != literal_column(f"'{ApplicationStatus.DRAFT.value}'")]


def _bounds(filters: Filters, place: Place | None, is_back: bool, now: datetime) -> list[ColumnElement[bool]]:
    """Return between which places the page lies: as few bounds as say it."""
    too_young = None if filters.older_than is None else Place(now - timedelta(days=filters.older_than), 0)
    places = [at for at in (place if is_back else None, too_young) if at is not None]
    before = min(places, key=lambda at: (at.submitted_at, at.id)) if places else None
    there = tuple_(Application.submitted_at, Application.id)
    bounds = [] if place is None or is_back else [there > _sql(place)]
    return [*bounds, there < _sql(before)] if before else bounds


def _sql(place: Place) -> Tuple:
    return tuple_(literal(place.submitted_at, UTCDateTime()), literal(place.id, BigInt))


def _rows(actor: Actor, keys: Subquery) -> Select[tuple[object, ...]]:
    assignee = aliased(User)
    return (
        select(
            Application.id,
            Application.reference,
            Application.status,
            Application.submitted_at,
            User.name,
            Vacancy.title,
            Vacancy.reference,
            Vacancy.closes_at,
            Team.name,
            Application.assigned_to_id,
            assignee.name,
            ApplicationRead.application_id.is_not(None),
        )
        .select_from(keys)
        .join(Application, Application.id == keys.c.id)
        .join(User, User.id == Application.candidate_id)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .join(Team, Team.id == Application.team_id)
        .outerjoin(assignee, assignee.id == Application.assigned_to_id)
        .outerjoin(
            ApplicationRead,
            and_(ApplicationRead.application_id == Application.id, ApplicationRead.user_id == actor.user_id),
        )
        .order_by(keys.c.submitted_at, keys.c.id)
    )
