"""HR's queue.  The actor is in the WHERE clause: no draft and no own application is ever in it.

It stays quick at any size: each status is walked along one index from where the reader stands, only as far as a page
goes, and the counts are kept ones.  Nothing here counts or sorts all rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_

from recruit.applications.models import Application
from recruit.core.calendar import closing_moment, london_day, working_days_after
from recruit.core.db import db, is_postgresql
from recruit.core.found import Query, found
from recruit.review.filters import Filters, Place
from recruit.review.walks import Walk, ids_of, references_of, rows_of
from recruit.rules import limits
from recruit.rules.access import NOBODY, Actor
from recruit.rules.lifecycle import ApplicationStatus


class QueuedApplication(NamedTuple):
    """One row of the queue.  (A tuple: quick to make, and a key for what is shown of it.)"""

    id: int
    reference: str
    status: ApplicationStatus
    submitted_at: datetime
    due_at: datetime
    candidate: str
    vacancy: str
    vacancy_reference: str
    team: str
    assignee_id: int | None
    assignee: str | None
    is_read: bool
    message_waits: bool
    stage: str | None  # of its interviews, on the shortlist and told so: a value of `InterviewStage`
    is_untold: bool  # a decision, whose message waits to be released

    @property
    def place(self) -> Place:
        return Place(self.due_at, self.id)


_QUEUED: Callable[[Any], QueuedApplication] = partial(tuple.__new__, QueuedApplication)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the queue, and where the pages before and after begin, if there are any."""

    rows: Sequence[QueuedApplication]
    previous: Place | None
    next: Place | None


def queue_page(actor: Actor, filters: Filters, *, now: datetime, **place: Any) -> Page:
    """Return the applications that wait, the next to be late first; `place` is as for `page_query`."""
    return found(page_query(actor, filters, now=now, **place))


def page_query(
    actor: Actor,
    filters: Filters,
    *,
    now: datetime,
    after: Place | None = None,
    before: Place | None = None,
    size: int = limits.PAGE_OF_APPLICATIONS,
) -> Query[Page]:
    """Return the query for the applications that wait, the next to be late first.

    Args:
        after: the place that the page comes after; the first page when neither is given.
        before: the place that the page ends just before.
        size: rows of a page.
    """
    place, is_back = (after, False) if after or not before else (before, True)
    walk, values = _ask(actor, filters, place, is_back, now, size + 1)
    return Query(rows_of(walk), values, partial(_page, size, is_back=is_back, is_first=place is None))


def _page(size: int, rows: Sequence[Any], *, is_back: bool, is_first: bool) -> Page:
    queued = [*map(_QUEUED, rows)]
    more = len(queued) > size
    if is_back:
        shown = queued[1:] if more else queued
        has_previous, has_next = more, bool(shown)
    else:
        shown = queued[:size]
        has_previous, has_next = bool(not is_first and shown), more
    return Page(shown, shown[0].place if has_previous else None, shown[-1].place if has_next else None)


def queue_ids(actor: Actor, filters: Filters, *, now: datetime, most: int) -> Sequence[int]:
    """Return the ids of the first `most` applications of the list, in its order."""
    walk, values = _ask(actor, filters, None, False, now, most)
    return db.session.scalars(ids_of(walk), values).all()


def next_in_queue(actor: Actor, filters: Filters, after: Place, *, now: datetime) -> str | None:
    """Return the reference of the application that follows `after` in the list, or None at its end."""
    walk, values = _ask(actor, filters, after, False, now, 1)
    reference: str | None = db.session.scalar(references_of(walk), values)
    return reference


def references_in_queue(actor: Actor, filters: Filters, *, now: datetime, most: int) -> Sequence[str]:
    """Return the references of the first `most` applications of the list, in no order."""
    walk, values = _ask(actor, filters, None, False, now, most)
    return db.session.scalars(references_of(walk), values).all()


def reviewable_by(reader: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition of an application that exists for whoever's id is bound as `reader`."""
    return and_(Application.submitted_at.is_not(None), Application.candidate_id != reader)


def _ask(
    actor: Actor, filters: Filters, place: Place | None, is_back: bool, now: datetime, most: int
) -> tuple[Walk, dict[str, object]]:
    """Return the way to ask for a part of the queue, and the values to bind."""
    person = NOBODY if filters.is_unassigned else filters.assigned_to
    after, before = None if is_back else place, _before(filters, place if is_back else None, now)
    walk = Walk(
        statuses=filters.statuses,
        vacancy=filters.vacancy_id is not None,
        team=filters.team_id is not None,
        person=person is not None,
        unassigned=filters.is_unassigned,
        unread=filters.unread,
        label=filters.label_id is not None,
        mine=filters.is_mine,
        interview=filters.interview,
        after=after is not None,
        before=before is not None,
        is_back=is_back,
        most=most,
        laterally=is_postgresql(),
    )
    values: dict[str, object] = {
        "reader": actor.user_id, "vacancy_id": filters.vacancy_id, "team_id": filters.team_id, "person": person,
        "label_id": filters.label_id, "now": now,
    }  # fmt: skip
    for name, at in (("after", after), ("before", before)):
        if at is not None:
            values |= {f"{name}_at": at.due_at, f"{name}_id": at.id}
    return walk, values


def _before(filters: Filters, place: Place | None, now: datetime) -> Place | None:
    """Return the place that all that is wanted comes before: the earlier of `place` and of what is due too late."""
    too_late = None if filters.due_within is None else Place(_last_due(filters.due_within, now) + _INSTANT, 0)
    places = [at for at in (place, too_late) if at is not None]
    return min(places, key=lambda at: (at.due_at, at.id)) if places else None


def _last_due(working_days: int, now: datetime) -> datetime:
    """Return the last moment until which promises hold that are broken within so many working days."""
    return closing_moment(working_days_after(london_day(now), working_days)) if working_days else now


_INSTANT = timedelta(microseconds=1)
