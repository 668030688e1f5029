"""Closing an account."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from recruit.accounts import administration
from recruit.accounts.models import EmailChange, User
from recruit.alerts.models import Alert
from recruit.applications import queries, reminders
from recruit.applications.models import Application, ApplicationEvent
from recruit.appointments.employment_models import EmploymentPart
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.review import service as review
from recruit.rules.access import SYSTEM, Role
from recruit.rules.employment import Part
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import SavedVacancy
from recruit.vacancies.saved import save_vacancy
from tests import factories
from tests.accounts.people import PASSWORD, somebody
from tests.alerts.alerting import an_alert
from tests.appointments.asked import answer, asked_on, quickly_appointed
from tests.review.sent import release, sent_application
from tests.visitor import Visitor
from tests.web.account.mails import mails

EMAIL = "sam@demo.example"


@pytest.fixture
def sam(visit_as) -> Visitor:
    return visit_as(somebody(email=EMAIL))


def close(sam: Visitor, status: int = 302):
    return sam.submit("/account/close", {"current": PASSWORD}, status)


def last_mail() -> tuple[str, str, str]:
    return [mail for mail in mails() if mail[0] == EMAIL][-1]


def test_an_account_that_sent_nothing_is_gone(sam, visitor):
    factories.ApplicationFactory(candidate=sam.user)
    sam.submit("/account/email", {"email": "new@demo.example", "current": PASSWORD})
    key = sam.user.id
    page = sam.get("/account/close")
    assert "an application that you have not sent" in page.main.text
    assert "What is kept" not in page.main.text
    close(sam)

    assert "Your account is closed" in sam.follow().text
    found = [db.session.scalar(select(func.count()).select_from(model)) for model in (Application, EmailChange)]
    assert (db.session.get(User, key), found) == (None, [0, 0])
    assert last_mail()[1] == "Your account is closed"
    assert "stays with HR" not in last_mail()[2]
    sam.get("/account", 302)
    visitor.submit("/sign-in", {"email": EMAIL, "password": PASSWORD}, 200)


@pytest.mark.one_database
def test_what_was_entered_before_a_start_goes_unless_it_was_sent(sam):
    details = asked_on(quickly_appointed(candidate=sam.user))
    answer(details, Part.BANK)
    assert "what you entered for the checks before you start" in sam.get("/account/close").main.text
    close(sam)

    assert db.session.query(EmploymentPart).count() == 0
    assert details.cleared_at


def test_what_was_sent_stays_with_hr_and_the_address_is_free(sam, visitor, hr):
    sent = sent_application(candidate=sam.user)
    factories.ApplicationFactory(candidate=sam.user)
    key, reference, name = sam.user.id, sent.reference, sam.user.name
    page = sam.get("/account/close").main.text
    assert f"We withdraw what is not decided yet: {reference}." in page
    close(sam)

    db.session.rollback()
    user = db.session.get_one(User, key)
    assert (user.email, user.name, user.grants) == (f"closed-{key}@account.invalid", name, [])
    assert user.closed_at is not None
    kept = db.session.scalars(select(Application)).one()
    assert (kept.reference, kept.status) == (reference, ApplicationStatus.WITHDRAWN)
    event = db.session.scalars(select(ApplicationEvent).order_by(ApplicationEvent.id.desc())).first()
    assert (event.target, event.reason) == ("withdrawn", "They closed their account")
    assert sent_content(kept)["full_name"] in hr.get(f"/review/applications/{reference}").main.text
    subject, text = last_mail()[1:]
    assert subject == "Your account is closed"
    assert f"we had not decided: {reference}." in text
    assert "stays with HR" in text

    visitor.submit("/register", {"name": "Sam Taylor", "email": EMAIL, "password": PASSWORD})
    db.session.rollback()
    assert db.session.scalars(select(User.id).where(User.email_key == EMAIL)).one() != key


def sent_content(application: Application) -> dict:
    return queries.snapshot_of(application.id).content["contact-details"]


def test_saved_vacancies_go_though_something_was_sent_and_alerts_go_on_as_the_page_says(sam):
    sent = sent_application(candidate=sam.user)
    save_vacancy(sam.user.as_actor(), sent.vacancy, now=clock.now())
    assert "email alert" not in sam.get("/account/close").main.text
    an_alert(sam.user.email)
    db.session.commit()
    assert "Your email alert goes on" in sam.get("/account/close").main.text
    close(sam)

    assert [db.session.scalar(select(func.count()).select_from(one)) for one in (SavedVacancy, Alert)] == [0, 1]


def test_what_was_decided_and_told_is_left_as_it_is(sam):
    sent = sent_application(candidate=sam.user)
    officer = factories.UserFactory(roles=[Role.HR])
    review.move_application(
        officer.as_actor(), sent, ApplicationStatus.NOT_SHORTLISTED,
        seen_version=sent.version, now=clock.now(), reason="Not this time",
        criterion_id=sent.vacancy.criteria[0].id,
    )  # fmt: skip
    db.session.commit()
    release(officer.as_actor(), sent)
    assert "We withdraw" not in sam.get("/account/close").main.text
    close(sam)

    db.session.rollback()
    assert db.session.scalars(select(Application.status)).one() == ApplicationStatus.NOT_SHORTLISTED


def test_the_password_is_asked_for(sam):
    page = sam.submit("/account/close", {"current": "wrong"}, 200)
    assert "This is not your password" in page.select_one("#current-error").text
    page = sam.submit("/account/close", {"current": ""}, 200)
    assert "Enter your password" in page.select_one("#current-error").text

    sam.get("/account")


@pytest.mark.parametrize("roles", [[role] for role in Role if role != Role.CANDIDATE] + [[Role.CANDIDATE, Role.HR]])
def test_staff_are_told_whom_to_ask(visit_as, roles):
    who = visit_as(somebody(email=EMAIL, roles=roles))
    page = who.get("/account/close")

    assert page.select_one("#current") is None
    assert "an administrator closes your account" in page.main.text
    who.post("/account/close", {"current": PASSWORD}, 200)
    who.get("/account")


def test_nobody_opens_a_closed_account_again(sam):
    sent_application(candidate=sam.user)
    close(sam)
    db.session.rollback()
    user = db.session.get_one(User, sam.user.id)

    with pytest.raises(Conflict, match="They can register again"):
        administration.enable_account(SYSTEM, user)


def test_a_reminder_that_waits_is_called_back(sam, monkeypatch):
    vacancy = factories.VacancyFactory(published=True, closes_at=clock.now() + timedelta(hours=30))
    factories.ApplicationFactory(candidate=sam.user, vacancy=vacancy)
    monkeypatch.setattr("recruit.rules.limits.REMIND_HOURS", (0, 24))
    assert reminders.remind("secret", now=clock.now()) == 1
    db.session.commit()
    close(sam)

    ended = db.session.execute(select(reminders.OutboxMessage.notification, reminders.OutboxMessage.cancelled_at)).all()
    assert {kind.value: at is not None for kind, at in ended} == {"application_reminder": True, "account_closed": False}
