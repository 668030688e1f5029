"""Vacancies that candidates save to find again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import joinedload

from recruit.core.calendar import closing_words, long_date, time_left
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.core.money import pounds_range
from recruit.pay.additions import additions_of
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import SavedVacancy, Vacancy
from recruit.vacancies.presentation import pro_rata_words


@dataclass(frozen=True, slots=True)
class SavedLine:
    """One saved vacancy in words."""

    slug: str
    title: str
    team: str
    pay: str
    beside: str
    is_open: bool
    closing: str
    saved_at: datetime


def save_vacancy(actor: Actor, vacancy: Vacancy, *, now: datetime) -> None:
    """Let `actor` find `vacancy` again.  Saving twice is saving once.

    Raises:
        NotAllowed: not a candidate.
        Conflict: they have saved as many as there can be.
    """
    authorise(actor, Permission.APPLICATION_START)
    hold(f"saved {actor.user_id}")
    if is_saved(actor, vacancy.id):
        return
    number = db.session.scalar(select(func.count()).where(SavedVacancy.user_id == actor.user_id)) or 0
    if number >= limits.SAVED_VACANCIES:
        raise Conflict(f"You have saved {limits.SAVED_VACANCIES} vacancies. Take one away to save another.")
    db.session.add(SavedVacancy(user_id=actor.user_id, vacancy_id=vacancy.id, saved_at=now))


def remove_saved_vacancy(actor: Actor, slug: str) -> None:
    """Take a saved vacancy away.  One that is not saved is no fault: it may have been taken away in another window."""
    number = select(Vacancy.id).where(Vacancy.slug == slug).scalar_subquery()
    db.session.execute(
        delete(SavedVacancy).where(SavedVacancy.user_id == actor.user_id, SavedVacancy.vacancy_id == number)
    )


def forget_saved_vacancies(actor: Actor) -> None:
    """Take away all that `actor` has saved."""
    db.session.execute(delete(SavedVacancy).where(SavedVacancy.user_id == actor.user_id))


def is_saved(actor: Actor, vacancy_id: int) -> bool:
    """Say whether `actor` has saved the vacancy."""
    return db.session.get(SavedVacancy, (actor.user_id, vacancy_id)) is not None


def saved_vacancies(actor: Actor, *, now: datetime) -> list[SavedLine]:
    """Return what `actor` has saved: open ones first, those that close soonest at the top, then what has ended."""
    ended = (Vacancy.status != VacancyStatus.PUBLISHED) | (Vacancy.closes_at <= now)
    statement = (
        select(SavedVacancy)
        .join(Vacancy, Vacancy.id == SavedVacancy.vacancy_id)
        .where(SavedVacancy.user_id == actor.user_id)
        .options(joinedload(SavedVacancy.vacancy).joinedload(Vacancy.team))
        .order_by(case((ended, 1), else_=0), Vacancy.closes_at, Vacancy.id)
    )
    return [_line(saved, now) for saved in db.session.scalars(statement)]


def _line(saved: SavedVacancy, now: datetime) -> SavedLine:
    vacancy = saved.vacancy
    return SavedLine(
        slug=vacancy.slug,
        title=vacancy.title,
        team=vacancy.team.name,
        pay=_pay(vacancy),
        beside=", ".join(one.name for one in additions_of(vacancy.additions)).lower(),
        is_open=vacancy.is_open(now),
        closing=_closing(vacancy, now),
        saved_at=saved.saved_at,
    )


def _pay(vacancy: Vacancy) -> str:
    low, high = vacancy.salary_min_pence or 0, vacancy.salary_max_pence or 0
    share = pro_rata_words(low, high, vacancy.weekly_hours, vacancy.paid_weeks)
    return f"{pounds_range(low, high)} a year for full time" + (f", pro rata {share}" if share else "")


def _closing(vacancy: Vacancy, now: datetime) -> str:
    if vacancy.status == VacancyStatus.CANCELLED:
        return "Cancelled"
    if vacancy.status == VacancyStatus.PAUSED:
        return "Paused: it takes no applications for now"
    if vacancy.closes_at is None:
        return "Not open"
    if vacancy.has_closed(now):
        return f"Closed on {long_date(vacancy.closes_at)}"
    left = time_left(vacancy.closes_at, now)
    return f"Closes at {closing_words(vacancy.closes_at)}" + (f": {left}" if left else "")
