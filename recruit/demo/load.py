"""Loading the demonstration once."""

from datetime import datetime

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.demo.applications import Applications, mark_sent
from recruit.demo.appointed import load_appointed
from recruit.demo.decisions import load_decisions
from recruit.demo.documents import ask_for_documents, load_documents
from recruit.demo.equality import load_equality
from recruit.demo.interested import load_interest
from recruit.demo.interviews import load_interviews
from recruit.demo.lives import load_lives
from recruit.demo.openings import load_openings
from recruit.demo.organisation import load_organisation
from recruit.demo.pages import load_pages
from recruit.demo.panels import load_panels
from recruit.demo.people import People
from recruit.demo.self_disclosures import load_disclosures
from recruit.demo.sign_ins import COLLEAGUE
from recruit.demo.synonyms import load_synonyms
from recruit.demo.undelivered import let_some_come_back
from recruit.demo.vacancies import load_vacancies
from recruit.demo.worklists import load_worklists
from recruit.demo.writing import load_writing
from recruit.documents.storage import DocumentStore
from recruit.vacancies.models import Team, Vacancy


def is_loaded() -> bool:
    """Say whether this database has the demonstration."""
    return db.session.scalar(select(User.id).where(User.email_key == COLLEAGUE[0])) is not None


def load_demo(password: str, store: DocumentStore, *, now: datetime) -> dict[str, int]:
    """Add the demonstration to an empty database.

    Args:
        password: of every demo account.
        store: where bytes of documents are kept.
        now: this moment; vacancies open and close around it.

    Returns:
        How many vacancies and applications there are.

    Raises:
        Conflict: the database has other people's data.
    """
    if db.session.scalar(select(Vacancy.id).limit(1)) or db.session.scalar(select(Team.id).limit(1)):
        raise Conflict("This database has data of its own, so the demonstration is not added to it.")
    people = load_organisation(password, now=now)
    teams = frozenset(db.session.scalars(select(Team.id)))
    recruiter = people["recruiter@demo.example"].as_actor(teams)
    reviewers = [people["hr@demo.example"], people[COLLEAGUE[0]]]
    load_pages(reviewers[0], now=now)
    load_synonyms(people["admin@demo.example"].as_actor(), now=now)
    vacancies = load_vacancies(recruiter, reviewers[1].as_actor(), now=now)
    drawn = People(london_day(now))
    applications = Applications(drawn, reviewers, now=now)
    number = applications.load(vacancies, people["candidate@demo.example"])
    number += load_panels(applications, vacancies, people, now=now)
    db.session.flush()  # versions are the database's
    number += load_interviews(applications, vacancies, people, now=now)
    load_interest(applications, drawn, now=now)
    load_lives(applications, vacancies, recruiter, now=now)
    load_writing(vacancies, recruiter, now=now)
    load_documents(vacancies, recruiter, store, now=now)
    load_worklists(reviewers[0].as_actor(), now=now)
    ask_for_documents(vacancies, people, store, now=now)
    number += load_appointed(applications, vacancies[0], people, recruiter, reviewers[1].as_actor(), now=now)
    load_disclosures(people, now=now)
    mark_sent(now=now)
    let_some_come_back("candidate@demo.example", now=now)
    load_openings(people["hr@demo.example"], now=now)
    load_equality(london_day(now).year)
    load_decisions(vacancies[0], reviewers[0].as_actor(), now=now)  # these are still to be sent
    return {"vacancies": len(vacancies), "applications": number}
