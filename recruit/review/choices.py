"""What stands around the queue: what it can be filtered by, how many stand where, and what waits for approval."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property, lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import (
    ScalarSelect,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from recruit.accounts.models import RoleGrant, User
from recruit.applications.counts import StageCount
from recruit.applications.labels import Label
from recruit.applications.models import Application
from recruit.applications.stages import ALL, of_team, of_vacancy
from recruit.core.db import BigInt, UTCDateTime, db, rows_at_once, table_of
from recruit.core.errors import NotFound
from recruit.core.found import Query, found
from recruit.core.joined import Linked, Listed
from recruit.notifications.models import OutboxMessage
from recruit.review.models import SavedView
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import ApplicationStatus, RevisionStatus, VacancyStatus
from recruit.vacancies.models import Team, Vacancy
from recruit.vacancies.writing_models import VacancyRevision


class Choice(NamedTuple):
    """One thing to filter by: its id, what an address calls it, and its name."""

    id: int
    key: str
    name: str


class Untold(NamedTuple):
    """Decisions that candidates do not know of: how many, and since when the first waits."""

    number: int
    since: datetime | None


@dataclass(frozen=True, eq=False)
class Choices:
    """All that the queue can be filtered by, and what waits beside it.

    Args:
        teams: by slug, in the order of their names.
        people: everybody in HR, by id, in the order of their names.
        vacancy: the one that was asked for, if it exists.
        to_approve: how many vacancies and changes of published ones wait for approval.
        untold: how many decisions wait to be released, and since when the first of them; not the reader's own.
        undelivered: how many messages to candidates did not arrive and wait for HR, at most `UNDELIVERED_COUNTED`.
        counts: how many applications stand where, of the vacancy or else the team that was asked for, or of all.
        labels: those that can be put on, by id, in the order of their names.
        views: what the reader keeps: `key` is what its address asks for.
        first_view: what the queue opens with for them, as an address asks for it.
    """

    teams: Mapping[str, Choice]
    people: Mapping[int, Choice]
    vacancy: Choice | None
    to_approve: int
    untold: Untold
    undelivered: int = 0
    counts: Mapping[ApplicationStatus, int] = field(default_factory=dict)
    labels: Mapping[int, Choice] = field(default_factory=dict)
    views: Sequence[Choice] = ()
    first_view: str | None = None

    @cached_property
    def made_of(self) -> tuple[Choice | tuple[Choice, ...] | None, ...]:
        """What the queue can be filtered by as one key: two that are equal offer the same."""
        return (
            tuple(self.teams.values()),
            tuple(self.people.values()),
            self.vacancy,
            tuple(self.views),
            tuple(self.labels.values()),
        )


def choices_for(actor: Actor, vacancy_reference: str | None, team_slug: str = "") -> Choices:
    """Return what stands around the queue; what is given is as for `choices_query`."""
    return found(choices_query(actor, vacancy_reference, team_slug))


def choices_query(actor: Actor, vacancy_reference: str | None, team_slug: str = "") -> Query[Choices]:
    """Return the query for what stands around the queue.

    Args:
        actor: an HR person.
        vacancy_reference: the vacancy that an address asks for, as we write references; None for none.
        team_slug: the team that it asks for; not looked at where there is such a vacancy, which has one team.
    """
    asked = {"reference": vacancy_reference, "team": team_slug, "reader": actor.user_id}
    return Query(_choices(bool(vacancy_reference), bool(team_slug)), asked, _made_of)


def _made_of(rows: Sequence[Any]) -> Choices:
    return _made(tuple(rows))


@lru_cache(maxsize=64)
def _made(rows: tuple[Any, ...]) -> Choices:
    """Return the choices that rows give, to be read and not to be changed: the same ones for the same rows."""
    listed: dict[str, list[Choice]] = {name: [] for name in _KINDS}
    for row in rows:
        listed[row[0]].append(_CHOICE(row[1:4]))
    since = next((row.at for row in rows if row.at is not None), None)
    return Choices(
        teams={team.key: team for team in listed["team"]},
        people={person.id: person for person in listed["person"]},
        vacancy=listed["vacancy"][0] if listed["vacancy"] else None,
        to_approve=listed["approval"][0].id,
        untold=Untold(listed["untold"][0].id, since),
        undelivered=listed["undelivered"][0].id,
        counts={ApplicationStatus(count.key): count.id for count in listed["count"]},
        labels={label.id: label for label in listed["label"]},
        views=[*listed["view"], *listed["first"]],
        first_view=listed["first"][0].key if listed["first"] else None,
    )


_TEAM, _USER, _GRANT, _VACANCY = table_of(Team).c, table_of(User).c, table_of(RoleGrant).c, table_of(Vacancy).c
_APPLICATION = table_of(Application).c
_VIEW, _LABEL, _COUNT = table_of(SavedView).c, table_of(Label).c, table_of(StageCount).c
_MESSAGE = table_of(OutboxMessage).c
_CHOICE: Callable[[Iterable[Any]], Choice] = partial(tuple.__new__, Choice)
_KINDS = ("team", "person", "vacancy", "approval", "untold", "undelivered", "view", "first", "label", "count")


@cache
def _choices(has_vacancy: bool, has_team: bool) -> Select[tuple[str, int, str, str, datetime | None]]:
    """Return the statement for what stands around the queue; of all vacancies, it looks for none.

    Args:
        has_vacancy: an address asks for a vacancy, bound as `reference`.
        has_team: it asks for a team, bound as `team`.
    """
    never = cast(null(), UTCDateTime())
    of_teams = select(
        literal("team").label("kind"), _TEAM.id, _TEAM.slug.label("key"), _TEAM.name.label("name"), never.label("at")
    )
    of_people = (
        select(literal("person"), _USER.id, literal(""), _USER.name, never)
        .join_from(table_of(User), table_of(RoleGrant), _GRANT.user_id == _USER.id)
        .where(_GRANT.role == Role.HR, _USER.disabled_at.is_(None))
    )
    of_the_vacancy = select(literal("vacancy"), _VACANCY.id, _VACANCY.reference, _VACANCY.title, never).where(
        _VACANCY.reference == bindparam("reference"), _VACANCY.published_at.is_not(None)
    )
    changes = (
        select(func.count())
        .select_from(table_of(VacancyRevision))
        .where(table_of(VacancyRevision).c.status == RevisionStatus.AWAITING_APPROVAL)
        .scalar_subquery()
    )
    of_approval = select(literal("approval"), func.count() + changes, literal(""), literal(""), never).where(
        _VACANCY.status == VacancyStatus.AWAITING_APPROVAL
    )
    since = func.min(_APPLICATION.untold_since, type_=UTCDateTime())
    of_untold = select(literal("untold"), func.count(), literal(""), literal(""), since).where(
        _APPLICATION.untold_since.is_not(None), _APPLICATION.candidate_id != bindparam("reader")
    )
    undelivered = (
        select(_MESSAGE.id)
        .join_from(table_of(OutboxMessage), table_of(Application), _APPLICATION.reference == _MESSAGE.about)
        .where(_MESSAGE.unsettled_since.is_not(None), _APPLICATION.candidate_id != bindparam("reader"))
        .limit(limits.UNDELIVERED_COUNTED)
        .subquery()
    )
    of_undelivered = select(literal("undelivered"), func.count(), literal(""), literal(""), never).select_from(
        undelivered
    )
    of_views = select(
        case((_VIEW.is_default, literal("first")), else_=literal("view")), _VIEW.id, _VIEW.query, _VIEW.name, never
    ).where(_VIEW.user_id == bindparam("reader", type_=BigInt))
    of_labels = select(literal("label"), _LABEL.id, literal(""), _LABEL.name, never).where(_LABEL.retired_at.is_(None))
    scopes = [*([_scope_of_vacancy()] if has_vacancy else []), *([_scope_of_team()] if has_team else [])]
    of_counts = select(literal("count"), _COUNT.number, cast(_COUNT.status, String), literal(""), never).where(
        _COUNT.scope == (func.coalesce(*scopes, ALL) if scopes else ALL)
    )
    parts = (
        of_teams,
        of_people,
        *([of_the_vacancy] if has_vacancy else []),
        of_approval,
        of_untold,
        of_undelivered,
        of_views,
        of_labels,
        of_counts,
    )
    together = union_all(*parts).subquery()
    return select(together).order_by(together.c.name, together.c.id)


def _scope_of_vacancy() -> ScalarSelect[str]:
    published = (_VACANCY.reference == bindparam("reference"), _VACANCY.published_at.is_not(None))
    return select(of_vacancy("") + cast(_VACANCY.id, String)).where(*published).scalar_subquery()


def _scope_of_team() -> ScalarSelect[str]:
    return select(of_team("") + cast(_TEAM.id, String)).where(_TEAM.slug == bindparam("team")).scalar_subquery()


class Offered(NamedTuple):
    """What can be chosen for one application: who takes it on, and what labels are put on it; each by name."""

    people: tuple[Choice, ...]
    labels: tuple[Choice, ...]

    def without(self, labels: Iterable[Label]) -> "Offered":
        """Return the same but for `labels`, which are on already."""
        on = {label.id for label in labels}
        if not on:
            return self
        return self._replace(labels=tuple(label for label in self.labels if label.id not in on))


def offered(people: Iterable[Any], labels: Iterable[Any]) -> Offered:
    """Return what can be chosen for an application, by what `PEOPLE` and `LABELS` found."""
    return _offered(tuple(people), tuple(labels))


@lru_cache(maxsize=64)  # it is the same for most applications
def _offered(people: tuple[Any, ...], labels: tuple[Any, ...]) -> Offered:
    return Offered(_by_name(people), _by_name(labels))


def _by_name(found: Iterable[Any]) -> tuple[Choice, ...]:
    return tuple(sorted((Choice(row.id, "", row.name) for row in found), key=lambda one: (one.name.casefold(), one.id)))


def hr_people() -> Sequence[Choice]:
    """Return everybody who can take an application on, by name."""
    return [Choice(key, "", name) for key, name in rows_at_once(_PEOPLE)]


_NAMED = Linked(table_of(User), _USER.id, _USER.name)
_IN_HR = _NAMED.statement.join(table_of(RoleGrant), _GRANT.user_id == _USER.id).where(
    _GRANT.role == Role.HR, _USER.disabled_at.is_(None)
)
_PEOPLE = _IN_HR.order_by(_USER.name, _USER.id)
PEOPLE = Listed(_NAMED, _IN_HR)
"""Everybody who can take an application on."""
_LABELLED = Linked(table_of(Label), _LABEL.id, _LABEL.name)
LABELS = Listed(_LABELLED, _LABELLED.statement.where(_LABEL.retired_at.is_(None)))
"""The labels that can be put on applications."""


def is_for_review(reference: str) -> bool:
    """Say whether there is a vacancy of that reference that was ever published."""
    found = select(Vacancy.id).where(Vacancy.reference == reference, Vacancy.published_at.is_not(None))
    return db.session.scalar(found) is not None


def vacancy_for_review(reference: str) -> Vacancy:
    """Return a vacancy that was ever published, with its team and criteria, in one statement.

    Raises:
        NotFound: there is none of that reference.
    """
    statement = (
        select(Vacancy)
        .where(Vacancy.reference == reference, Vacancy.published_at.is_not(None))
        .options(joinedload(Vacancy.team), joinedload(Vacancy.grade), joinedload(Vacancy.criteria))
    )
    vacancy = db.session.scalars(statement).unique().one_or_none()
    if vacancy is None:
        raise NotFound("There is no published vacancy with that reference.")
    return vacancy
