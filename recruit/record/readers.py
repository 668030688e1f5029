"""Who was shown what of applications, and when: for whoever has to answer for it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.openings import Opening
from recruit.core.calendar import london_day, london_moment
from recruit.core.db import db, table_of
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.openings import Part

_OPENING, _USER, _APPLICATION = (table_of(model).c for model in (Opening, User, Application))


class Opened(NamedTuple):
    """One opening: what, when, by whom, of which application."""

    id: int
    at: datetime
    part: Part
    who: str
    reference: str


class Readings(NamedTuple):
    """What one person opened: how often, how many applications, first and last; of one of them, its reference too."""

    user_id: int
    who: str
    reference: str
    times: int
    applications: int
    first: datetime
    last: datetime


class DayOfReader(NamedTuple):
    """What one person opened of one application on one day."""

    who: str
    times: int
    parts: Sequence[Part]
    first: datetime
    last: datetime


def openings_of(application_id: int, *, before: int = limits.LARGEST_ID) -> tuple[Sequence[Opened], bool]:
    """Return a page of what was opened of one application, the newest first, and whether there are more.

    Args:
        before: only those with a smaller id: the last one of the page before.
    """
    return _page(_LISTED.where(_OPENING.application_id == application_id), before)


def openings_by(
    actor: Actor, user_id: int, day: date, *, before: int = limits.LARGEST_ID
) -> tuple[Sequence[Opened], bool]:
    """Return a page of what one person opened on a day in London, as `openings_of`.

    The actor's own applications are left out: it would tell them who looks into those.
    """
    of_day = (_OPENING.actor_id == user_id, *_within(day), _APPLICATION.candidate_id != actor.user_id)
    return _page(_LISTED.where(*of_day), before)


def readers_on(actor: Actor, day: date) -> Sequence[Readings]:
    """Return who opened applications on a day in London, whoever opened most first.

    The actor's own applications are not counted either, as in `openings_by`.
    """
    rows = db.session.execute(
        select(
            _USER.id,
            _USER.name,
            func.count(_OPENING.id),
            func.count(_OPENING.application_id.distinct()),
            func.min(_OPENING.at),
            func.max(_OPENING.at),
        )
        .select_from(
            _EVER.join(table_of(Opening), _OPENING.actor_id == _EVER.c.id)
            .join(User, _USER.id == _EVER.c.id)
            .join(Application, _APPLICATION.id == _OPENING.application_id)
        )
        .where(*_within(day), _APPLICATION.candidate_id != actor.user_id)
        .group_by(_USER.id, _USER.name)
        .order_by(func.count(_OPENING.id).desc(), _USER.name, _USER.id)
    )
    return [Readings(key, who, "", times, number, first, last) for key, who, times, number, first, last in rows]


def days_of_readers(application_id: int) -> Sequence[DayOfReader]:
    """Return who opened an application on which day in London, oldest first."""
    rows = db.session.execute(
        select(_OPENING.actor_id, _USER.name, _OPENING.part, _OPENING.at)
        .join(User, User.id == Opening.actor_id)
        .where(_OPENING.application_id == application_id)
        .order_by(_OPENING.id)
    )
    found: dict[tuple[int, date], DayOfReader] = {}
    for key, who, part, at in rows:
        day = (key, london_day(at))
        so_far = found.get(day) or DayOfReader(who, 0, (), at, at)
        parts = so_far.parts if part in so_far.parts else (*so_far.parts, part)
        found[day] = DayOfReader(who, so_far.times + 1, parts, so_far.first, at)
    return list(found.values())


def readers_of(application_ids: Collection[int]) -> Sequence[Readings]:
    """Return who opened which of some applications, by reference."""
    rows = db.session.execute(
        select(
            _USER.id,
            _USER.name,
            _APPLICATION.reference,
            func.count(_OPENING.id),
            func.min(_OPENING.at),
            func.max(_OPENING.at),
        )
        .select_from(_JOINED)
        .where(_OPENING.application_id.in_(application_ids))
        .group_by(_USER.id, _USER.name, _APPLICATION.reference)
        .order_by(_APPLICATION.reference, func.min(_OPENING.at), _USER.id)
    )
    return [Readings(key, who, reference, times, 1, first, last) for key, who, reference, times, first, last in rows]


_JOINED = (
    table_of(Opening)
    .join(User, User.id == Opening.actor_id)
    .join(Application, Application.id == Opening.application_id)
)
_LISTED = select(_OPENING.id, _OPENING.at, _OPENING.part, _USER.name.label("who"), _APPLICATION.reference).select_from(
    _JOINED
)


_FIRST = select(func.min(_OPENING.actor_id).label("id")).cte("ever", recursive=True)
_EVER = _FIRST.union_all(
    select(select(func.min(_OPENING.actor_id)).where(_OPENING.actor_id > _FIRST.c.id).scalar_subquery()).where(
        _FIRST.c.id.is_not(None)
    )
)
"""Everybody who ever opened one, found by a step along the index for each: of all rows, a database would read all."""


def _page(statement: Select[Any], before: int) -> tuple[Sequence[Opened], bool]:
    size = limits.OPENINGS_A_PAGE
    rows = db.session.execute(statement.where(_OPENING.id < before).order_by(_OPENING.id.desc()).limit(size + 1))
    found = [Opened(*row) for row in rows]
    return found[:size], len(found) > size


def _within(day: date) -> tuple[Any, Any]:
    start, end = (london_moment(one, time()) for one in (day, day + timedelta(days=1)))
    return _OPENING.at >= start, _OPENING.at < end
