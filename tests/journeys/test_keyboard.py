"""The link over the navigation.  Each page's controls: test_every_page.py."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


def test_the_skip_link_comes_first_and_goes_to_the_content(open_page, service):
    page = open_page()
    page.goto("/jobs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
