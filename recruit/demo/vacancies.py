"""The demo's vacancies, written, sent and approved through the service at moments around the day of loading."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from recruit.core.calendar import closing_moment, is_working_day, london_day, london_moment, working_days_after
from recruit.core.db import db
from recruit.core.targets import targets
from recruit.demo.content import content
from recruit.pay.additions import Addition, kept_as
from recruit.pay.models import Grade, PayTable
from recruit.rules.access import Actor
from recruit.vacancies import approval, service
from recruit.vacancies.details import CriterionText, Terms, Wording
from recruit.vacancies.models import Assessment, Contract, CriterionKind, Team, Vacancy

OPENING = time(9, 30)
INVITED_BEFORE = 3  # working days between the last day to hear and the interview
WORDING = (
    "title", "summary", "description", "workplace", "hybrid", "caseload_typical", "caseload_maximum", "caseload_of",
    "supervision", "promise_source", "contact_role", "contact_times", "contact_email", "contact_phone",
)  # fmt: skip
TERMS = (
    "full_time", "part_time", "job_share", "fixed_term_months", "posts", "newly_qualified", "registration_required",
    "driving_required", "is_rolling",
)  # fmt: skip


def load_vacancies(recruiter: Actor, officer: Actor, *, now: datetime) -> list[Vacancy]:
    """Add the vacancies of the data file, in its order: written by `recruiter`, approved by `officer`."""
    teams = {team.slug: team.id for team in db.session.scalars(select(Team))}
    grades = {grade.code: grade.id for grade in db.session.scalars(select(Grade))}
    table = db.session.scalars(
        select(PayTable).where(PayTable.effective_on == content("grades")["pay_table"])
    ).one()  # the advertised range is of this table
    vacancies = []
    for row in content("vacancies")["vacancies"]:
        today = london_day(now)
        opens_at = _opening(row, today)
        terms = Terms(
            team_id=teams[row["team"]],
            grade_id=grades[row["grade"]],
            pay_table_id=table.id,
            weekly_hours=Decimal(str(row["weekly_hours"])),
            paid_weeks=Decimal(str(row["paid_weeks"])) if "paid_weeks" in row else None,
            contract=Contract(row["contract"]),
            opens_at=opens_at,
            closes_at=closing_moment(today + timedelta(days=row["closes_in_days"]))
            if "closes_in_days" in row
            else None,
            has_welcome_payment=row["welcome_payment"],
            criteria=tuple(_criterion(line) for line in row["criteria"]),
            **{key: row[key] for key in TERMS if key in row},
        )
        wrote_at = min(opens_at or now, now) - timedelta(days=2 + row.get("sent_days_ago", 0))
        vacancy = service.create_vacancy(recruiter, _wording(row, today), terms, now=wrote_at)
        vacancy.additions = kept_as(_addition(line, today) for line in row.get("additions", ()))
        db.session.flush()  # the service reads what stands on it by its keys
        if row["state"] in ("awaiting_approval", "changes_requested"):
            _talk(
                recruiter, officer, vacancy, row, london_moment(today - timedelta(days=row["sent_days_ago"]), OPENING)
            )
        elif row["state"] != "draft":
            vacancy.opens_at = opens_at
            _publish(recruiter, officer, vacancy, min(opens_at or now, now) - timedelta(hours=1))
        vacancies.append(vacancy)
    return vacancies


def load_earlier_round(
    recruiter: Actor,
    officer: Actor,
    like: Vacancy,
    title: str,
    *,
    opens_at: datetime,
    closes_on: date,
    interview_on: date,
) -> Vacancy:
    """Add a vacancy like another one that was advertised and closed some time ago."""
    wording, terms = service.copied_terms(like, now=opens_at)
    terms = replace(terms, pay_table_id=like.pay_table_id, opens_at=opens_at, closes_at=closing_moment(closes_on))
    known_on = london_day(opens_at) - timedelta(days=20)  # figures are older than the advert
    wording = replace(wording, title=title, interview_on=interview_on, promise_as_of=like.promise_as_of and known_on)
    vacancy = service.create_vacancy(recruiter, wording, terms, now=opens_at - timedelta(days=2))
    db.session.flush()  # the service reads what stands on it by its keys
    vacancy.opens_at = opens_at
    _publish(recruiter, officer, vacancy, opens_at - timedelta(hours=1))
    db.session.flush()
    return vacancy


def _publish(recruiter: Actor, officer: Actor, vacancy: Vacancy, at: datetime) -> None:
    approval.send_for_approval(recruiter, vacancy, now=at - timedelta(days=1))
    db.session.flush()  # the version is the database's
    approval.approve_vacancy(officer, vacancy, seen_version=vacancy.version, now=at)


def _talk(recruiter: Actor, officer: Actor, vacancy: Vacancy, row: dict[str, Any], at: datetime) -> None:
    """Send a vacancy, and write what the two say about it, a few hours apart."""
    approval.send_for_approval(recruiter, vacancy, row.get("comment", ""), now=at)
    db.session.flush()  # the version is the database's
    if "question" in row:
        approval.add_comment(officer, vacancy, row["question"], now=at + timedelta(hours=2))
    if "changes" in row:
        asked_at = at + timedelta(hours=4)
        approval.request_changes(officer, vacancy, row["changes"], seen_version=vacancy.version, now=asked_at)
    if "answer" in row:
        approval.add_comment(recruiter, vacancy, row["answer"], now=at + timedelta(hours=6))


def _opening(row: dict[str, Any], today: date) -> datetime | None:
    if "opens_in_days" in row:
        return london_moment(today + timedelta(days=row["opens_in_days"]), OPENING)
    if "opened_days_ago" in row:
        return london_moment(today - timedelta(days=row["opened_days_ago"]), OPENING)
    return None


def _addition(line: dict[str, Any], today: date) -> Addition:
    review_on = today + timedelta(days=line["review_in_days"]) if "review_in_days" in line else None
    return Addition.model_validate({**line, "review_on": review_on}, strict=False)


def _wording(row: dict[str, Any], today: date) -> Wording:
    wording = Wording(**{key: _tidy(row[key]) for key in WORDING if key in row})
    if "promise_as_of_days_ago" in row:
        wrote_on = today - timedelta(days=row.get("opened_days_ago", 0) + 2)  # figures are older than the advert
        wording = replace(wording, promise_as_of=wrote_on - timedelta(days=row["promise_as_of_days_ago"]))
    if "interview_in_days_after_closing" in row and "closes_in_days" in row:
        closes_on = today + timedelta(days=row["closes_in_days"])
        wanted = closes_on + timedelta(days=row["interview_in_days_after_closing"])
        told = working_days_after(closes_on, targets().shortlist)
        day = max(wanted, working_days_after(told, INVITED_BEFORE))  # nobody is interviewed before they are told
        wording = replace(wording, interview_on=day if is_working_day(day) else working_days_after(day, 1))
    return wording


def _criterion(line: dict[str, Any]) -> CriterionText:
    at = Assessment(line.get("assessed_at", "application"))
    return CriterionText(CriterionKind(line["kind"]), line["text"], at, line.get("weight", 1))


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
