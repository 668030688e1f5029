"""Twenty times the same at the same moment, against two server processes: one effect, and a page for everybody else."""

import time
from collections import Counter
from datetime import timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import func, select

from recruit.accounts.models import User
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.openings import Opening
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.approval import send_for_approval
from recruit.vacancies.models import Vacancy, VacancyEvent
from recruit.vacancies.pricing import settlement
from recruit.vacancies.service import copy_vacancy
from tests.bench.drafts import cookie_for, make_drafts
from tests.service import ledger
from tests.service.place import Place, Service, ask, at_once, first_visit

pytestmark = pytest.mark.slow

TIMES, TRIES = 20, 5


def signed_in(place: Place, email: str) -> tuple[str, str]:
    """Return the cookie and the token of somebody of the demonstration."""
    user = db.session.scalars(select(User).where(User.email == email)).one()
    with transaction():
        return cookie_for(place.app, user)


def post_at_once(service: Service, path: str, people: list[tuple[str, str]], **form: str) -> Counter[int]:
    """Send one form twenty times, the people in turns; return how many answers had which status.

    Who waits in vain for a turn to write, which happens on a machine that stands still for a second, is told to try
    again (503) and does.
    """

    def send(number: int):
        cookie, token = people[number % len(people)]
        for _ in range(TRIES):
            answer = ask(service.port, "POST", path, {"csrf_token": token, **form}, cookie)
            if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
                break
            time.sleep(float(answer.headers["retry-after"]))
        return answer

    return Counter(answer.status for answer in at_once(TIMES, send))


def test_one_submission(place: Place, service: Service):
    [draft] = make_drafts(place.app, 1, seed=11)
    path = f"/applications/{draft.reference}/check"
    answers = post_at_once(service, path, [(draft.cookie, draft.csrf_token)])

    assert answers == {302: TIMES}  # whoever comes second is led to the confirmation, which is what they wanted
    once = Counter({1: 1})
    assert ledger.sent_once(place, [draft.reference]) == dict.fromkeys(
        ("sent", "events", "snapshots", "messages"), once
    )
    assert ledger.wrong_counts(place) == {}


def test_one_application(place: Place, service: Service):
    [draft] = make_drafts(place.app, 1, seed=12)
    with place.app.app_context():
        owner = Application.reference == draft.reference
        first = db.session.scalars(select(Application).where(owner)).one()
        person, now = first.candidate_id, clock.now()
        published = db.session.scalars(select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED))
        slug = next(one.slug for one in published if one.is_open(now) and one.id != first.vacancy_id)
        db.session.remove()
    answers = post_at_once(service, f"/jobs/{slug}/apply", [(draft.cookie, draft.csrf_token)])

    with place.app.app_context():
        theirs = db.session.scalars(select(Application.id).where(Application.candidate_id == person)).all()
        db.session.remove()
    assert answers == {302: TIMES}
    assert len(theirs) == 2


def test_one_account(place: Place, service: Service):
    people = [first_visit(service.port, "/register") for _ in range(TIMES)]
    form = {"name": "Sam Taylor", "email": "sam.taylor@once.example", "password": "nine green bottles hang"}
    answers = post_at_once(service, "/register", people, **form)

    with place.app.app_context():
        number = db.session.scalar(select(func.count(User.id)).where(User.email_key == "sam.taylor@once.example"))
        db.session.remove()
    assert answers == {302: TIMES}  # all alike, so that nobody learns who has an account
    assert number == 1


def test_one_decision_by_two_officers(place: Place, service: Service):
    with place.app.app_context():
        hr = [signed_in(place, "hr@demo.example"), signed_in(place, "hr.two@demo.example")]
        sent = select(Application).where(Application.status == ApplicationStatus.SUBMITTED).order_by(Application.id)
        application = db.session.scalars(sent).first()
        assert application
        key, reference, version = application.id, application.reference, str(application.version)
        db.session.remove()
    answers = post_at_once(service, f"/review/applications/{reference}/shortlist", hr, version=version, reason="Good.")

    with place.app.app_context():
        decided = ApplicationEvent.application_id == key, ApplicationEvent.target == "shortlisted"
        events = db.session.scalars(select(ApplicationEvent.id).where(*decided)).all()
        letters = db.session.scalars(select(LetterDraft.event_id).where(LetterDraft.application_id == key)).all()
        db.session.remove()
    assert answers == {302: 1, 409: TIMES - 1}
    assert len(events) == 1
    assert letters == events
    assert ledger.wrong_counts(place) == {}


def test_twenty_openings_are_twenty_rows_that_another_process_sees_at_once(place: Place, service: Service):
    with place.app.app_context():
        hr = [signed_in(place, "hr@demo.example"), signed_in(place, "hr.two@demo.example")]
        application = db.session.scalars(select(Application).where(Application.submitted_at.is_not(None))).first()
        assert application
        key, path = application.id, f"/review/applications/{application.reference}"
        before = db.session.scalar(select(func.count(Opening.id)).where(Opening.application_id == key)) or 0
        db.session.remove()
    answers = at_once(TIMES, lambda number: ask(service.port, "GET", path, cookie=hr[number % 2][0]))

    with place.app.app_context():
        kept = db.session.scalar(select(func.count(Opening.id)).where(Opening.application_id == key))
        db.session.remove()
    shown = Counter(answer.status for answer in answers)
    assert kept == before + shown[200]
    assert shown[200] + shown[503] == TIMES
    assert shown[200]


def test_one_approval_by_two_officers(place: Place, service: Service):
    with place.app.app_context():
        officers, now = [signed_in(place, "hr@demo.example"), signed_in(place, "hr.two@demo.example")], clock.now()
        with transaction():
            model = db.session.scalars(select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED)).first()
            user = db.session.scalars(select(User).where(User.email == "recruiter@demo.example")).one()
            assert model
            recruiter = user.as_actor(frozenset({model.team_id}))
            vacancy = copy_vacancy(recruiter, model, now=now)
            vacancy.closes_at = now + timedelta(days=20)
        with transaction():
            send_for_approval(recruiter, vacancy, now=now)
        key, reference, version = vacancy.id, vacancy.reference, str(vacancy.version)
        pay = settlement(vacancy, now=now).mark
        db.session.remove()
    answers = post_at_once(service, f"/review/approvals/{reference}/approve", officers, version=version, pay=pay)

    with place.app.app_context():
        published = VacancyEvent.vacancy_id == key, VacancyEvent.target == VacancyStatus.PUBLISHED.value
        number = db.session.scalar(select(func.count(VacancyEvent.id)).where(*published))
        db.session.remove()
    assert answers == {302: 1, 409: TIMES - 1}
    assert number == 1
