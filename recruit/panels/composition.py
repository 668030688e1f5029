"""Whether a panel is complete, and in words what it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Exists, exists, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from recruit.accounts.models import RoleGrant, User
from recruit.applications.models import Application
from recruit.core.calendar import london_day, short_date, shown_closing
from recruit.core.db import db
from recruit.panels.models import PanelMember, SaferRecruitmentTraining
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.vacancies.models import Vacancy

Number = int | ColumnElement[int] | InstrumentedAttribute[int]


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a panel, with what their part in it depends on."""

    id: int
    name: str
    is_chair: bool
    trained_on: date | None
    valid_until: date | None
    is_panel: bool
    sees_names: bool
    applied: bool

    def is_trained(self, on: date) -> bool:
        """Say whether their safer-recruitment training counts on a day."""
        return (
            self.trained_on is not None and self.valid_until is not None and self.trained_on <= on <= self.valid_until
        )


def members_of(vacancy_id: int) -> Sequence[Member]:
    """Return the panel of a vacancy in the order of names, in one statement."""

    rows = db.session.execute(
        select(
            User.id,
            User.name,
            PanelMember.is_chair,
            SaferRecruitmentTraining.trained_on,
            SaferRecruitmentTraining.valid_until,
            _holds(Role.PANEL) & User.disabled_at.is_(None),
            _holds(Role.HR),
            has_applied(User.id, vacancy_id),
        )
        .join(PanelMember, PanelMember.user_id == User.id)
        .outerjoin(SaferRecruitmentTraining, SaferRecruitmentTraining.user_id == User.id)
        .where(PanelMember.vacancy_id == vacancy_id)
        .order_by(User.name, User.id)
    )
    return [Member(*row) for row in rows]


def closing_day(vacancy: Vacancy, now: datetime) -> date:
    """Return the day that training must still count on: the last day of the advert, or today while it has none."""
    return london_day(shown_closing(vacancy.closes_at)) if vacancy.closes_at else london_day(now)


def missing(members: Sequence[Member], on: date) -> list[str]:
    """Return what a panel lacks, a sentence each; none when it is complete.

    Args:
        on: the day of closing.
    """
    fewest = limits.PANEL_MEMBERS[0]
    found = []
    if len(members) < fewest:
        left = fewest - len(members)
        found.append(f"It needs {left} more {'member' if left == 1 else 'members'}: {fewest} people at least score.")
    if not any(member.is_chair for member in members):
        found.append("It needs a chair, who settles where two scorers differ.")
    if not any(member.is_trained(on) for member in members):
        day = f"{short_date(on)}, the day of closing"
        found.append(f"It needs a member whose safer-recruitment training counts on {day}.")
    for member in members:
        if member.applied:
            found.append(f"{member.name} applied for this vacancy, so they cannot be on its panel.")
        if member.sees_names:
            found.append(f"{member.name} is in HR and can see names, so they cannot score without them.")
        if not member.is_panel:
            found.append(f"{member.name} has no panel member’s account any more.")
    return found


def people_to_choose(vacancy_id: int) -> Sequence[tuple[int, str]]:
    """Return who can join the panel of a vacancy, by name: panel members outside HR who did not apply for it."""

    is_on = exists().where(PanelMember.user_id == User.id, PanelMember.vacancy_id == vacancy_id)
    statement = (
        select(User.id, User.name)
        .where(
            _holds(Role.PANEL), ~_holds(Role.HR), User.disabled_at.is_(None), ~is_on, ~has_applied(User.id, vacancy_id)
        )
        .order_by(User.name, User.id)
    )
    return [(key, name) for key, name in db.session.execute(statement).tuples()]


def _holds(role: Role) -> Exists:
    return exists().where(RoleGrant.user_id == User.id, RoleGrant.role == role)


def has_applied(user_id: Number, vacancy_id: Number) -> Exists:
    """Return the condition that somebody sent an application for a vacancy: nobody is on the panel of such a one."""
    sent = aliased(Application)
    return exists().where(sent.vacancy_id == vacancy_id, sent.candidate_id == user_id, sent.submitted_at.is_not(None))
