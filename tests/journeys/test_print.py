"""A vacancy, a candidate's copy and an application as HR has it, on paper: the words, not what is clicked."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.stops import stops
from tests.journeys.visiting import open_stop, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]
ON_SCREEN_ONLY = (".site-nav", ".site-footer", ".govuk-skip-link", ".govuk-back-link", ".govuk-breadcrumbs", "button")
DOCUMENTS = {
    "vacancy": ["a year", "Closes", "What we look for", "Essential", "Informal chat|informal chat", "welcome payment"],
    "copy": ["Sent at", "Contact details", "Social Work England", "Work, study and other activity", "Referees"],
    "application": ["Contact details", "Evidence for the criteria", "Qualifications", "Referees", "Declaration"],
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_prints_as_a_document(open_page, service, name):
    stop = next(one for one in stops(service.environment) if one.name == name)
    page = open_page()
    if stop.role:
        sign_in(page, stop.role, PASSWORD)
    open_stop(page, stop)
    page.emulate_media(media="print")

    for words in DOCUMENTS[name]:
        expect(page.locator("main")).to_contain_text(re.compile(words))
    for selector in ON_SCREEN_ONLY:
        assert [one for one in page.locator(selector).all() if one.is_visible()] == [], selector
    pages = sheets(page.pdf(format="A4"))
    assert 1 <= pages <= 8
    assert page.evaluate(CUT) == []


def sheets(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


CUT = """
() => [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowY !== "visible")
  .filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 1)
  .map((one) => one.outerHTML.slice(0, 140))
"""
"""What would print only in part, because it scrolls on a screen."""
