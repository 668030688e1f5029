"""The focus where colours are forced, and the link over the navigation.  Each page's controls: test_every_page.py."""

import pytest

from tests.journeys.conftest import PASSWORD
from tests.journeys.keyboard import walk
from tests.journeys.stops import stops
from tests.journeys.visiting import NARROW, by_role, new_page, open_stop, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


def test_the_focus_is_seen_in_forced_colours_and_nothing_moves_for_who_asked_for_that(chromium, service):
    faults: list[str] = []
    found: dict[str, list[str]] = {}
    known: set[str] = set()
    kinds = {stop.kind: stop for stop in stops(service.environment) if not stop.shows_error}
    for role, mine in by_role(list(kinds.values())):
        page = new_page(chromium, service.url, NARROW, faults=faults, forced_colors="active", reduced_motion="reduce")
        if role:
            sign_in(page, role, PASSWORD)
        for stop in mine:
            open_stop(page, stop)
            if wrong := walk(page, most=12, known=known):
                found[f"{stop.name} {stop.path}"] = wrong
        page.context.close()

    assert found == {}
    assert faults == []


def test_the_skip_link_comes_first_and_goes_to_the_content(open_page, service):
    page = open_page()
    page.goto("/jobs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
