"""Vacancies with a panel, and sifts under way."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.panels import opening, setup, sheets
from recruit.panels.entry import Entry
from recruit.panels.models import ScoreSheet
from recruit.rules.access import Role
from recruit.vacancies.models import Vacancy
from tests.factories import UserFactory
from tests.review.sent import open_vacancy, sent_application


def panel_member(name: str = "Pat Marsh") -> User:
    return UserFactory(name=name, roles=[Role.PANEL])


def hr_person() -> User:
    return UserFactory(name="Harper Reed", roles=[Role.HR])


def closed_vacancy(number: int = 2, **given: Any) -> tuple[Vacancy, list[Application]]:
    """Return a vacancy that closed an hour ago, with so many applications in the order of references."""
    vacancy = open_vacancy(**given)
    applications = [sent_application(vacancy=vacancy) for _ in range(number)]
    vacancy.closes_at = clock.now() - timedelta(hours=1)
    db.session.commit()
    return vacancy, sorted(applications, key=lambda one: one.reference)


def with_panel(vacancy: Vacancy, members: Sequence[User], hr: User) -> None:
    """Put `members` on the panel; the first is its chair and trained."""
    with transaction():
        for member in members:
            setup.add_member(hr.as_actor(), vacancy, member.id, now=clock.now())
        setup.record_training(hr.as_actor(), vacancy, members[0].id, date(2026, 1, 5), now=clock.now())


def open_sift(number: int = 2, people: int = 2) -> tuple[Vacancy, list[Application], list[User], User]:
    """Return a vacancy whose sift is open, its applications, its members and an HR person."""
    vacancy, applications = closed_vacancy(number)
    members, hr = [panel_member(f"Member {letter}") for letter in "ABCDE"[:people]], hr_person()
    with_panel(vacancy, members, hr)
    with transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    return vacancy, applications, members, hr


def sheet_of(application: Application, scorer: User) -> ScoreSheet:
    return db.session.query(ScoreSheet).filter_by(application_id=application.id, scorer_id=scorer.id).one()


def score(application: Application, scorer: User, points: Sequence[int], *, submit: bool = True) -> ScoreSheet:
    """Declare and score every criterion in order."""
    sheet = sheet_of(application, scorer)
    actor = scorer.as_actor()
    with transaction():
        sheets.declare_none(actor, sheet, now=clock.now())
    with transaction():
        sheets.save_scores(
            actor, sheet, entries(application, points), seen_version=sheet.version, now=clock.now(), submit=submit
        )
    return sheet


def entries(application: Application, points: Sequence[int]) -> Mapping[int, Entry]:
    lines = application.vacancy.criteria
    return {line.id: Entry(score, f"Because {score}") for line, score in zip(lines, points, strict=True)}
