"""A vacancy from the first word to the mail about it: written in parts, given back, approved, opened, found."""

import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from recruit.alerts.rounds import Rounds, send_matches
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.vacancies.models import Vacancy
from tests.databases import end_connections
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of
from tests.journeys.mailbox import link_in
from tests.journeys.visiting import NARROW, follow, press, sign_in

pytestmark = pytest.mark.browser


def write_date(page: Page, legend: str, days: int) -> None:
    """Fill in a day that many days from today."""
    day = london_day(clock.now()) + timedelta(days=days)
    group = page.get_by_role("group", name=legend, exact=True)
    for label in ("Day", "Month", "Year"):
        group.get_by_label(label).fill(str(getattr(day, label.lower())))


def write_in_parts(page: Page, word: str) -> str:
    """Write a vacancy called by `word`, stopping once with something unfinished; return its title."""
    title = f"Social worker, {word}"
    page.goto("/recruiter/vacancies/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Team", exact=True).select_option(index=1)
    page.get_by_label("Grade").select_option(index=2)
    page.get_by_label("Workplace").fill("Civic Centre, Middlesbrough")
    press(page, "Save and continue")
    expect(page.locator("h1")).to_have_text("Pay and hours")
    press(page, "Save and continue")
    page.get_by_label("Summary").fill("Meet families after work.")
    page.get_by_label("Description").fill("## The role\n\nYou meet families in the evening.")
    page.get_by_label("Typical caseload").fill("many")
    press(page, "Save and come back later")
    expect(page.locator("main")).to_contain_text("Something you typed is kept, but not saved yet")
    follow(page, "About the work")
    expect(page.get_by_label("Typical caseload")).to_have_value("many")
    page.get_by_label("Typical caseload").fill("")
    press(page, "Save and continue")
    expect(page.locator("h1")).to_have_text("Person specification")
    for text, where in (("Listens to children", "In the application"), ("Chairs a meeting", "At interview")):
        follow(page, "Add a criterion")
        page.get_by_label("Criterion", exact=True).fill(text)
        page.get_by_label(where).check()
        press(page, "Add criterion")
    press(page, re.compile("^Up"))
    expect(page.locator(".criteria__text").first).to_have_text("Chairs a meeting")
    press(page, "Save and continue")
    page.get_by_label("On a later day").check()
    write_date(page, "Opening date", 3)
    write_date(page, "Closing date", 40)
    page.get_by_label("Who candidates can talk to").fill("Team manager")
    page.get_by_label("Email address").fill("assessment@demo.example")
    press(page, "Save and continue")
    expect(page.locator("h1")).to_have_text("Check and send for approval")
    return title


def ask_for_alert(page: Page, service: Service, email: str, word: str) -> None:
    """Ask for an alert about `word`, and confirm it by the link in the mail."""
    page.goto(f"/alerts/new?q={word}")
    page.get_by_label("Your email address").fill(email)
    page.get_by_label("As soon as a vacancy opens").check()
    page.get_by_label(re.compile("^I agree")).check()
    press(page, "Continue")
    page.goto(link_in(service.mailbox.wait_for(email, "Confirm your email alert")))
    press(page, "Start the alert")


def let_its_day_come(service: Service, reference: str) -> None:
    """Bring the opening day of a scheduled vacancy forward to this moment: nothing else makes it live.

    The worker's round of alerts, which comes each minute, is done at once.
    """
    app = app_of(service.environment)
    with app.app_context():
        with transaction():
            vacancy = db.session.scalars(select(Vacancy).where(Vacancy.reference == reference)).one()
            vacancy.opens_at = clock.now()
        rounds = Rounds()
        for step in (rounds.match_vacancies, send_matches):
            is_left = True
            while is_left:
                with transaction():
                    is_left = step(clock.now())
        db.session.remove()
        end_connections()


def test_from_the_first_word_to_the_mail_about_it_and_its_end(open_page, service):
    word = f"zephyr{uuid.uuid4().hex[:8]}"
    email = f"{word}@people.example"
    visitor = open_page(width=NARROW)
    ask_for_alert(visitor, service, email, word)
    page = open_page(javascript=False)
    sign_in(page, "recruiter", PASSWORD)
    title = write_in_parts(page, word)
    press(page, "Send for approval")
    expect(page.locator("main")).to_contain_text("Waiting for approval since")
    mine, reference = page.url, page.url.rsplit("/", 1)[1]

    officer = open_page()
    sign_in(officer, "hr", PASSWORD)
    officer.goto("/review/approvals")
    follow(officer, title)
    waiting = officer.url
    follow(officer, "Read it as candidates will")
    expect(officer.locator("h1")).to_have_text(title)
    expect(officer.locator("main")).to_contain_text("Chairs a meeting (judged at interview)")
    officer.goto(waiting)
    officer.get_by_label("What should change?").fill("Say which evenings.")
    press(officer, "Ask for changes")

    page.goto(mine)
    expect(page.locator("main")).to_contain_text("Say which evenings.")
    assert "Say which evenings." in service.mailbox.wait_for("recruiter@demo.example", f"in your vacancy {reference}")
    follow(page, "Check and send again")
    with page.expect_navigation():
        page.get_by_role("link", name="Change summary").click()
    page.get_by_label("Summary").fill("Meet families on Tuesdays and Thursdays after work.")
    press(page, "Save and continue")
    expect(page.locator("h1")).to_have_text("Check and send for approval")
    press(page, "Send for approval")
    officer.goto(waiting)
    press(officer, re.compile("^Approve$"))
    expect(officer.locator("main")).to_contain_text("Approved: candidates can apply")
    page.goto(mine)
    expect(page.locator("main")).to_contain_text("Scheduled")
    visitor.goto(f"/jobs?q={word}")
    expect(visitor.locator("main")).not_to_contain_text(title)

    let_its_day_come(service, reference)

    mail = service.mailbox.wait_for(email, ": your email alert")
    assert title in mail
    visitor.wait_for_timeout(1000)  # a public page is at most a second behind, and this one was just read
    visitor.goto(f"/jobs?q={word}")
    with visitor.expect_navigation():
        visitor.get_by_role("link", name=title).click()
    expect(visitor.locator("main")).to_contain_text("Tuesdays and Thursdays")
    visitor.goto(re.findall(r"https?://\S+", mail.partition("To stop these emails at once")[2])[0])
    press(visitor, "End the alert")
    expect(visitor.locator("h1")).to_have_text("Your email alert has ended")
