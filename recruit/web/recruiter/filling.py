"""Between the vacancy form and the words and terms that the service keeps."""

from decimal import Decimal
from typing import Any

from recruit.core.calendar import LAST_MINUTE, LONDON, london_day, shown_closing
from recruit.vacancies.details import WORDS, CriterionText, Terms, Wording
from recruit.vacancies.models import Contract, CriterionKind, Vacancy
from recruit.web.recruiter.forms import VacancyForm

_SAME_NAME = (
    *WORDS, "posts", "full_time", "part_time", "job_share", "weekly_hours", "paid_weeks", "fixed_term_months",
    "newly_qualified", "registration_required",
)  # fmt: skip


def filled_in(vacancy: Vacancy) -> dict[str, Any]:
    """Return what the form shows for `vacancy`, by the names of its fields."""
    shown: dict[str, Any] = {name: getattr(vacancy, name) for name in _SAME_NAME}
    shown |= {
        "version": str(vacancy.version),
        "team_id": str(vacancy.team_id),
        "grade_id": str(vacancy.grade_id),
        "pay_table_id": str(vacancy.pay_table_id or ""),
        "contract": vacancy.contract.value,
        "has_welcome_payment": vacancy.welcome_id is not None,
        "essential": _texts(vacancy, CriterionKind.ESSENTIAL),
        "desirable": _texts(vacancy, CriterionKind.DESIRABLE),
        "opening": "later" if vacancy.opens_at else "now",
        "opens_on": london_day(vacancy.opens_at) if vacancy.opens_at else None,
    }
    if vacancy.closes_at:
        closing = shown_closing(vacancy.closes_at).astimezone(LONDON)
        at = closing.time()
        shown |= {"closes_on": closing.date(), "closing_time": None if at == LAST_MINUTE else at}
    return shown


def wording(form: VacancyForm) -> Wording:
    """Return the words of a valid form."""
    return Wording(
        title=form.title.data or "",
        summary=form.summary.data or "",
        description=form.description.data or "",
        workplace=form.workplace.data or "",
        hybrid=form.hybrid.data or "",
        caseload_typical=form.caseload_typical.data,
        caseload_maximum=form.caseload_maximum.data,
        caseload_of=form.caseload_of.data or "children",
        supervision=form.supervision.data or "",
        promise_source=form.promise_source.data or "",
        promise_as_of=form.promise_as_of.data,
        contact_role=form.contact_role.data or "",
        contact_times=form.contact_times.data or "",
        contact_email=form.contact_email.data or "",
        contact_phone=form.contact_phone.data or "",
        interview_on=form.interview_on.data,
    )


def terms(form: VacancyForm) -> Terms:
    """Return the terms of a valid form."""
    contract = Contract(form.contract.data)
    return Terms(
        team_id=form.team_id.kept or 0,
        grade_id=form.grade_id.kept or 0,
        pay_table_id=form.pay_table_id.kept,
        full_time=form.full_time.data,
        part_time=form.part_time.data,
        job_share=form.job_share.data,
        weekly_hours=Decimal(form.weekly_hours.data),
        paid_weeks=form.paid_weeks.data,
        contract=contract,
        fixed_term_months=form.fixed_term_months.data if contract is Contract.FIXED_TERM else None,
        posts=form.posts.data,
        newly_qualified=form.newly_qualified.data,
        registration_required=form.registration_required.data,
        opens_at=form.opens_at(),
        closes_at=form.closes_at(),
        has_welcome_payment=form.has_welcome_payment.data,
        criteria=(
            *(CriterionText(CriterionKind.ESSENTIAL, text) for text in form.essential.data),
            *(CriterionText(CriterionKind.DESIRABLE, text) for text in form.desirable.data),
        ),
    )


def _texts(vacancy: Vacancy, kind: CriterionKind) -> list[str]:
    return [criterion.text for criterion in vacancy.criteria if criterion.kind is kind]
