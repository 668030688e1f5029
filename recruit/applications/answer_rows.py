"""What a candidate has entered, as rows: sending an application reads all of it, and objects took half of that time."""

from collections.abc import Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from recruit.accounts.models import User
from recruit.applications.models import (
    Application,
    ContactDetails,
    Declaration,
    Evidence,
    HistoryEntry,
    Qualification,
    Referee,
    RegistrationAnswer,
    SectionState,
)
from recruit.applications.personal import EligibilityAnswer, RelationshipAnswer, SupportAnswer
from recruit.applications.situations import NUMBERED
from recruit.core.db import BigInt, rows_at_once, table_of
from recruit.core.errors import NotFound
from recruit.core.joined import Joined
from recruit.rules.access import Actor
from recruit.vacancies.models import Assessment, Criterion, Team, Vacancy
from recruit.vacancies.opening import Opening

NOT_YOURS = "There is no application with that reference in your account."


class _VacancyRow(Opening, SimpleNamespace):
    """A vacancy that is only read."""

    @cached_property
    def asked(self) -> Sequence[Any]:
        """The criteria that evidence is asked for in an application."""
        return rows_at_once(_ASKED, vacancy_id=self.id)


def application_of(found: Sequence[Any], parts: Joined | None = None) -> Application:
    """Return one row of `APPLICATIONS` as an application with its vacancy, team and candidate, to be read.

    Args:
        found: the row.
        parts: what is read of these four, where it is not all.
    """
    application, vacancy, team, candidate = (parts or _OF_AN_APPLICATION).split(found)
    whole = _VacancyRow(**vacancy._asdict(), team=team)
    return cast(Application, SimpleNamespace(**application._asdict(), vacancy=whole, candidate=candidate))


def application_to_read(actor: Actor, reference: str) -> Application:
    """Return the candidate's own application with its vacancy, team and candidate, to be read and not to be changed.

    Raises:
        NotFound: there is none of that reference, or it is somebody else's.
    """
    found = rows_at_once(_OWN, reference=reference, candidate_id=actor.user_id)
    if not found:
        raise NotFound(NOT_YOURS)
    return application_of(found[0])


_OF_AN_APPLICATION = Joined(table_of(Application), table_of(Vacancy), table_of(Team), table_of(User))
_APPLICATION, _VACANCY = table_of(Application), table_of(Vacancy)
APPLICATIONS = (
    select(*_OF_AN_APPLICATION.columns)
    .select_from(_APPLICATION)
    .join(_VACANCY, _VACANCY.c.id == _APPLICATION.c.vacancy_id)
    .join(table_of(Team), table_of(Team).c.id == _VACANCY.c.team_id)
    .join(table_of(User), table_of(User).c.id == _APPLICATION.c.candidate_id)
    .where(_APPLICATION.c.reference == bindparam("reference"))
)
"""The application of a reference; whoever reads it adds which are theirs to read."""

_OWN = APPLICATIONS.where(_APPLICATION.c.candidate_id == bindparam("candidate_id"))


def ones_of(application_id: int) -> list[Any]:
    """Return the answers of which there is one each, in the order of `ONES`; None for what was never saved."""
    found = rows_at_once(_ONES, application_id=application_id)
    return _OF_ONES.split(found[0]) if found else [None] * len(ONES)


def criteria_of(application_id: int, vacancy_id: int) -> Sequence[Any]:
    """Return the vacancy's criteria, each with the `evidence` that was written for it or None."""
    return rows_at_once(_CRITERIA, application_id=application_id, vacancy_id=vacancy_id)


def qualifications_of(application_id: int) -> Sequence[Any]:
    """Return the qualifications, the latest first."""
    return rows_at_once(_QUALIFICATIONS, application_id=application_id)


def history_of(application_id: int) -> Sequence[Any]:
    """Return the history, what began last first."""
    return rows_at_once(_HISTORY, application_id=application_id)


def referees_of(application_id: int) -> Sequence[Any]:
    """Return the referees, in the order they were added."""
    return rows_at_once(_REFEREES, application_id=application_id)


def states_of(application_id: int) -> Sequence[Any]:
    """Return what the candidate said of each section that was saved."""
    return rows_at_once(_STATES, application_id=application_id)


ONES = (ContactDetails, RegistrationAnswer, EligibilityAnswer, RelationshipAnswer, SupportAnswer, Declaration)
_ANSWER = table_of(RegistrationAnswer).c
HAS_NUMBER = or_(*[_ANSWER.state == state for state in sorted(NUMBERED)])
"""Whether a registration answer is one that its number belongs to; another number is left from before."""
_KEY = bindparam("application_id", type_=BigInt)
_OF_ONES = Joined(*map(table_of, ONES))
_ALL_ONES = _APPLICATION
for _one in map(table_of, ONES):
    _ALL_ONES = _ALL_ONES.outerjoin(_one, _one.c.application_id == _APPLICATION.c.id)  # type: ignore[assignment]
_ONES = select(*_OF_ONES.columns).select_from(_ALL_ONES).where(_APPLICATION.c.id == _KEY)
_CRITERION, _EVIDENCE = table_of(Criterion), table_of(Evidence)
_IS_ASKED = and_(_CRITERION.c.assessed_at == Assessment.APPLICATION, _CRITERION.c.retired_at.is_(None))
_OF_THE_VACANCY = _CRITERION.c.vacancy_id == bindparam("vacancy_id")
_IN_ORDER = (_CRITERION.c.position, _CRITERION.c.id)
_ASKED = select(*_CRITERION.c).where(_OF_THE_VACANCY, _IS_ASKED).order_by(*_IN_ORDER)
_CRITERIA = (
    select(*_CRITERION.c, _EVIDENCE.c.text.label("evidence"))
    .outerjoin_from(
        _CRITERION, _EVIDENCE, and_(_EVIDENCE.c.criterion_id == _CRITERION.c.id, _EVIDENCE.c.application_id == _KEY)
    )
    .where(_OF_THE_VACANCY, or_(_IS_ASKED, _EVIDENCE.c.text != ""))
    .order_by(*_IN_ORDER)
)


def _named(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a referee's column by the name that it has in the model."""
    return column.label("relationship_") if column.key == "relationship" else column


_QUALIFICATION, _ENTRY = table_of(Qualification), table_of(HistoryEntry)
_REFEREE, _STATE = table_of(Referee), table_of(SectionState)
_QUALIFICATIONS = (
    select(_QUALIFICATION)
    .where(_QUALIFICATION.c.application_id == _KEY)
    .order_by(_QUALIFICATION.c.year.desc(), _QUALIFICATION.c.id)
)
_HISTORY = (
    select(_ENTRY).where(_ENTRY.c.application_id == _KEY).order_by(_ENTRY.c.started_month.desc(), _ENTRY.c.id.desc())
)
_REFEREES = (
    select(*(_named(column) for column in _REFEREE.c)).where(_REFEREE.c.application_id == _KEY).order_by(_REFEREE.c.id)
)
_STATES = select(_STATE).where(_STATE.c.application_id == _KEY).order_by(_STATE.c.section)
