"""Whole applications that wait to be sent, each with its candidate's signed-in cookie."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from recruit.accounts import sessions
from recruit.accounts.models import User
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.demo.applications import Applications
from recruit.demo.people import People
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy
from recruit.web import guard

BATCH = 50  # drafts of a transaction
WRITTEN_WITHIN = timedelta(hours=2)  # before now: a vacancy that opened since takes no draft as old as these may be


@dataclass(frozen=True, slots=True)
class Draft:
    """What a client needs to send one application."""

    reference: str
    cookie: str
    csrf_token: str


def make_drafts(app: Flask, number: int, seed: int) -> list[Draft]:
    """Add so many whole drafts by as many new candidates, spread over the open vacancies."""
    drafts: list[Draft] = []
    with app.app_context():
        people = People(london_day(clock.now()), seed)
        while len(drafts) < number:
            with transaction():
                now = clock.now()
                writer = Applications(people, [], now=now)
                vacancies = [
                    vacancy
                    for vacancy in db.session.scalars(
                        select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED).order_by(Vacancy.id).limit(60)
                    )
                    if vacancy.is_open(now) and vacancy.is_open(now - WRITTEN_WITHIN)
                ]
                for place in range(min(BATCH, number - len(drafts))):
                    person = people.draw()
                    person.email = f"seed{seed}.{person.email}"
                    user, _ = writer.account(person)
                    draft = writer.write(vacancies[place % len(vacancies)], user, person)
                    drafts.append(Draft(draft.reference, *cookie_for(app, user)))
        db.session.remove()
    return drafts


def cookie_for(app: Flask, user: User) -> tuple[str, str]:
    """Sign `user` in and return the cookie header and a token for forms, as the server would have given them."""
    token = sessions.open_session(user, now=clock.now())
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    raw = "0123456789abcdef0123456789abcdef01234567"
    value = signer.dumps(
        {"_permanent": True, guard.TOKEN: token, guard.SEEN_AT: int(clock.now().timestamp()), "csrf_token": raw}
    )
    form_token = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(raw)
    return f"{app.config['SESSION_COOKIE_NAME']}={value}", str(form_token)
