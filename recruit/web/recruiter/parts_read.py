"""A vacancy part by part, to be checked: every answer with a way to change it that comes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from recruit.core.calendar import closing_words, long_date, long_moment
from recruit.pay.additions import additions_of
from recruit.vacancies.criteria import in_order
from recruit.vacancies.models import Vacancy
from recruit.vacancies.presentation import contract_words, hours_words, weeks_words
from recruit.vacancies.readiness import opening_moment
from recruit.vacancies.service import text_of
from recruit.vacancies.unfinished import PART_TITLES
from recruit.vacancies.writing_models import Part
from recruit.web.recruiter.criteria import shown
from recruit.web.recruiter.ways import CHECK, address_of
from recruit.web.vacancy_pay import PayShown

Rows = Sequence[tuple[str, str, str]]
"""What is asked, the answer, and the control that it is changed in."""


def parts_read(vacancy: Vacancy, pay: PayShown, now: datetime) -> list[dict[str, Any]]:
    """Return each part with its rows; the person specification with its criteria."""
    rows: Mapping[Part, Rows] = {
        Part.POST: _post(vacancy),
        Part.PAY: _pay(vacancy, pay),
        Part.WORK: _work(vacancy),
        Part.CRITERIA: (),
        Part.DATES: _dates(vacancy, now),
    }
    beside = [f"{one.name}: {one.amount}" for one in additions_of(vacancy.additions)]
    lines = in_order([text_of(criterion) for criterion in vacancy.criteria])
    return [
        {
            "title": PART_TITLES[part],
            "href": address_of(part, vacancy, back=CHECK),
            "rows": [
                {"key": key, "value": value, "href": address_of(part, vacancy, back=CHECK, anchor=anchor)}
                for key, value, anchor in rows[part]
            ],
            "beside": "; ".join(beside) or "Nothing" if part is Part.PAY else "",
            "groups": shown(lines) if part is Part.CRITERIA else [],
        }
        for part in Part
    ]


def _post(vacancy: Vacancy) -> Rows:
    who = "Newly qualified social workers too" if vacancy.newly_qualified else "Not newly qualified social workers"
    return [
        ("Title", vacancy.title, "title"),
        ("Team", vacancy.team.name, "team_id"),
        ("Grade", vacancy.grade.title, "grade_id"),
        ("Posts", str(vacancy.posts), "posts"),
        ("Workplace", vacancy.workplace, "workplace"),
        ("Working from home", vacancy.hybrid, "hybrid"),
        ("Who can apply", who, "newly_qualified"),
        ("Registration needed", "Yes" if vacancy.registration_required else "No", "registration_required"),
        ("Driving needed", "Yes, or adjustments" if vacancy.driving_required else "No", "driving_required"),
    ]


def _pay(vacancy: Vacancy, pay: PayShown) -> Rows:
    return [
        ("Pay", pay.amount or pay.fault, "pay_table_id"),
        ("How it is worked out", ". ".join(filter(None, (pay.basis, pay.share))), "pay_table_id"),
        ("Hours", hours_words(vacancy), "weekly_hours"),
        ("Paid weeks", weeks_words(vacancy.paid_weeks) if vacancy.paid_weeks else "All of the year", "paid_weeks"),
        ("Contract", contract_words(vacancy.contract, vacancy.fixed_term_months), "contract-0"),
        ("Welcome payment", "Yes" if vacancy.welcome_id else "No", "has_welcome_payment"),
    ]


def _work(vacancy: Vacancy) -> Rows:
    cases = f"{vacancy.caseload_typical} {vacancy.caseload_of}, at most {vacancy.caseload_maximum}"
    as_of = f", {long_date(vacancy.promise_as_of)}" if vacancy.promise_as_of else ""
    words = len(vacancy.description.split())
    return [
        ("Summary", vacancy.summary, "summary"),
        (
            "Description",
            f"{words} words: read them in the preview" if words else "",
            "description",
        ),
        ("Caseload", cases if vacancy.caseload_typical else "No promise", "caseload_typical"),
        ("Supervision", vacancy.supervision or "No promise", "supervision"),
        ("Source of the figures", f"{vacancy.promise_source}{as_of}", "promise_source"),
    ]


def _dates(vacancy: Vacancy, now: datetime) -> Rows:
    opens = long_moment(opening_moment(vacancy, now)) if vacancy.opens_at else "As soon as it is approved"
    reached = ", ".join(filter(None, (vacancy.contact_email, vacancy.contact_phone, vacancy.contact_times)))
    return [
        ("Opens", opens, "opening-0"),
        ("Closes", closing_words(vacancy.closes_at) if vacancy.closes_at else "", "closes_on-day"),
        ("Interviews", long_date(vacancy.interview_on) if vacancy.interview_on else "To be agreed", "interview_on-day"),
        ("Who candidates can talk to", vacancy.contact_role, "contact_role"),
        ("How and when", reached, "contact_email"),
    ]
