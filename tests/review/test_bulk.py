"""The same done with many applications: one transaction, what cannot be done is named, the rest is done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import func, insert, select, text, update

from recruit.accounts.models import User
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application, ApplicationEvent
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.review import bulk
from recruit.review.bulk import Seen
from recruit.review.models import ApplicationRead, Assignment
from recruit.review.service import move_application
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.at_once import all_at_once
from tests.factories import NOW, ApplicationFactory, UserFactory, VacancyFactory

S = ApplicationStatus


@pytest.fixture
def hr_person(session):
    return UserFactory(roles=[Role.HR]).as_actor()


def waiting(number):
    """Return so many applications of people of their own, put there as rows: a commit for each would take longer."""
    vacancy = VacancyFactory(published=True)
    start = db.session.scalar(select(func.max(User.id)))
    people = [
        {
            "email": f"{start}.{place}@people.test",
            "email_key": f"{start}.{place}@people.test",
            "name": f"Person {place}",
            "password_hash": "none",
            "created_at": NOW,
            "version": 1,
        }
        for place in range(number)
    ]
    ids = db.session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), people).all()
    rows = [
        {
            "reference": f"A-{key:07}".replace("0", "B").replace("1", "C"),
            "candidate_id": key,
            "vacancy_id": vacancy.id,
            "team_id": vacancy.team_id,
            "status": S.SUBMITTED,
            "created_at": NOW,
            "submitted_at": NOW,
            "due_at": NOW,
            "version": 1,
        }
        for key in ids
    ]
    made = db.session.scalars(insert(Application).returning(Application, sort_by_parameter_order=True), rows).all()
    sent = {"source": "draft", "target": "submitted", "reason": "", "at": NOW}
    events = [{"application_id": one.id, "actor_id": one.candidate_id, **sent} for one in made]
    db.session.execute(insert(ApplicationEvent), events)
    db.session.commit()
    return made


def seen(applications):
    return [Seen(one.reference, one.version, one.assigned_to_id or 0) for one in applications]


def statuses():
    return dict(
        db.session.execute(select(Application.status, func.count()).group_by(Application.status)).tuples().all()
    )


def refusals(results):
    return {row.reference: row.refusal for row in results if row.refusal}


def test_five_hundred_with_one_that_cannot_be_moved(hr_person):
    made = waiting(limits.BULK_APPLICATIONS)
    rows = seen(made)
    odd = made[250].reference
    db.session.execute(update(Application).where(Application.reference == odd).values(status=S.WITHDRAWN))
    db.session.commit()
    with transaction():
        results = bulk.shortlist_each(hr_person, rows, "Meets all.", decide=move_application, now=clock.now())

    assert len(results) == limits.BULK_APPLICATIONS
    assert list(refusals(results)) == [odd]
    assert refusals(results)[odd] == "It was at “Withdrawn” already, and is left there."
    assert statuses() == {S.SHORTLISTED: limits.BULK_APPLICATIONS - 1, S.WITHDRAWN: 1}
    assert db.session.scalar(select(func.count()).select_from(LetterDraft)) == limits.BULK_APPLICATIONS - 1


def test_what_goes_beyond_the_limit_is_not_looked_at(hr_person, monkeypatch):
    monkeypatch.setattr(limits, "BULK_APPLICATIONS", 2)
    made = waiting(3)
    with transaction():
        results = bulk.assign_each(hr_person, seen(made), hr_person.user_id, now=clock.now())
    assert len(results) == 2
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 2


def test_a_no_names_the_criterion_and_gives_everybody_the_same_feedback(hr_person):
    made = waiting(2)
    other = waiting(1)[0]
    criterion = made[0].vacancy.criteria[0]
    with transaction():
        results = bulk.decline_each(
            hr_person, seen([*made, other]), criterion.id, "Say what you did.", decide=move_application, now=clock.now()
        )
    assert refusals(results) == {other.reference: "Select the criterion that decided it"}
    assert statuses() == {S.NOT_SHORTLISTED: 2, S.SUBMITTED: 1}
    letters = db.session.scalars(select(LetterDraft)).all()
    assert {(one.event.criterion.text, one.event.reason) for one in letters} == {(criterion.text, "Say what you did.")}


@pytest.mark.parametrize("number", [1, 3])
def test_who_can_be_given_it_is_asked_once_for_all(hr_person, queries, number):
    made = waiting(number)
    rows = seen(made)
    queries.clear()
    with transaction():
        bulk.assign_each(hr_person, rows, hr_person.user_id, now=clock.now())
    assert len([one for one in queries if one.startswith("SELECT")]) == 2  # the people, the applications


def test_two_officers_with_rows_of_two_vacancies_never_wait_for_each_other(app, session):
    """The second is made to wait while the first is half way: by then the first has all that it will need."""
    made = [*waiting(1), *waiting(1)]
    rows, now = seen(made), clock.now()
    actors = [UserFactory(roles=[Role.HR]).as_actor() for _ in range(2)]
    half_way, is_postgresql = Event(), db.engine.dialect.name == "postgresql"
    session.remove()

    def decide(actor, application, *given, **named):
        move_application(actor, application, *given, **named)
        if actor == actors[0] and not half_way.is_set():
            half_way.set()
            if is_postgresql:
                wait_until_somebody_waits()

    def shortlist(number):
        mine = rows if number == 0 else [rows[1]]
        with app.app_context():
            if number == 1:
                assert half_way.wait(timeout=20)
            with transaction():
                results = bulk.shortlist_each(actors[number], mine, "", decide=decide, now=now)
            db.session.remove()
        return refusals(results)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(shortlist, range(2))
    assert first == {}
    assert list(second) == [rows[1].reference]
    assert statuses() == {S.SHORTLISTED: 2}


def wait_until_somebody_waits():
    until = monotonic() + 10
    while monotonic() < until:
        if db.session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            return
    raise AssertionError("nobody waits")


def test_ones_own_application_and_a_draft_are_left(session):
    own = UserFactory(roles=[Role.HR, Role.CANDIDATE])
    mine = ApplicationFactory(submitted=True, candidate=own)
    draft = ApplicationFactory()
    with transaction():
        results = bulk.shortlist_each(own.as_actor(), seen([mine, draft]), "", decide=move_application, now=clock.now())
    assert set(refusals(results).values()) == {"There is no such application."}
    assert len(refusals(results)) == 2


def test_whoever_assigns_second_is_told_for_each(hr_person):
    made = waiting(2)
    rows, other = seen(made), UserFactory(name="Hollis Ray", roles=[Role.HR])
    with transaction():
        bulk.assign_each(hr_person, rows, other.id, now=clock.now())
    assert db.session.query(ApplicationRead).count() == 0  # whoever shares them out has not read them
    with transaction():
        results = bulk.assign_each(hr_person, rows, hr_person.user_id, now=clock.now())
    assert [("Hollis Ray has it now" in row.refusal) for row in results] == [True, True]


def test_twenty_officers_at_once_shortlist_each_once(app, session):
    made = waiting(3)
    people = [UserFactory(roles=[Role.HR]).as_actor() for _ in range(2)]
    rows, now = seen(made), clock.now()
    session.remove()

    def shortlist(number):
        mine = rows if number % 2 else rows[::-1]
        bulk.shortlist_each(people[number % 2], mine, "", decide=move_application, now=now)

    all_at_once(app, shortlist)
    assert statuses() == {S.SHORTLISTED: 3}
    assert db.session.scalar(select(func.count()).select_from(LetterDraft)) == 3
