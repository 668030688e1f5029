"""The queue's statements.  One walk along an index for each status that is wanted, only as far as a page goes.

A statement is made once for each way to ask (`Walk`); what is asked for is bound when it is sent.
"""

from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Tuple,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    null,
    select,
    true,
    tuple_,
    union,
    union_all,
)

from recruit.accounts.models import User
from recruit.applications.labels import ApplicationLabel
from recruit.applications.models import Application
from recruit.core.db import BigInt, UTCDateTime
from recruit.review.models import ApplicationRead
from recruit.review.stage_conditions import STAGE_CONDITIONS, stage_of_row
from recruit.rules.access import NOBODY
from recruit.rules.interview_stages import InterviewStage
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Team, Vacancy

APPLICATION, CANDIDATE, VACANCY, TEAM = Application.__table__, User.__table__, Vacancy.__table__, Team.__table__
READ, ASSIGNEE = ApplicationRead.__table__, User.__table__.alias("assignee")
APPLICATIONS, LABELLED = APPLICATION.c, ApplicationLabel.__table__.c
SHOWN = (
    APPLICATIONS.id,
    APPLICATIONS.due_at,
    APPLICATIONS.reference,
    APPLICATIONS.status,
    APPLICATIONS.submitted_at,
    APPLICATIONS.candidate_id,
    APPLICATIONS.vacancy_id,
    APPLICATIONS.team_id,
    APPLICATIONS.assigned_to_id,
    APPLICATIONS.message_waits,
    APPLICATIONS.untold_since,
)
"""What a row of the queue takes of the application itself; the walk reads it all where it finds the row."""


class Walk(NamedTuple):
    """One way to ask for a part of the queue; each of its yeses is a value that is bound under that name.

    Args:
        statuses: at one of these.
        vacancy: of one vacancy, bound as `vacancy_id`.
        team: of one team, bound as `team_id`.
        person: of one person, bound as `person`.
        unassigned: what nobody has taken on; `person` is `NOBODY`.
        unread: not read by the reader.
        label: with a label on it, bound as `label_id`.
        mine: of the vacancies of the reader.
        interview: with their interviews so far.
        after: from a place on, bound as `after_at` and `after_id`.
        before: up to a place, bound as `before_at` and `before_id`.
        is_back: the last before a place, the nearest first.
        most: rows.
        laterally: each of the reader's vacancies is walked by itself, only as far as a page goes.  PostgreSQL alone
            can be told so; where it is not, it may read all applications for the few of some vacancies.
    """

    statuses: tuple[ApplicationStatus, ...]
    vacancy: bool
    team: bool
    person: bool
    unassigned: bool
    unread: bool
    label: bool
    mine: bool
    interview: InterviewStage | None
    after: bool
    before: bool
    is_back: bool
    most: int
    laterally: bool = False


@lru_cache(maxsize=512)  # more than there are ways to ask that anybody uses
def rows_of(walk: Walk) -> Select[tuple[object, ...]]:
    """Return the statement for the rows of a page.  Bind `reader`, `now` and what `walk` says."""
    found = _found(walk)
    has_stages = ApplicationStatus.SHORTLISTED in walk.statuses
    return rows_about(found, has_stages=has_stages).order_by(found.c.due_at, found.c.id)


def rows_about(found: Subquery, *, has_stages: bool = True) -> Select[tuple[object, ...]]:
    """Return the statement for the rows of the applications in `found`, which has `SHOWN`.  Bind `reader` and `now`.

    Args:
        has_stages: whether some may be on the shortlist, so that each says how far its interviews are.
    """
    return (
        select(
            found.c.id,
            found.c.reference,
            found.c.status,
            found.c.submitted_at,
            found.c.due_at,
            CANDIDATE.c.name,
            VACANCY.c.title,
            VACANCY.c.reference,
            TEAM.c.name,
            found.c.assigned_to_id,
            ASSIGNEE.c.name,
            READ.c.application_id.is_not(None),
            found.c.message_waits,
            (stage_of_row(found) if has_stages else null()).label("stage"),
            found.c.untold_since.is_not(None),
        )
        .select_from(found)
        .join(CANDIDATE, CANDIDATE.c.id == found.c.candidate_id)
        .join(VACANCY, VACANCY.c.id == found.c.vacancy_id)
        .join(TEAM, TEAM.c.id == found.c.team_id)
        .outerjoin(ASSIGNEE, ASSIGNEE.c.id == found.c.assigned_to_id)
        .outerjoin(READ, and_(READ.c.application_id == found.c.id, READ.c.user_id == bindparam("reader")))
    )


@lru_cache(maxsize=512)
def ids_of(walk: Walk) -> Select[tuple[int]]:
    """Return the statement for the ids of a page, in its order.  Bind as for `rows_of`."""
    found = _found(walk)
    return select(found.c.id).order_by(found.c.due_at, found.c.id)


@lru_cache(maxsize=512)
def references_of(walk: Walk) -> Select[tuple[str]]:
    """Return the statement for the references of a page.  Bind as for `rows_of`."""
    return select(_found(walk).c.reference)


