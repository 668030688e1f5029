"""What only a browser shows of reviewing."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.visiting import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


def test_a_half_written_reason_outlives_another_form_and_another_page_and_ends_with_signing_out(open_page, service):
    page = open_page()
    sign_in(page, "hr", PASSWORD)
    page.goto("/review?status=submitted")
    page.locator("table.queue tbody th a").first.click()
    reason = page.get_by_label("Why, for the record (optional)")
    reason.fill("Clear about thresholds. To ask about")
    with page.expect_navigation():
        page.get_by_role("button", name="Assign").click()
    expect(reason).to_have_value("Clear about thresholds. To ask about")
    assert page.evaluate("sessionStorage.length") == 0

    address, asked = page.url, []
    page.on("dialog", lambda dialog: asked.append(dialog.accept() if asked else dialog.dismiss()))
    page.locator("main h1").click()
    page.keyboard.press("n")  # one key alone does not lead away from words
    assert page.url == address
    with page.expect_navigation():
        page.keyboard.press("u")
    assert len(asked) == 2
    page.goto(address)
    expect(reason).to_have_value("Clear about thresholds. To ask about")

    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    assert page.evaluate("sessionStorage.length") == 0


def test_the_whole_decision_stays_in_sight_or_a_link_to_it_does(open_page, service):
    page = open_page()
    sign_in(page, "hr", PASSWORD)
    page.goto("/review?status=submitted")
    page.locator("table.queue tbody th a").first.click()
    for height, is_whole in ((900, True), (650, True), (500, False)):
        page.set_viewport_size({"width": 1280, "height": height})
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2), new Promise(requestAnimationFrame)")
        box, link = page.locator("#decide").bounding_box(), page.locator("a[href='#decide']:visible")
        assert (box["y"] >= 0 and box["y"] + box["height"] <= height) == is_whole
        assert page.locator("#decide").evaluate("one => one.scrollHeight <= one.offsetHeight")
        assert link.count() == (0 if is_whole else 1)
        assert is_whole or 0 <= link.bounding_box()["y"] < height
