"""Writing evidence with a script: saved while typing, kept through a lost connection, never over another window's."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.stops import stops
from tests.journeys.visiting import NARROW, sign_in

pytestmark = pytest.mark.browser
SAVED = re.compile(r"^Saved at [0-9:]+[ap]m$|^Saved at midday$|^Saved at midnight$")
SAVE_NOW = "window.dispatchEvent(new Event('online'))"
TIME_IS_UP = """AbortSignal.timeout = () => {
  const controller = new AbortController();
  window.timeIsUp = () => controller.abort();
  return controller.signal;
};"""
"""Ends the wait for an answer when the test says so, instead of after ten seconds."""


def test_nothing_that_is_typed_is_lost(service, open_page: Callable[..., Page]):
    path = next(stop.path for stop in stops(service.environment) if stop.name == "evidence-one")
    page = open_page(width=NARROW)
    sign_in(page, "candidate", PASSWORD)
    page.goto(path)
    area, status = page.locator("#text"), page.locator("p.saved[role=status]")
    expect(status).to_have_text("")

    area.fill("I met the family at home.")
    expect(status).to_have_text(SAVED)
    page.goto(path)
    expect(area).to_have_value("I met the family at home.")

    page.context.set_offline(True)
    area.fill("I met the family at home, and then at school.")
    expect(status).to_contain_text("Your text is kept in this browser")
    page.context.set_offline(False)
    page.close()  # with the text not saved yet, or just now: either way it is there again

    page = first = area.page.context.new_page()
    page.goto(path)
    expect(page.locator("#text")).to_have_value("I met the family at home, and then at school.")
    expect(page.locator("p.saved")).to_have_text(re.compile("Saved at|^$|put back"))

    second = page.context.new_page()
    second.goto(path)
    for one in (first, second):
        expect(one.get_by_text("You have this application open in another window or tab.")).to_be_visible()
    second.wait_for_timeout(2_500)  # what the first put back is saved by now
    second.reload()
    second.locator("#text").fill("From the second window.")
    expect(second.locator("p.saved")).to_have_text(SAVED)
    first.locator("#text").fill("From the first window.")
    expect(first.locator("p.saved")).to_contain_text("Other answers were saved here in another window.")
    second.reload()
    expect(second.locator("#text")).to_have_value("From the second window.")
    first.get_by_role("button", name="Save").click()
    expect(first.locator("#elsewhere")).to_be_visible()
    expect(first.locator("#text")).to_have_value("From the first window.")

    first.get_by_role("button", name="Save").click()
    first.wait_for_url(lambda address: not address.endswith(path))
    first.get_by_role("button", name="Sign out").click()
    assert first.evaluate("localStorage.length") == 0


def test_a_session_that_ends_on_a_long_page_loses_no_word(service, open_page: Callable[..., Page]):
    path = next(stop.path for stop in stops(service.environment) if stop.name == "history-add-work")
    words = " ".join(["I wrote an assessment with the family."] * 214)  # 1,500 words
    page = open_page(width=NARROW)
    sign_in(page, "candidate", PASSWORD)
    page.goto(path)
    page.get_by_label("Job title").fill("Family support worker")
    page.locator("#activity-1").check()
    page.get_by_label("Your main duties").fill(words)
    expect(page.locator("p.saved")).to_have_text("Kept in this browser until you save.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("h1")).to_have_text("You have been signed out")
    assert words in [area.input_value() for area in page.locator("textarea").all()]
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Email address").fill("candidate@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Your main duties")).to_have_value(words)
    expect(page.get_by_label("Job title")).to_have_value("Family support worker")
    expect(page.locator("#activity-1")).to_be_checked()
    expect(page.locator("p.saved")).to_have_text("We put back what you typed here before and was not saved.")

    page.get_by_label("Your main duties").fill("Assessments with families.")
    page.get_by_label("Employer or organisation").fill("Fernway Social Care")
    for name, year in {"started_month": "2019", "ended_month": "2020"}.items():
        page.locator(f"#{name}-month").fill("5")
        page.locator(f"#{name}-year").fill(year)
    page.get_by_role("group", name="Did you work with children").get_by_label("Yes").check()
    page.get_by_label("Why did you leave").fill("The assignment ended")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile("/history$"))
    page.goto(path)
    expect(page.get_by_label("Job title")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


def _evidence(service, page: Page) -> str:
    path = next(stop.path for stop in stops(service.environment) if stop.name == "evidence-one")
    sign_in(page, "candidate", PASSWORD)
    page.goto(path)
    return path


def test_a_session_that_ends_while_somebody_types_is_not_the_end_of_saving(service, open_page: Callable[..., Page]):
    page = open_page(width=NARROW)
    _evidence(service, page)
    status, cookies = page.locator("p.saved[role=status]"), page.context.cookies()
    page.context.clear_cookies()
    page.locator("#text").fill("I wrote on after the session had ended.")
    expect(status).to_contain_text("or you were signed out. Your text is kept in this browser.")

    page.context.add_cookies(cookies)
    page.evaluate(SAVE_NOW)
    expect(status).to_have_text(SAVED)


def test_a_form_is_sent_although_saving_it_hangs(service, open_page: Callable[..., Page]):
    page = open_page()
    page.add_init_script(TIME_IS_UP)
    path = _evidence(service, page)

    def hang(route: Route) -> None:
        if route.request.headers["accept"] != "application/json":
            route.fallback()

    page.route("**/evidence/*", hang)
    with page.expect_request(lambda request: request.headers["accept"] == "application/json"):
        page.locator("#text").fill("I wrote while the line was bad.")
    page.evaluate("document.querySelector('main form').requestSubmit()")  # by no button
    page.evaluate("timeIsUp()")
    page.wait_for_url(lambda address: not address.endswith(path))


@pytest.mark.one_database
def test_what_was_saved_without_an_answer_is_not_taken_for_another_windows(service, open_page: Callable[..., Page]):
    page = open_page(width=NARROW)
    path, status = _evidence(service, page), page.locator("p.saved[role=status]")

    def lose(route: Route) -> None:
        if route.request.headers["accept"] == "application/json":
            route.fetch()  # it is saved, and nobody hears of it
            route.abort()
        else:
            route.fallback()

    page.route("**/evidence/*", lose)
    page.locator("#text").fill("The answer was lost.")
    page.evaluate(SAVE_NOW)
    expect(status).to_contain_text("Your text is kept in this browser.")
    page.locator("#text").fill("The answer was lost, and I went on.")
    page.reload()  # what is kept here goes on from what is saved
    expect(page.locator("#text")).to_have_value("The answer was lost, and I went on.")
    page.evaluate(SAVE_NOW)
    expect(status).to_contain_text("Your text is kept in this browser.")

    page.unroute("**/evidence/*", lose)
    page.locator("#text").fill("The answer was lost. The line is good again.")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda address: not address.endswith(path))
    page.goto(path)
    expect(page.locator("#text")).to_have_value("The answer was lost. The line is good again.")


def test_what_explains_several_gaps_is_there_again_until_it_is_saved(service, open_page: Callable[..., Page]):
    page = open_page(width=NARROW)
    sign_in(page, "candidate", PASSWORD)
    page.goto(next(stop.path for stop in stops(service.environment) if stop.name == "history-gaps"))
    page.get_by_label("What were you doing?").fill("Caring for my father")
    page.locator("#gaps-1").check()
    expect(page.locator("p.saved[role=status]")).to_have_text("Kept in this browser until you save.")

    page.reload()
    expect(page.get_by_label("What were you doing?")).to_have_value("Caring for my father")
    expect(page.locator("#gaps-1")).to_be_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile("/history$"))
    assert page.evaluate("localStorage.length") == 0


def test_back_after_a_corrected_answer_opens_the_page_again(service, open_page: Callable[..., Page]):
    path = next(stop.path for stop in stops(service.environment) if stop.name == "section-contact-details")
    page = open_page()
    sign_in(page, "candidate", PASSWORD)
    page.goto(path)
    page.locator("#full_name").fill("Cassidy Fernsby")
    page.locator("#postcode").fill("nowhere")
    page.locator("#finished-0").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("#postcode").fill("TS1 2PA")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(re.compile(r"/applications/A-\w+$"))
    page.go_back()

    expect(page.locator("#postcode")).to_have_value("TS1 2PA")
