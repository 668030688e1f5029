"""What helps to write vacancies: how far a draft is, sets of criteria to use again, templates."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, one_of
from recruit.vacancies.models import Team, Vacancy


class Part(StrEnum):
    """The pages of a vacancy, in the order in which they are written."""

    POST = "post"
    PAY = "pay"
    WORK = "work"
    CRITERIA = "criteria"
    DATES = "dates"


class VacancyPart(Model):
    """How far one page of a vacancy is.  `typed` is what could not be saved yet, by the names of the fields."""

    __tablename__ = "vacancy_part"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[Part] = mapped_column(one_of(Part, "part"), primary_key=True)
    is_finished: Mapped[bool]
    typed: Mapped[dict[str, list[str]] | None] = mapped_column(JSON(none_as_null=True))
    saved_at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()


class CriteriaSet(Model):
    """Criteria that a team uses again; a shared set is for all teams of its service area.

    `lines` are {kind, text, assessed_at, weight}.  A retired set is offered no more; what was written from it stays.
    """

    __tablename__ = "criteria_set"
    __table_args__ = (Index("ix_criteria_set_team_id", "team_id"),)

    id: Mapped[Id]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[Line]
    is_shared: Mapped[bool]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    team: Mapped[Team] = relationship()
    author: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class VacancyTemplate(Model):
    """A vacancy that its team starts others from."""

    __tablename__ = "vacancy_template"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[Line]
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()
