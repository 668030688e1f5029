"""Teams, and the vacancies that they advertise."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Numeric, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, Prose, Published, one_of
from recruit.documents.models import Document
from recruit.pay.additions_check import additions_check
from recruit.pay.models import Grade, PayTable, WelcomeSchemeVersion
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies.opening import Opening


class Contract(StrEnum):
    """How long the post is for."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    SECONDMENT = "secondment"


class CriterionKind(StrEnum):
    """Whether a candidate must, or may, show it."""

    ESSENTIAL = "essential"
    DESIRABLE = "desirable"


class Assessment(StrEnum):
    """Where a criterion is judged.  Candidates write evidence for those of the application alone."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    CHECK = "check"


class Team(Published, Model):
    """A team of children's services, in a service area."""

    __tablename__ = "team"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Line]
    service_area: Mapped[Line]
    place: Mapped[Line]
    description: Mapped[Prose]
    manager_role: Mapped[Line]


class TeamMember(Model):
    """A recruiter of a team: writes its vacancies."""

    __tablename__ = "team_member"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Vacancy(Opening, Published, Model):
    """One advertised vacancy.

    `opens_at` and `closes_at` are moments: it takes applications from the first until just before the second.  The pay
    columns (`pay_table_id`, points, pence a year for full time) are copied from the grade at publication and kept: a
    later pay award rewrites no advert.  Hours are hours a week.  `additions` are no part of the salary.
    """

    __tablename__ = "vacancy"
    __table_args__ = (
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("weekly_hours > 0 AND weekly_hours <= 37", name="weekly_hours"),
        CheckConstraint("paid_weeks BETWEEN 20 AND 52", name="paid_weeks"),
        CheckConstraint("posts BETWEEN 1 AND 50", name="posts"),
        CheckConstraint("full_time OR part_time OR job_share", name="some_hours"),
        CheckConstraint("NOT full_time OR weekly_hours = 37", name="full_time_hours"),
        CheckConstraint("(contract = 'fixed_term') = (fixed_term_months IS NOT NULL)", name="fixed_term_months"),
        CheckConstraint("fixed_term_months BETWEEN 1 AND 60", name="fixed_term_length"),
        CheckConstraint(
            "status NOT IN ('published', 'paused', 'filled', 'part_filled', 'unfilled')"
            " OR (opens_at IS NOT NULL AND closes_at IS NOT NULL AND pay_table_id IS NOT NULL"
            " AND salary_min_pence IS NOT NULL AND salary_max_pence IS NOT NULL)",
            name="published_is_whole",
        ),
        CheckConstraint("status <> 'awaiting_approval' OR sent_at IS NOT NULL", name="waiting_was_sent"),
        CheckConstraint(
            "(filled IS NULL AND status NOT IN ('filled', 'part_filled', 'unfilled'))"
            " OR (filled IS NOT NULL AND ((status = 'filled' AND filled = posts)"
            " OR (status = 'part_filled' AND 0 < filled AND filled < posts) OR (status = 'unfilled' AND filled = 0)))",
            name="filled",
        ),
        CheckConstraint(
            "outcome_reason IS NULL OR status IN ('part_filled', 'unfilled', 'cancelled')", name="reason_of_end"
        ),
        CheckConstraint("0 < salary_min_pence AND salary_min_pence <= salary_max_pence", name="salary_range"),
        CheckConstraint("0 < caseload_typical AND caseload_typical <= caseload_maximum", name="caseload"),
        *(
            CheckConstraint(additions_check(dialect), name="additions").ddl_if(dialect=dialect)
            for dialect in ("sqlite", "postgresql")
        ),
        Index("ix_vacancy_status_closes_at", "status", "closes_at"),
        Index("ix_vacancy_team_id", "team_id"),
        Index("ix_vacancy_relisted_from_id", "relisted_from_id"),
        Index("ix_vacancy_contact_email_lower", text("lower(contact_email)")),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    status: Mapped[VacancyStatus] = mapped_column(one_of(VacancyStatus), default=VacancyStatus.DRAFT)
    title: Mapped[Line]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    grade_id: Mapped[int] = mapped_column(ForeignKey("grade.id"))
    summary: Mapped[str] = mapped_column(String(300))
    description: Mapped[Prose]

    full_time: Mapped[bool] = mapped_column(default=True)
    part_time: Mapped[bool] = mapped_column(default=False)
    job_share: Mapped[bool] = mapped_column(default=False)
    weekly_hours: Mapped[Decimal] = mapped_column(Numeric(4, 2), default=Decimal(37))
    paid_weeks: Mapped[Decimal | None] = mapped_column(Numeric(4, 2))  # a year, of a term-time post; none: all of it
    contract: Mapped[Contract] = mapped_column(one_of(Contract, "contract"), default=Contract.PERMANENT)
    fixed_term_months: Mapped[int | None]
    posts: Mapped[int] = mapped_column(default=1)  # to fill
    filled: Mapped[int | None]  # posts filled, once the outcome is recorded
    outcome_reason: Mapped[OutcomeReason | None] = mapped_column(one_of(OutcomeReason, "outcome_reason"))
    workplace: Mapped[Line]
    hybrid: Mapped[Line] = mapped_column(default="")

    caseload_typical: Mapped[int | None]
    caseload_maximum: Mapped[int | None]
    caseload_of: Mapped[Line] = mapped_column(default="children")  # what is counted; a fostering team counts households
    supervision: Mapped[Line] = mapped_column(default="")
    promise_source: Mapped[Line] = mapped_column(default="")
    promise_as_of: Mapped[date | None] = mapped_column(Date)

    contact_role: Mapped[Line] = mapped_column(default="")
    contact_times: Mapped[Line] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")

    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    is_rolling: Mapped[bool] = mapped_column(default=False)  # applications are read as they arrive, not after closing
    scores_first: Mapped[bool | None]  # decisions on its sift wait for a panel; none: as the service is set
    interview_on: Mapped[date | None] = mapped_column(Date)

    newly_qualified: Mapped[bool] = mapped_column(default=False)
    registration_required: Mapped[bool] = mapped_column(default=True)
    driving_required: Mapped[bool] = mapped_column(default=False, server_default=false())
    welcome_id: Mapped[int | None] = mapped_column(ForeignKey("welcome_scheme_version.id"))

    pay_table_id: Mapped[int | None] = mapped_column(ForeignKey("pay_table.id"))
    point_min: Mapped[int | None]
    point_max: Mapped[int | None]
    salary_min_pence: Mapped[int | None]
    salary_max_pence: Mapped[int | None]
    additions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # as `recruit.pay.additions` keeps them

    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # who saved it last
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # who sent it for approval last
    sent_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    relisted_from_id: Mapped[int | None] = mapped_column(ForeignKey("vacancy.id"))  # what it is another try at
    version: Mapped[int] = mapped_column()

    team: Mapped[Team] = relationship()
    grade: Mapped[Grade] = relationship()
    pay_table: Mapped[PayTable | None] = relationship()
    welcome: Mapped[WelcomeSchemeVersion | None] = relationship()
    relisted_from: Mapped["Vacancy | None"] = relationship(remote_side="Vacancy.id")
    author: Mapped[User] = relationship(foreign_keys="Vacancy.author_id")
    sent_by: Mapped[User | None] = relationship(foreign_keys="Vacancy.sent_by_id")
    criteria: Mapped[list["Criterion"]] = relationship(  # without those that a change took away
        back_populates="vacancy",
        primaryjoin="and_(Vacancy.id == Criterion.vacancy_id, Criterion.retired_at.is_(None))",
        order_by="Criterion.position",
        cascade="all, delete-orphan",
    )
    documents: Mapped[list[Document]] = relationship(
        order_by="Document.id", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}

    def assessed(self, at: Assessment) -> list["Criterion"]:
        """Return the criteria that are judged there, in their order."""
        return [criterion for criterion in self.criteria if criterion.assessed_at == at]

    @property
    def asked(self) -> list["Criterion"]:
        """The criteria that candidates write evidence for, and that the sift scores."""
        return self.assessed(Assessment.APPLICATION)


class Criterion(Published, Model):
    """One line of a person specification.  Candidates answer it, panels score it, feedback quotes it.

    `weight` says how much it counts beside the others.  One that a change of a published vacancy took away is retired,
    not deleted: what was answered and scored stands on it.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight"),
        Index("ix_criterion_vacancy_id_position", "vacancy_id", "position"),
    )

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"))
    kind: Mapped[CriterionKind] = mapped_column(one_of(CriterionKind, "kind"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    assessed_at: Mapped[Assessment] = mapped_column(one_of(Assessment, "assessed_at"), default=Assessment.APPLICATION)
    weight: Mapped[int] = mapped_column(default=1)
    retired_at: Mapped[datetime | None]

    vacancy: Mapped[Vacancy] = relationship(back_populates="criteria")


class SavedVacancy(Model):
    """A vacancy that a candidate wants to find again."""

    __tablename__ = "saved_vacancy"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True, index=True)
    saved_at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()


class VacancyEvent(Model):
    """One move of one vacancy.  Added to, never changed."""

    __tablename__ = "vacancy_event"

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # none: a command of an operator
    source: Mapped[str] = mapped_column(String(32))  # text, so that history outlives a retired status
    target: Mapped[str] = mapped_column(String(32))
    reason: Mapped[Prose] = mapped_column(default="")
    at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()
    actor: Mapped[User | None] = relationship()


class VacancyComment(Model):
    """One comment between those who write a vacancy and those who approve it.  Added to, never changed."""

    __tablename__ = "vacancy_comment"

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    text: Mapped[Prose]
    at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()
    author: Mapped[User] = relationship()
