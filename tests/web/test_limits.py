"""A number of the rules that a page tells people is the rule's own, so that a change of the rule changes the page."""

import re
from typing import Any

import pytest

from recruit.rules import limits
from recruit.web.public import content
from tests.factories import ApplicationFactory, VacancyFactory

CHANGED = {
    "EVIDENCE_WORDS": 251,
    "MINIMUM_ADVERT_DAYS": 8,
    "REFEREES": (3, 6),
    "REFEREE_SPAN_YEARS": 4,
    "SHORTLIST_WORKING_DAYS": 11,
}


def words(page: Any) -> str:
    return " ".join(page.main.get_text(" ").split())


@pytest.fixture
def _changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rules than today's."""
    for name, value in CHANGED.items():
        monkeypatch.setattr(limits, name, value)
    content._read.cache_clear()
    yield
    content._read.cache_clear()


@pytest.mark.usefixtures("_changed")
def test_candidates_read_the_rules_numbers(candidate):
    vacancy = VacancyFactory(published=True, slug="this")
    application = ApplicationFactory(candidate=candidate.user, vacancy=vacancy)
    other = VacancyFactory(published=True, slug="other")

    assert "names and work emails of at least 3 referees" in words(candidate.get("/jobs/this"))
    assert "at least 3 referees, one from your current" in words(candidate.get(f"/jobs/{other.slug}/apply"))
    referees = words(candidate.get(f"/applications/{application.reference}/referees"))
    assert "Add at least 3 people who know your work." in referees
    assert "know your work of the last 4 years." in referees


@pytest.mark.usefixtures("_changed")
def test_recruiters_read_the_rules_numbers(recruiter):
    page = words(recruiter.get("/recruiter/vacancies/new"))

    assert "Candidates answer each essential criterion in up to 251 words" in page
    assert "At least 8 days after it opens." in page


@pytest.mark.usefixtures("_changed")
def test_the_page_about_recruiting_tells_the_rules_numbers(visitor):
    page = words(visitor.get("/how-we-recruit"))

    assert re.findall(r"at least (\d+)(?: referees|\. One is)", page) == ["3", "3"]
    assert set(re.findall(r"(\d+) working days of the closing", page)) == {"11"}
