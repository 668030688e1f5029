"""From closing to the outcome of an interview: HR, a panel with its chair and a candidate, each in a browser."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import User
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews.models import InterviewBooking
from tests.databases import end_connections
from tests.interviews.planning import day_ahead
from tests.journeys.acting import enter, press
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of, beside_the_service
from tests.journeys.visiting import NARROW
from tests.panels.sifting import closed_vacancy, hr_person, panel_member

pytestmark = pytest.mark.browser
NAMES = ("Ada Chair", "Bea Second", "Cas Third")
NONE_KNOWN, CONNECTED = "No, not that I know of", "Yes, or I think so"


@dataclass
class Cast:
    """Who plays, by email address, and what about."""

    hr: str
    members: list[str]
    candidate: str
    vacancy: str
    application: str

    @property
    def panel(self) -> str:
        return f"/review/vacancies/{self.vacancy}/panel"

    @property
    def interviews(self) -> str:
        return f"/review/vacancies/{self.vacancy}/interviews"


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
        )
        db.session.remove()
        end_connections()
    return found


def let_it_be_over(service: Service, reference: str) -> None:
    """Move the interview of an application into the past: nobody wants to wait for it."""
    with app_of(service.environment).app_context():
        with transaction():
            bookings = db.session.query(InterviewBooking).all()
            slot = next(one.slot for one in bookings if one.application.reference == reference)
            slot.starts_at, slot.ends_at = slot.starts_at - timedelta(days=30), slot.ends_at - timedelta(days=30)
        db.session.remove()
        end_connections()


def declare(page: Page, answer: str) -> None:
    page.get_by_role("radio", name=answer).check()
    press(page, "Continue")


def score(page: Page, points: str) -> None:
    """Score each line of the page, with a note."""
    notes = page.locator("textarea[name^=note_]").all()
    for note, point in zip(notes, points, strict=True):
        key = (note.get_attribute("name") or "").removeprefix("note_")
        page.locator(f"[name=score_{key}][value='{point}']").check()
        note.fill(f"Reads as {point}")


def settle(chair: Page, reason: str) -> None:
    chair.get_by_role("radio", name="2: Shown").check()
    chair.get_by_label("Why this score").fill(reason)
    press(chair, "Settle")


def release(hr: Page, cast: Cast) -> None:
    """Let the one message go, and no other that waits."""
    hr.goto("/review/ready")
    for box in hr.locator("input[name=ticked]").all():
        box.set_checked((box.get_attribute("value") or "").startswith(cast.application))
    press(hr, "Release the ticked messages")


def decide(hr: Page, cast: Cast, outcome: str) -> None:
    hr.goto(f"/review/applications/{cast.application}")
    hr.get_by_role("radio", name=outcome).check()
    press(hr, "Decide and open next")


def day(page: Page, parts: tuple[int, int, int]) -> None:
    for part, value in zip(("Day", "Month", "Year"), parts, strict=True):
        page.get_by_label(part, exact=True).fill(str(value))


def put_the_panel_together(hr: Page, cast: Cast) -> None:
    hr.goto(cast.panel)
    for name in NAMES:
        hr.get_by_label("Add a member").select_option(label=name)
        press(hr, "Add to the panel")
    hr.get_by_label("Member", exact=True).select_option(label=NAMES[0])
    day(hr, (5, 1, 2026))
    press(hr, "Record training")
    press(hr, "Open the sift")
    expect(hr.get_by_text("0 of 1 scored.")).to_be_visible()


def sift(service: Service, cast: Cast, chair: Page, second: Page, third: Page) -> None:
    """One of two is connected with the candidate, so the third takes it; the two who score differ."""
    address = f"/panel/{cast.vacancy}/{cast.application}"
    second.goto(address)
    declare(second, CONNECTED)
    press(second, "Declare a connection")
    expect(second.get_by_text(f"{cast.application} is no longer in your list.")).to_be_visible()

    chair.goto(address)
    declare(chair, NONE_KNOWN)
    score(chair, "322")
    expect(chair.get_by_text("Saved at")).to_be_visible()
    chair.reload()  # nothing was sent, and all of it is there
    expect(chair.locator("[name^=score_][value='3']").first).to_be_checked()
    press(chair, "Submit scores and open next")
    third.goto(address)
    declare(third, NONE_KNOWN)
    scale = third.locator(".sift__criterion").first.locator(".govuk-radios__item").all()
    assert len({one.bounding_box()["y"] for one in scale}) == 1  # beside each other, none alone below
    score(third, "122")
    press(third, "Submit scores and open next")
    assert cast.application not in service.mailbox.wait_for(cast.members[0], "Two scorers differ")

    chair.goto(f"{address}/settle")
    settle(chair, "One clear example, read together")


def shortlist(hr: Page, cast: Cast, candidate: Page) -> None:
    """Shortlist by a line, take it back, shortlist again: the candidate reads nothing of it until it is released."""
    hr.goto(f"{cast.panel}/ranking")
    hr.get_by_label("Try a line").fill("4")
    press(hr, "Show who would be invited")
    expect(hr.get_by_text("1 of 1 would be invited")).to_be_visible()
    press(hr, "Shortlist those ticked")
    expect(hr.get_by_text(f"1 shortlisted: {cast.application}.")).to_be_visible()
    hr.goto(f"/review/applications/{cast.application}")
    press(hr, "Undo")
    hr.goto(f"{cast.panel}/ranking?line=4")
    press(hr, "Shortlist those ticked")
    candidate.goto(f"/applications/{cast.application}")
    expect(candidate.get_by_text("With us").first).to_be_visible()
    release(hr, cast)
    candidate.reload()
    expect(candidate.get_by_text("Shortlisted").first).to_be_visible()


def plan_interviews(hr: Page, cast: Cast, chair: Page) -> None:
    """HR sets two times with those who do not know the candidate, the chair writes a question, all are invited."""
    hr.goto(f"{cast.interviews}/new")
    ahead = day_ahead()
    day(hr, (ahead.day, ahead.month, ahead.year))
    hr.get_by_label("Place (optional)").fill("Civic Centre, room 4")
    hr.get_by_label(NAMES[1]).uncheck()
    hr.get_by_label("How many, one after the other").select_option("2")
    press(hr, "Set these times")
    chair.goto(f"/interviews/vacancies/{cast.vacancy}/questions/new")
    chair.get_by_label("The question", exact=True).fill("Tell us about a plan that you changed because a child asked.")
    press(chair, "Add the question")
    hr.goto(cast.interviews)
    press(hr, "Invite them to choose a time")
    expect(hr.get_by_text("1 person is invited to choose a time.")).to_be_visible()


def choose_a_time_and_another(service: Service, cast: Cast, candidate: Page, stale: Page) -> None:
    assert "Whoever chooses first has it." in service.mailbox.wait_for(
        cast.candidate, "Choose a time for your interview"
    )
    candidate.reload()
    candidate.get_by_role("button", name="Your interview").click()
    stale.goto(f"/applications/{cast.application}/interview")
    candidate.get_by_role("radio").first.check()
    press(candidate, "Take this time")
    expect(candidate.get_by_text("Your panel interview is at")).to_be_visible()
    assert "Civic Centre, room 4" in service.mailbox.wait_for(cast.candidate, "Your interview at")
    stale.get_by_role("radio").nth(1).check()  # a window that was open since before: it changes the time
    press(stale, "Take this time")
    service.mailbox.wait_for(cast.candidate, "Changed: your interview at")


def interview(service: Service, cast: Cast, chair: Page, third: Page) -> None:
    """Two score alone and differ, and the chair settles it."""
    service.mailbox.wait_for(cast.members[2], "interview")
    let_it_be_over(service, cast.application)
    for page, points in ((chair, "3"), (third, "1")):
        page.goto("/interviews")
        page.locator(".govuk-task-list__link").first.click()
        declare(page, NONE_KNOWN)
        score(page, points)
        press(page, "Submit scores")
    expect(third.get_by_text("Reads as 3")).to_be_visible()  # both are in, so each reads the other's
    chair.goto("/interviews")
    chair.get_by_role("link", name="Settle").click()
    settle(chair, "They told us what they did, not why")


def correct(hr: Page, cast: Cast) -> None:
    """Reopen a decision that the candidate knows of, and word the letter that corrects it."""
    hr.goto(f"/review/applications/{cast.application}")
    hr.get_by_role("link", name="Reopen it").click()
    hr.get_by_label("Why is it reopened?").fill("Another application was meant")
    press(hr, "Reopen and word the message")
    hr.get_by_label("The opening").fill("We wrote to you by mistake, and we are sorry.")
    press(hr, "Save the words")


def test_from_closing_to_the_outcome_of_an_interview(open_page, service: Service, cast: Cast):
    hr = enter(open_page(), cast.hr)
    chair = enter(open_page(width=NARROW), cast.members[0])
    third = enter(open_page(javascript=False), cast.members[2])
    candidate = enter(open_page(width=NARROW), cast.candidate)

    put_the_panel_together(hr, cast)
    sift(service, cast, chair, enter(open_page(), cast.members[1]), third)
    shortlist(hr, cast, candidate)
    plan_interviews(hr, cast, chair)
    choose_a_time_and_another(service, cast, candidate, enter(open_page(javascript=False), cast.candidate))
    interview(service, cast, chair, third)
    hr.goto(f"{cast.interviews}/scores")
    expect(hr.get_by_text("They told us what they did, not why")).to_have_count(1)

    decide(hr, cast, "Put on the reserve list")
    release(hr, cast)
    assert "reserve list" in service.mailbox.wait_for(cast.candidate, "Your interview for")
    candidate.goto(f"/applications/{cast.application}")
    expect(candidate.get_by_text("On our reserve list").first).to_be_visible()
    correct(hr, cast)
    candidate.reload()  # what they were told stands until the correction goes
    expect(candidate.get_by_text("On our reserve list").first).to_be_visible()
    release(hr, cast)
    assert "We wrote to you by mistake" in service.mailbox.wait_for(cast.candidate, "A correction about")

    decide(hr, cast, "Appoint")
    release(hr, cast)
    candidate.reload()
    expect(candidate.get_by_text("Congratulations, and thank you for coming to meet us.")).to_be_visible()
