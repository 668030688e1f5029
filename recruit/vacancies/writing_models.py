"""What helps to write vacancies: how far a draft is, sets of criteria to use again, templates."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, Prose, one_of
from recruit.rules.lifecycle import RevisionStatus
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
    __table_args__ = (
        Index("ix_criteria_set_team_id", "team_id"),
        Index(
            "uq_criteria_set_live_name",
            "team_id",
            "name",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

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


class VacancyRevision(Model):
    """A change of what a published vacancy promises, asked for by its team and approved by somebody else.

    `before` and `after` are the terms as `revised_terms.terms_now` writes them; the vacancy stays as it is until
    approval.
    """

    __tablename__ = "vacancy_revision"
    __table_args__ = (
        CheckConstraint("(status IN ('approved', 'declined')) = (decided_at IS NOT NULL)", name="decided_at"),
        CheckConstraint("status = 'draft' OR status = 'withdrawn' OR sent_at IS NOT NULL", name="sent_at"),
        CheckConstraint(
            "status <> 'approved' OR (decided_by_id IS NOT NULL AND sent_by_id IS NOT NULL"
            " AND decided_by_id NOT IN (author_id, edited_by_id, sent_by_id))",
            name="approver",
        ),
        Index(
            "uq_vacancy_revision_open",
            "vacancy_id",
            unique=True,
            sqlite_where=text("status IN ('draft', 'awaiting_approval')"),
            postgresql_where=text("status IN ('draft', 'awaiting_approval')"),
        ),
    )

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    status: Mapped[RevisionStatus] = mapped_column(one_of(RevisionStatus))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[Prose]
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    comment: Mapped[Prose]
    version: Mapped[int] = mapped_column()

    vacancy: Mapped[Vacancy] = relationship()
    author: Mapped[User] = relationship(foreign_keys=author_id)
    sent_by: Mapped[User | None] = relationship(foreign_keys=sent_by_id)

    __mapper_args__ = {"version_id_col": version}

    @property
    def team_id(self) -> int:
        """The team of its vacancy: whoever writes for it may ask for the change."""
        return self.vacancy.team_id


class VacancyTemplate(Model):
    """A vacancy that its team starts others from."""

    __tablename__ = "vacancy_template"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[Line]
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()
