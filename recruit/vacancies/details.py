"""What a recruiter writes about a vacancy.

`Wording` may be mended for as long as the vacancy stands.  `Terms` are what candidates decide and answer by: they are
settled by publication.
"""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal

from recruit.vacancies.models import Assessment, Contract, CriterionKind, Vacancy


@dataclass(frozen=True, slots=True)
class CriterionText:
    """One line of a person specification.  `id` is that of the criterion it is already, None for a new one."""

    kind: CriterionKind
    text: str
    assessed_at: Assessment = Assessment.APPLICATION
    weight: int = 1
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What can be changed at any time.  Names and units are those of `Vacancy`."""

    title: str
    summary: str = ""
    description: str = ""
    workplace: str = ""
    hybrid: str = ""
    caseload_typical: int | None = None
    caseload_maximum: int | None = None
    caseload_of: str = "children"
    supervision: str = ""
    promise_source: str = ""
    promise_as_of: date | None = None
    contact_role: str = ""
    contact_times: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    interview_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is settled by publication.

    `opens_at` None means as soon as it is published, `pay_table_id` None the one in force then.
    `paid_weeks` None means all of the year.
    `has_welcome_payment` asks for the terms in force; `criteria` are in the order in which they are shown.
    """

    team_id: int
    grade_id: int
    full_time: bool = True
    part_time: bool = False
    job_share: bool = False
    weekly_hours: Decimal = Decimal(37)
    paid_weeks: Decimal | None = None
    contract: Contract = Contract.PERMANENT
    fixed_term_months: int | None = None
    posts: int = 1
    newly_qualified: bool = False
    registration_required: bool = True
    driving_required: bool = False
    pay_table_id: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    is_rolling: bool = False
    has_welcome_payment: bool = False
    criteria: tuple[CriterionText, ...] = field(default=())


WORDS = {
    "title": "title",
    "summary": "summary",
    "description": "description",
    "workplace": "workplace",
    "hybrid": "working from home",
    "caseload_typical": "typical caseload",
    "caseload_maximum": "most cases",
    "caseload_of": "what a caseload counts",
    "supervision": "supervision",
    "promise_source": "source of the promise",
    "promise_as_of": "date of the promise",
    "contact_role": "contact",
    "contact_times": "times to talk",
    "contact_email": "contact email",
    "contact_phone": "contact phone",
    "interview_on": "interview date",
}
"""How each part of the wording is called in the vacancy's history."""


def write_wording(vacancy: Vacancy, wording: Wording) -> list[str]:
    """Put `wording` on `vacancy`; return what changed, in words."""
    changed = [name for name, value in asdict(wording).items() if getattr(vacancy, name) != value]
    for name in changed:
        setattr(vacancy, name, getattr(wording, name))
    return [WORDS[name] for name in changed]


def wording_of(vacancy: Vacancy) -> Wording:
    """Return what `vacancy` says."""
    return Wording(**{name: getattr(vacancy, name) for name in WORDS})
