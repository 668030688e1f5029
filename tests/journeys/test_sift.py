"""From closing to the shortlist, and a decision that is corrected: HR, a panel and a candidate, each in a browser."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import User
from recruit.core.db import db
from recruit.core.transaction import transaction
from tests.journeys.acting import enter, press
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of, beside_the_service
from tests.journeys.visiting import NARROW
from tests.panels.sifting import closed_vacancy, hr_person, panel_member

pytestmark = pytest.mark.browser
NAMES = ("Ada Chair", "Bea Second", "Cas Third")


@dataclass
class Cast:
    """Who plays, by email address, and what about."""

    hr: str
    members: list[str]
    candidate: str
    vacancy: str
    application: str
    criteria: list[int]


@pytest.fixture
def cast(service: Service) -> Cast:
    """Close a vacancy that one person applied for."""
    with app_of(service.environment).app_context():
        vacancy, (application,) = beside_the_service(lambda: closed_vacancy(1))
        hr, members = beside_the_service(lambda: (hr_person(), [panel_member(name) for name in NAMES]))
        password_hash = hash_password(PASSWORD)
        with transaction():
            for user in (hr, application.candidate, *members):
                db.session.get_one(User, user.id).password_hash = password_hash
        found = Cast(
            hr=hr.email,
            members=[member.email for member in members],
            candidate=application.candidate.email,
            vacancy=vacancy.reference,
            application=application.reference,
            criteria=[line.id for line in vacancy.asked],
        )
        db.session.remove()
        db.engine.dispose()
    return found


def score(page: Page, cast: Cast, points: str) -> None:
    for key, point in zip(cast.criteria, points, strict=True):
        page.locator(f"[name=score_{key}][value='{point}']").check()
        page.locator(f"[name=note_{key}]").fill(f"Reads as {point}")


def release(hr: Page, cast: Cast) -> None:
    """Let the one message go, and no other that waits."""
    hr.goto("/review/ready")
    for box in hr.locator("input[name=ticked]").all():
        box.set_checked((box.get_attribute("value") or "").startswith(cast.application))
    press(hr, "Release the ticked messages")


def declare(page: Page, cast: Cast, answer: str) -> None:
    page.goto(f"/panel/{cast.vacancy}/{cast.application}")
    page.get_by_role("radio", name=answer).check()
    press(page, "Continue")


def test_from_closing_to_the_shortlist(open_page, service: Service, cast: Cast):
    panel = f"/review/vacancies/{cast.vacancy}/panel"
    hr = enter(open_page(), cast.hr)
    hr.goto(panel)
    for name in NAMES:
        hr.get_by_label("Add a member").select_option(label=name)
        press(hr, "Add to the panel")
    hr.get_by_label("Member", exact=True).select_option(label=NAMES[0])
    for part, value in (("Day", "5"), ("Month", "1"), ("Year", "2026")):
        hr.get_by_label(part, exact=True).fill(value)
    press(hr, "Record training")
    press(hr, "Open the sift")
    expect(hr.get_by_text("0 of 1 scored.")).to_be_visible()

    second = enter(open_page(), cast.members[1])  # is connected with the candidate: the third takes it
    declare(second, cast, "Yes, or I think so")
    press(second, "Declare a connection")
    expect(second.get_by_text(f"{cast.application} is no longer in your list.")).to_be_visible()

    chair = enter(open_page(width=NARROW), cast.members[0])
    declare(chair, cast, "No, not that I know of")
    score(chair, cast, "322")
    expect(chair.get_by_text("Saved at")).to_be_visible()
    chair.reload()  # nothing was sent, and all of it is there
    expect(chair.locator(f"[name=score_{cast.criteria[0]}][value='3']")).to_be_checked()
    press(chair, "Submit scores and open next")

    third = enter(open_page(javascript=False), cast.members[2])
    declare(third, cast, "No, not that I know of")
    score(third, cast, "122")
    press(third, "Submit scores and open next")
    mail = service.mailbox.wait_for(cast.members[0], "Two scorers differ")
    assert cast.application not in mail

    chair.goto(f"/panel/{cast.vacancy}/{cast.application}/settle")
    chair.get_by_role("radio", name="2: Shown").check()
    chair.get_by_label("Why this score").fill("One clear example, read together")
    press(chair, "Settle")

    hr.goto(f"{panel}/ranking")
    hr.get_by_label("Try a line").fill("4")
    press(hr, "Show who would be invited")
    expect(hr.get_by_text("1 of 1 would be invited")).to_be_visible()
    press(hr, "Shortlist those ticked")
    expect(hr.get_by_text(f"1 shortlisted: {cast.application}.")).to_be_visible()

    candidate = enter(open_page(), cast.candidate)
    hr.goto(f"/review/applications/{cast.application}")
    press(hr, "Undo")
    hr.goto(f"{panel}/ranking?line=4")
    press(hr, "Shortlist those ticked")
    hr.goto(f"/review/applications/{cast.application}")
    expect(hr.get_by_role("button", name="Undo")).to_be_visible()
    candidate.goto(f"/applications/{cast.application}")
    expect(candidate.get_by_text("With us").first).to_be_visible()

    release(hr, cast)
    hr.goto(f"/review/applications/{cast.application}")
    hr.get_by_role("link", name="Reopen it").click()
    hr.get_by_label("Why is it reopened?").fill("Another application was meant")
    press(hr, "Reopen and word the message")
    hr.get_by_label("The opening").fill("We wrote to you by mistake, and we are sorry.")
    press(hr, "Save the words")
    candidate.reload()  # what they were told stands until the correction goes
    expect(candidate.get_by_text("Shortlisted").first).to_be_visible()
    release(hr, cast)
    assert "We wrote to you by mistake" in service.mailbox.wait_for(cast.candidate, "A correction about")
    candidate.reload()
    expect(candidate.get_by_text("With us").first).to_be_visible()
