"""HR's queue.  The actor is in the WHERE clause: no draft and no own application is ever in it.

It stays quick at any size: each status is walked along one index from where the reader stands, only as far as a page
goes, and the counts are kept ones.  Nothing here counts or sorts all rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, literal, select, tuple_, union_all
from sqlalchemy.orm import aliased

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import BigInt, UTCDateTime, db
from recruit.review.filters import Filters, Place
from recruit.review.models import ApplicationRead
from recruit.rules import limits
from recruit.rules.access import Actor
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
    conditions = [reviewable_by(actor), *_narrowing(actor, filters, now)]
    if place is not None:
        here = tuple_(literal(place.submitted_at, UTCDateTime()), literal(place.id, BigInt))
        there = tuple_(Application.submitted_at, Application.id)
        conditions.append(there < here if is_back else there > here)

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


def _narrowing(actor: Actor, filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.vacancy_id is not None:
        conditions.append(Application.vacancy_id == filters.vacancy_id)
    elif filters.team_id is not None:
        conditions.append(Application.team_id == filters.team_id)
    if filters.is_unassigned:
        conditions.append(Application.assigned_to_id.is_(None))
    elif filters.assigned_to is not None:
        conditions.append(Application.assigned_to_id == filters.assigned_to)
    if filters.older_than is not None:
        conditions.append(Application.submitted_at < now - timedelta(days=filters.older_than))
    if filters.unread:
        read = exists().where(
            ApplicationRead.application_id == Application.id, ApplicationRead.user_id == actor.user_id
        )
        conditions.append(~read)
    return conditions


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
