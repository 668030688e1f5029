"""Rows for tests.  A test names only what it is about; the rest is plain and plausible."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.alchemy import SQLAlchemyModelFactory

from recruit.accounts.models import RoleGrant, User
from recruit.applications.models import Application
from recruit.applications.promises import due_after
from recruit.core.db import db
from recruit.core.references import new_application_code, vacancy_reference
from recruit.pay.models import Grade, PayPoint, PayTable, WelcomeScheme, WelcomeSchemeVersion
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Criterion, CriterionKind, Team, TeamMember, Vacancy

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
"""A Tuesday morning, for tests that pass the clock in."""


class _Factory(SQLAlchemyModelFactory):
    """What belongs together is committed once, and kept as it was made: nobody else has changed it.

    Factories that others take an `id` from flush.
    """

    class Meta:
        abstract = True
        sqlalchemy_session = db.session

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        made = super()._generate(strategy, params)
        if strategy == factory.CREATE_STRATEGY:
            session = db.session()
            session.expire_on_commit = False
            session.commit()
            session.expire_on_commit = True
        return made

    @classmethod
    def _get_or_create(cls, *args: Any) -> Any:
        with db.session.no_autoflush:
            return super()._get_or_create(*args)


class UserFactory(_Factory):
    class Meta:
        model = User
        sqlalchemy_session_persistence = "flush"

    class Params:
        roles = (Role.CANDIDATE,)

    email = factory.Sequence(lambda n: f"person{n}@people.example")
    email_key = factory.LazyAttribute(lambda user: user.email.casefold())
    name = "Sam Taylor"
    password_hash = "not a hash: signs in nowhere"
    confirmed_at = NOW
    created_at = NOW
    grants = factory.LazyAttribute(lambda user: [RoleGrant(role=role) for role in user.roles])


class PayTableFactory(_Factory):
    """The table of 1 April 2020 with the points 20 to 36, a thousand pounds apart but for the advertised two."""

    class Meta:
        model = PayTable
        sqlalchemy_get_or_create = ("effective_on",)

    effective_on = date(2020, 4, 1)
    source = "a test"
    imported_at = NOW
    points = factory.LazyFunction(
        lambda: [
            PayPoint(point=point, annual_pence={24: 28_672_00, 33: 36_922_00}.get(point, (4_700 + point * 1000) * 100))
            for point in range(20, 37)
        ]
    )


class GradeFactory(_Factory):
    class Meta:
        model = Grade
        sqlalchemy_get_or_create = ("code",)

    code = "social-worker"
    title = "Social worker"
    point_min = 24
    point_max = 33
    position = 2


class WelcomeSchemeFactory(_Factory):
    class Meta:
        model = WelcomeScheme
        sqlalchemy_get_or_create = ("code",)

    code = "welcome-aboard"
    name = "Welcome aboard payment"


class WelcomeSchemeVersionFactory(_Factory):
    class Meta:
        model = WelcomeSchemeVersion

    scheme = factory.SubFactory(WelcomeSchemeFactory)
    number = factory.Sequence(lambda n: n + 1)
    amount_pence = 5_000_00
    valid_from = date(2022, 5, 6)
    conditions = ["You start a permanent post"]
    terms = "Sample terms."
    instalments = factory.LazyAttribute(
        lambda version: [
            {"pence": version.amount_pence // 2, "after_months": 1},
            {"pence": version.amount_pence - version.amount_pence // 2, "after_months": 6},
        ]
    )
    repayment = [{"months_from": 0, "months_to": 12, "percent": 100}]
    eligibility = factory.LazyFunction(
        lambda: {
            "permanent": True,
            "fixed_term_from_months": 12,
            "secondment": False,
            "existing_employees": False,
            "rejoin_after_months": 12,
            "agency_workers": True,
            "newly_qualified": True,
        }
    )
    is_sample = True


class TeamFactory(_Factory):
    class Meta:
        model = Team

    slug = factory.Sequence(lambda n: f"team-{n}")
    name = factory.Sequence(lambda n: f"Assessment team {n}")
    service_area = "Front door and assessment"
    place = "Middlesbrough"
    description = "We meet families first."
    manager_role = "Team manager"


class TeamMemberFactory(_Factory):
    class Meta:
        model = TeamMember


class VacancyFactory(_Factory):
    """A draft; `published=True` makes one that is open by the real clock, `waiting=True` one that awaits approval."""

    class Meta:
        model = Vacancy
        sqlalchemy_session_persistence = "flush"

    class Params:
        author = factory.SubFactory(UserFactory, roles=[Role.RECRUITER])
        published = factory.Trait(
            status=VacancyStatus.PUBLISHED,
            opens_at=factory.LazyFunction(lambda: datetime.now(UTC) - timedelta(days=3)),
            closes_at=factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=20)),
            published_at=factory.LazyAttribute(lambda vacancy: vacancy.opens_at),
            pay_table=factory.SubFactory(PayTableFactory),
            point_min=24,
            point_max=33,
            salary_min_pence=28_672_00,
            salary_max_pence=36_922_00,
        )
        waiting = factory.Trait(
            status=VacancyStatus.AWAITING_APPROVAL,
            closes_at=factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=20)),
            sent_at=factory.LazyFunction(lambda: datetime.now(UTC) - timedelta(days=1)),
            sent_by_id=factory.LazyAttribute(lambda vacancy: vacancy.author_id),
            pay_table=factory.SubFactory(PayTableFactory),
            contact_role="Team manager",
            contact_email="team@demo.example",
        )

    number = factory.Sequence(lambda n: n + 5000)
    reference = factory.LazyAttribute(lambda vacancy: vacancy_reference(vacancy.number))
    slug = factory.LazyAttribute(lambda vacancy: f"social-worker-{vacancy.number}")
    title = "Social worker"
    team = factory.SubFactory(TeamFactory)
    grade = factory.SubFactory(GradeFactory)
    summary = "Work with children and their families."
    description = "## The role\n\nYou will work with children and their families."
    weekly_hours = Decimal(37)
    workplace = "Civic Centre, Middlesbrough"
    author_id = factory.LazyAttribute(lambda vacancy: vacancy.author.id)
    created_at = NOW
    criteria = factory.LazyFunction(
        lambda: [
            Criterion(kind=CriterionKind.ESSENTIAL, position=1, text="Assesses the needs of children"),
            Criterion(kind=CriterionKind.ESSENTIAL, position=2, text="Works with risk"),
            Criterion(kind=CriterionKind.DESIRABLE, position=3, text="Knows the family court"),
        ]
    )

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Vacancy:
        kwargs.pop("number", None)
        return super()._create(model_class, *args, **kwargs)  # type: ignore[no-any-return]


def _due(application: Any) -> datetime | None:
    sent_at = getattr(application, "submitted_at", None)
    if not isinstance(sent_at, datetime):  # a trait that is off leaves a mark of its own
        return None
    return due_after(application.status, closes_at=application.vacancy.closes_at, sent_at=sent_at, told_at=sent_at)


class ApplicationFactory(_Factory):
    """An empty draft.  `complete_application` in tests.applications.answers fills one in."""

    class Meta:
        model = Application

    class Params:
        submitted = factory.Trait(status=ApplicationStatus.SUBMITTED, submitted_at=NOW)

    reference = factory.LazyFunction(new_application_code)
    candidate = factory.SubFactory(UserFactory)
    vacancy = factory.SubFactory(VacancyFactory, published=True)
    team_id = factory.LazyAttribute(lambda application: application.vacancy.team_id)
    due_at = factory.LazyAttribute(lambda application: _due(application))
    created_at = NOW
