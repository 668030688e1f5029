"""From the shortlist to the outcome of an interview: HR, a panel member and a candidate, each in a browser."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import User
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews.models import InterviewBooking
from tests.interviews.planning import planned
from tests.journeys.acting import enter, press
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of, beside_the_service
from tests.journeys.visiting import NARROW

pytestmark = pytest.mark.browser


@dataclass
class Cast:
    """Who plays, by email address, and what about."""

    hr: str
    member: str
    first: str
    second: str
    vacancy: str
    application: str


@pytest.fixture
def cast(service: Service) -> Cast:
    """Set three times for two people on a shortlist, as HR would."""
    with app_of(service.environment).app_context():
        interviews = beside_the_service(lambda: planned(2, people=2, slots=3))
        first, second = (one.candidate for one in interviews.applications)
        password_hash = hash_password(PASSWORD)
        with transaction():
            for user in (interviews.hr, interviews.members[0], first, second):
                db.session.get_one(User, user.id).password_hash = password_hash
        found = Cast(
            hr=interviews.hr.email,
            member=interviews.members[0].email,
            first=first.email,
            second=second.email,
            vacancy=interviews.vacancy.reference,
            application=interviews.applications[0].reference,
        )
        db.session.remove()
        db.engine.dispose()
    return found


def let_it_be_over(service: Service, reference: str) -> None:
    """Move the interview of an application into the past: nobody wants to wait for it."""
    with app_of(service.environment).app_context():
        with transaction():
            bookings = db.session.query(InterviewBooking).all()
            slot = next(one.slot for one in bookings if one.application.reference == reference)
            slot.starts_at, slot.ends_at = slot.starts_at - timedelta(days=30), slot.ends_at - timedelta(days=30)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_shortlist_to_the_outcome(open_page, service: Service, cast: Cast, javascript: bool):
    hr = enter(open_page(), cast.hr)
    hr.goto(f"/review/vacancies/{cast.vacancy}/interviews")
    press(hr, "Invite them to choose a time")
    expect(hr.get_by_text("2 people are invited to choose a time.")).to_be_visible()
    assert "Whoever chooses first has it." in service.mailbox.wait_for(cast.first, "Choose a time for your interview")

    candidate = enter(open_page(width=NARROW, javascript=javascript), cast.first)
    candidate.goto(f"/applications/{cast.application}")
    candidate.get_by_role("button", name="Your interview").click()
    stale = enter(open_page(javascript=javascript), cast.first)
    stale.goto(f"/applications/{cast.application}/interview")
    candidate.get_by_role("radio").first.check()
    press(candidate, "Take this time")
    expect(candidate.get_by_text("Your panel interview is at")).to_be_visible()
    assert "Civic Centre, room 4" in service.mailbox.wait_for(cast.first, "Your interview at")

    stale.get_by_role("radio").nth(1).check()  # a window that was open since before: it changes the time
    press(stale, "Take this time")
    service.mailbox.wait_for(cast.first, "Changed: your interview at")
    member = enter(open_page(), cast.member)
    member.goto("/interviews")
    expect(member.get_by_role("heading", level=3)).to_have_count(3)
    service.mailbox.wait_for(cast.member, "interview")

    let_it_be_over(service, cast.application)
    hr.goto(f"/review/applications/{cast.application}")
    hr.get_by_role("radio", name="Appoint").check()
    press(hr, "Decide and open next")
    hr.goto("/review/ready")
    for box in hr.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("id") == cast.application)
    press(hr, "Release the ticked messages")
    assert "appoint" in service.mailbox.wait_for(cast.first, "Your interview for")
    candidate.goto(f"/applications/{cast.application}")
    expect(candidate.get_by_text("We want to appoint you. Congratulations.")).to_be_visible()
