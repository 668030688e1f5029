"""A page by staff, from Markdown to the public and back: written, looked at, published, changed, withdrawn."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.visiting import NARROW, follow, press, sign_in

pytestmark = pytest.mark.browser
SEEN_WITHIN = 1_000  # milliseconds in which everybody sees a change of a public page


def test_staff_write_publish_change_and_withdraw_a_page(open_page):
    slug = f"visit-{uuid.uuid4().hex[:8]}"
    officer, visitor = open_page(javascript=False), open_page(width=NARROW)
    sign_in(officer, "hr", PASSWORD)
    officer.goto("/content/new/news")
    officer.get_by_label("Title").fill("Visit a team")
    officer.get_by_label("Address").fill(slug)
    officer.get_by_label("Summary").fill("See how we work.")
    officer.get_by_label("Text", exact=True).fill(
        "## When\n\n- Tuesdays\n\n<b>No</b> booking. See [our teams](/nowhere)."
    )
    press(officer, "Save and preview")
    expect(officer.locator("#body-error")).to_contain_text("There is no page at “/nowhere”")
    officer.get_by_label("Text", exact=True).fill("## When\n\n- Tuesdays\n\n**No** booking. See [our teams](/teams).")
    press(officer, "Save and preview")
    expect(officer.locator("main .prose h2").first).to_have_text("When")
    visitor.goto(f"/news/{slug}")
    expect(visitor.locator("h1")).to_have_text("Page not found")

    press(officer, "Publish")
    visitor.wait_for_timeout(SEEN_WITHIN)
    visitor.goto(f"/news/{slug}")
    expect(visitor.locator("main .prose li")).to_have_text("Tuesdays")
    expect(visitor.locator("main strong")).to_have_text("No")
    follow(visitor, "our teams")

    officer.goto(f"/content/news/{slug}/edit")
    officer.get_by_label("Text", exact=True).fill("## When\n\n- Fridays")
    officer.get_by_label("What you changed").fill("Another day")
    press(officer, "Save and preview")
    press(officer, "Publish")
    expect(officer.locator("main")).to_contain_text("Another day")
    follow(officer, "Version 2")
    expect(officer.locator(".differences")).to_contain_text(re.compile("Tuesdays.*Fridays", re.DOTALL))

    officer.goto(f"/content/news/{slug}/withdraw")
    officer.get_by_label("Why is it withdrawn?").fill("It is over.")
    press(officer, "Withdraw page")
    expect(officer.locator("main")).to_contain_text("It is over.")
    visitor.wait_for_timeout(SEEN_WITHIN)
    visitor.goto(f"/news/{slug}")
    expect(visitor.locator("h1")).to_have_text("This page is no longer here")
    follow(visitor, "all news")
    expect(visitor.locator("main")).not_to_contain_text("Visit a team")
