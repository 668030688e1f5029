"""What the demonstration lacks: names as long as may be, people who have nothing yet, a cancelled vacancy."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import RoleGrant, User
from recruit.app import create_app
from recruit.applications.labels import Label
from recruit.applications.models import ContactDetails
from recruit.applications.service import start_application
from recruit.applications.submitting import send_application
from recruit.config import Settings
from recruit.core import clock
from recruit.core.calendar import closing_moment, london_day
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.demo.applications import Applications
from recruit.demo.people import People
from recruit.review.labels import put_label
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import approval, service
from recruit.vacancies.models import Vacancy
from tests.databases import end_connections

LONG_NAME = "Wilhelmina-Anastasia Featherstonehaugh-Cholmondeley " + "of the House of Hohenzollern-Sigmaringen " * 3
LONG_TITLE = (
    "Advanced social work practitioner and deputy team manager, unaccompanied asylum-seeking children and "
    "care-experienced young people (maternity cover)"
)
ONE_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
NOW_HERE = ("new.candidate", Role.CANDIDATE), ("new.recruiter", Role.RECRUITER)
TRIES = 4
LONG_NAMED = "long.candidate@demo.example"


def app_of(environment: Mapping[str, str]):
    """Return an application on the running service's database."""
    settings = Settings(**{name.lower(): value for name, value in environment.items()})  # type: ignore[arg-type]
    return create_app(settings.model_copy(update={"recruit_env": "test"}))


def beside_the_service(make: Callable[[], Any]) -> Any:
    """Make rows in a database that a running service writes to.

    SQLite refuses at once who read first and would write after somebody else did; they begin again.
    """
    for _ in range(TRIES):
        try:
            return make()
        except OperationalError:
            db.session.rollback()
    return make()


def load_extremes(environment: Mapping[str, str]) -> None:
    """Add them, with the demonstration's password."""
    app, now = app_of(environment), clock.now()
    password_hash = hash_password(environment["RECRUIT_DEMO_PASSWORD"])
    with app.app_context():
        with transaction():
            for name, role in NOW_HERE:
                _account(f"{name}@demo.example", "Teal Marlow", role, password_hash)
            long_named = _account(LONG_NAMED, LONG_NAME.strip(), Role.CANDIDATE, password_hash)
            recruiter = db.session.scalars(select(User).where(User.email_key == "recruiter@demo.example")).one()
            teams = frozenset(db.session.scalars(select(Vacancy.team_id)))
            model = db.session.scalars(
                select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED).order_by(Vacancy.id)
            ).first()
            assert model
            actor = recruiter.as_actor(teams)
            officer = db.session.scalars(select(User).where(User.email_key == "hr.two@demo.example")).one().as_actor()
            cancelled = _published(actor, officer, model, "Social worker, cancelled duty team")
            service.cancel_vacancy(actor, cancelled, "The post was filled by a transfer.", now=now)
            vacancy = _published(actor, officer, model, LONG_TITLE, workplace=ONE_WORD)
            people = People(london_day(now), seed=1)
            writer = Applications(people, [recruiter], now=now)
            person = people.draw(long_named.name, LONG_NAMED)
            person.history[-1].organisation = person.referees[0].organisation = ONE_WORD
            application = writer.write(vacancy, long_named, person)
            contact = db.session.get_one(ContactDetails, application.id)
            contact.address_line_1 = ONE_WORD
            db.session.flush()
            send_application(long_named.as_actor(), application, now=now)
            label = Label(name=ONE_WORD[: limits.LABEL_CHARACTERS])
            db.session.add(label)
            db.session.flush()
            put_label(officer, application, label, now=now)
            published = db.session.scalars(select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED))
            other = next(one for one in published if one.is_open(now + timedelta(days=1)) and one is not vacancy)
            start_application(long_named.as_actor(), long_named, other, now=now)  # filled in from the first
        db.session.remove()
        end_connections()


def _published(actor, officer, model: Vacancy, title: str, **words: str) -> Vacancy:
    now = clock.now() - timedelta(hours=1)
    vacancy = service.copy_vacancy(actor, model, now=now)
    vacancy.title = title
    for name, text in words.items():
        setattr(vacancy, name, text)
    vacancy.closes_at = closing_moment(london_day(now) + timedelta(days=40))
    db.session.flush()
    approval.send_for_approval(actor, vacancy, now=now)
    db.session.flush()
    approval.approve_vacancy(officer, vacancy, seen_version=vacancy.version, now=now)
    db.session.flush()
    return vacancy


def _account(email: str, name: str, role: Role, password_hash: str) -> User:
    user = User(
        email=email,
        email_key=email,
        name=name,
        password_hash=password_hash,
        confirmed_at=clock.now(),
        created_at=clock.now(),
        grants=[RoleGrant(role=role)],
    )
    db.session.add(user)
    db.session.flush()
    return user