def _found(walk: Walk) -> Subquery:
    """Return the applications of a page as a subquery."""
    own = _OWN_VACANCIES.subquery("own") if walk.laterally and walk.mine and not (walk.vacancy or walk.label) else None
    narrowing = _narrowing(walk) if own is None else [APPLICATIONS.vacancy_id == own.c.id, *_beside(walk)]
    conditions = [APPLICATIONS.candidate_id != bindparam("reader"), *narrowing, *_bounds(walk)]
    if walk.unread:
        conditions.append(
            ~exists().where(READ.c.application_id == APPLICATIONS.id, READ.c.user_id == bindparam("reader"))
        )

    if walk.interview is not None:
        conditions += STAGE_CONDITIONS[walk.interview]

    is_by_ids = own is None and _is_narrowed_by_ids(walk)

    def in_order(statement: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        at, key = statement.selected_columns.due_at, statement.selected_columns.id
        if is_by_ids:  # few rows, to be sorted: wrapped, or PostgreSQL walks a whole status to spare itself that
            at = func.coalesce(at, at)
        order = (at.desc(), key.desc()) if walk.is_back else (at, key)
        return statement.order_by(*order).limit(walk.most)

    def walked(status: ApplicationStatus) -> Subquery:
        found = in_order(select(*SHOWN).where(APPLICATIONS.status == status, *conditions))
        if own is None:
            return found.subquery()
        each = found.lateral()
        return in_order(select(each).select_from(own.join(each, true()))).subquery()

    walks = [walked(status) for status in walk.statuses]
    if len(walks) == 1:
        return walks[0]
    return in_order(select(union_all(*map(select, walks)).subquery())).subquery()


def _narrowing(walk: Walk) -> list[ColumnElement[bool]]:
    """Return the conditions of the filters, written so that one index fits them: the narrowest.

    SQLite keeps no figures about its rows and cannot tell a vacancy's dozens from a status's thousands, so what is not
    to choose the index is wrapped, and the index of a whole status is only for a query that says it is after no draft.
    """
    if _is_narrowed_by_ids(walk):
        return _narrowing_by_ids(walk)
    mine = [APPLICATIONS.vacancy_id.in_(_OWN_VACANCIES)] if walk.mine else []
    anybodys = [_HAS_IT == _PERSON] if walk.person else []
    if walk.vacancy:
        return [APPLICATIONS.vacancy_id == bindparam("vacancy_id"), *anybodys, *mine]
    if walk.person and not walk.unassigned:
        return [APPLICATIONS.assigned_to_id == _PERSON, *([_TEAMS == _TEAM_ID] if walk.team else [])]
    if walk.team:
        return [APPLICATIONS.team_id == _TEAM_ID, *anybodys]
    if walk.unassigned:
        return [APPLICATIONS.assigned_to_id.is_(None)]
    return [APPLICATIONS.status != literal_column(f"'{ApplicationStatus.DRAFT.value}'")]


def _is_narrowed_by_ids(walk: Walk) -> bool:
    return walk.label or (walk.mine and not walk.vacancy)


def _narrowing_by_ids(walk: Walk) -> list[ColumnElement[bool]]:
    """Return the conditions where a label, or else the vacancies of the reader, are the narrowest."""
    wanted: list[ColumnElement[bool]] = []
    if walk.label:
        wanted.append(APPLICATIONS.id.in_(_LABELLED))
        if walk.mine:
            wanted.append(_OF_VACANCY.in_(_OWN_VACANCIES))
    else:
        wanted.append(APPLICATIONS.vacancy_id.in_(_OWN_VACANCIES))
    if walk.vacancy:
        wanted.append(bindparam("vacancy_id", type_=BigInt) == _OF_VACANCY)
    return [*wanted, *_beside(walk)]


def _beside(walk: Walk) -> list[ColumnElement[bool]]:
    """Return the conditions of a team and a person where neither is to choose the index."""
    of_team = [_TEAMS == _TEAM_ID] if walk.team else []
    return [*of_team, _HAS_IT == _PERSON] if walk.person else of_team


_PERSON, _TEAM_ID = bindparam("person", type_=BigInt), bindparam("team_id", type_=BigInt)
_HAS_IT, _TEAMS = func.coalesce(APPLICATIONS.assigned_to_id, NOBODY), func.coalesce(APPLICATIONS.team_id, 0)
_OF_VACANCY = func.coalesce(APPLICATIONS.vacancy_id, 0)
_LABELLED = select(LABELLED.application_id).where(LABELLED.label_id == bindparam("label_id", type_=BigInt))
_READER = bindparam("reader", type_=BigInt)
_HAVING = APPLICATION.alias("having").c
_OWN_VACANCIES = union(
    select(VACANCY.c.id)
    .where(
        VACANCY.c.contact_email != "",
        func.lower(VACANCY.c.contact_email)
        == select(CANDIDATE.c.email_key).where(CANDIDATE.c.id == _READER).correlate(None).scalar_subquery(),
    )
    .correlate(None),
    select(_HAVING.vacancy_id).where(_HAVING.assigned_to_id == _READER),
)
"""The vacancies that name the reader as contact, and those of which they have an application."""


def _bounds(walk: Walk) -> list[ColumnElement[bool]]:
    there = tuple_(APPLICATIONS.due_at, APPLICATIONS.id)
    after = [there > _place("after")] if walk.after else []
    return [*after, there < _place("before")] if walk.before else after


def _place(name: str) -> Tuple:
    return tuple_(bindparam(f"{name}_at", type_=UTCDateTime()), bindparam(f"{name}_id", type_=BigInt))
