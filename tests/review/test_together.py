"""Two people and twenty clicks at one moment: one effect, and everybody else is told."""

from recruit.accounts.models import User
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.queries import counts_by_status
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.review import service
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.at_once import AT_ONCE, all_at_once
from tests.factories import UserFactory
from tests.review.sent import sent_application


def kept(application_id):
    db.session.expire_all()
    application = db.session.get(Application, application_id)
    events = db.session.query(ApplicationEvent).filter_by(application_id=application_id).count() - 1  # sending is one
    letters = db.session.query(LetterDraft).count()
    counts = {status: number for status, number in counts_by_status("all").items() if number}
    return application.status, events, letters, counts


def test_twenty_decisions_of_two_people_at_once_have_one_effect(app, session):
    people = [UserFactory(roles=[Role.HR]).id for _ in range(2)]
    application = sent_application()
    key, seen, now = application.id, application.version, clock.now()
    criterion = application.vacancy.criteria[0].id
    session.remove()

    def decide(number):
        actor = db.session.get(User, people[number % 2]).as_actor()
        target = (ApplicationStatus.SHORTLISTED, ApplicationStatus.NOT_SHORTLISTED)[number // 2 % 2]
        service.move_application(
            actor,
            db.session.get(Application, key),
            target,
            seen_version=seen,
            reason="Because",
            criterion_id=criterion,
            now=now,
        )

    ended = all_at_once(app, decide)
    assert ended["done"] == 1
    assert sum(ended.values()) == AT_ONCE
    assert all("this application" in words for words in ended if words != "done"), ended
    status, events, letters, counts = kept(key)
    assert (events, letters, counts) == (1, 1, {status: 1})


def test_twenty_undos_at_once_have_one_effect(app, session):
    user = UserFactory(roles=[Role.HR])
    application = sent_application()
    key, hr = application.id, user.id
    with transaction():
        service.move_application(
            user.as_actor(),
            application,
            ApplicationStatus.SHORTLISTED,
            seen_version=application.version,
            now=clock.now(),
        )
    seen = application.version
    session.remove()

    def undo(_number):
        actor = db.session.get(User, hr).as_actor()
        service.undo_move(actor, db.session.get(Application, key), seen_version=seen, now=clock.now())

    assert all_at_once(app, undo)["done"] == 1
    assert kept(key) == (ApplicationStatus.SUBMITTED, 2, 0, {ApplicationStatus.SUBMITTED: 1})


def test_twenty_readings_at_once_are_one(app, session):
    hr, application = UserFactory(roles=[Role.HR]).id, sent_application()
    key = application.id
    session.remove()

    def read(_number):
        service.mark_read(db.session.get(User, hr).as_actor(), db.session.get(Application, key), now=clock.now())

    assert all_at_once(app, read) == {"done": AT_ONCE}
