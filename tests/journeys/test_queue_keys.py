"""The queue by its keys: moving, ticking and opening; nothing while typing; nothing once they are switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.visiting import NARROW, WIDE, sign_in

pytestmark = pytest.mark.browser
FIRST_SCREEN = 600  # pixels: where the rows begin on a phone, below all that is folded


def test_the_queue_is_worked_by_keys_that_can_be_switched_off(service, open_page: Callable[..., Page]):
    page = open_page(width=WIDE)
    sign_in(page, "hr", PASSWORD)
    page.goto("/review")
    rows = page.locator("table.queue tbody tr")
    links, boxes = rows.locator("th a"), rows.locator("input[type=checkbox]")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.set_viewport_size(NARROW)
    assert rows.first.evaluate("row => row.getBoundingClientRect().top + scrollY") < FIRST_SCREEN
    page.set_viewport_size(WIDE)
    page.keyboard.press("x")
    expect(boxes.nth(1)).to_be_checked()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_label("What to do")).to_be_focused()
    links.nth(0).focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")

    page.locator("#sought").click()
    page.keyboard.type("jo?")
    expect(page.locator("#sought")).to_have_value("jo?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()

    page.goto("/review/keys")
    page.get_by_role("button", name="Switch the keys off").click()
    page.goto("/review")
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(links.nth(0)).not_to_be_focused()

    page.goto("/review/keys")
    page.get_by_role("button", name="Switch the keys on").click()
    page.goto("/review")
    reference = links.nth(0).inner_text()
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Application {reference}")
    page.keyboard.press("u")
    expect(boxes.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
