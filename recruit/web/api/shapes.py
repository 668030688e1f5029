"""Vacancies as the API gives them.  Nothing is here that their public pages do not show."""

from datetime import datetime
from typing import Any

from recruit.core.calendar import LONDON, shown_closing
from recruit.pay.additions import Addition
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.presentation import paid_range
from recruit.web import markdown
from recruit.web.api.asked import PATH
from recruit.web.vacancy_page import VacancyPage


def in_list(row: VacancyRow, base: str) -> dict[str, Any]:
    """Return an open vacancy as the list gives it.

    Args:
        row: the vacancy.
        base: the service's address.
    """
    return {
        **_facts(row, base),
        "status": "open",
        "grade": {"code": row.grade.code, "title": row.grade.title},
        "salary": _salary(row.salary_min_pence, row.salary_max_pence),
        "salary_of_post": _salary_of_post(row, row.salary_min_pence, row.salary_max_pence),
        "welcome_payment": _pounds(row.welcome_pence),
        "opens_at": moment(row.opens_at),
        "closes_at": moment(shown_closing(row.closes_at)),
    }


def in_full(page: VacancyPage, grade_code: str, base: str) -> dict[str, Any]:
    """Return a vacancy with all that its page says of the post.

    Args:
        page: the vacancy's page.
        grade_code: the code of its grade, "" if there is none any more.
        base: the service's address.
    """
    vacancy, words = page.vacancy, page.words
    low, high = words.salary
    return {
        **_facts(vacancy, base),
        "status": page.status,
        "grade": {"code": grade_code, "title": vacancy.grade.title},
        "salary": _salary(low, high),
        "salary_of_post": _salary_of_post(vacancy, low, high),
        "other_payments": [_addition(one) for one in words.additions],
        "welcome_payment": _pounds(vacancy.welcome.amount_pence if vacancy.welcome else None),
        "opens_at": moment(vacancy.opens_at) if vacancy.opens_at else None,
        "closes_at": words.closes_through,
        "summary": vacancy.summary,
        "description_html": markdown.without_looks(markdown.render(vacancy.description)),
        "essential_criteria": [criterion.text for criterion in words.essential],
        "desirable_criteria": [criterion.text for criterion in words.desirable],
        "fixed_term_months": vacancy.fixed_term_months,
        "posts": vacancy.posts,
        "working_from_home": vacancy.hybrid,
        "registration_required": vacancy.registration_required,
        "driving_required": vacancy.driving_required,
        "interview_on": vacancy.interview_on.isoformat() if vacancy.interview_on else None,
    }


def moment(at: datetime) -> str:
    """Return a moment in London's time, ISO 8601 with its offset."""
    return at.astimezone(LONDON).isoformat(timespec="seconds")


def _facts(vacancy: Any, base: str) -> dict[str, Any]:
    """What a row of the list and the whole vacancy call the same."""
    return {
        "reference": vacancy.reference,
        "title": vacancy.title,
        "url": f"{base}/jobs/{vacancy.slug}",
        "api_url": f"{base}{PATH}/{vacancy.reference}",
        "team": {"slug": vacancy.team.slug, "name": vacancy.team.name},
        "workplace": vacancy.workplace,
        "weekly_hours": float(vacancy.weekly_hours),
        "paid_weeks": float(vacancy.paid_weeks) if vacancy.paid_weeks is not None else None,
        "full_time": vacancy.full_time,
        "part_time": vacancy.part_time,
        "job_share": vacancy.job_share,
        "contract": vacancy.contract.value,
        "newly_qualified": vacancy.newly_qualified,
    }


def _salary(low: int, high: int) -> dict[str, Any]:
    """Full-time pay in pounds a year."""
    return {"minimum": _pounds(low), "maximum": _pounds(high), "currency": "GBP", "per": "year", "basis": "full time"}


def _salary_of_post(vacancy: Any, low: int, high: int) -> dict[str, Any]:
    """What its own hours and paid weeks come to, in pounds a year."""
    low, high = paid_range(low, high, vacancy.weekly_hours, vacancy.paid_weeks)
    return {"minimum": _pounds(low), "maximum": _pounds(high), "currency": "GBP", "per": "year"}


def _addition(one: Addition) -> dict[str, Any]:
    """A payment beside salary."""
    return {
        "kind": one.kind.value,
        "amount": _pounds(one.amount_pence),
        "paid": one.paid.value,
        "after_months": one.after_months,
        "conditions": one.conditions,
        "review_on": one.review_on.isoformat() if one.review_on else None,
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
    }


def _pounds(pence: int | None) -> int | float | None:
    if pence is None:
        return None
    whole, rest = divmod(pence, 100)
    return pence / 100 if rest else whole
