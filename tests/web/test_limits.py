"""A number of the rules that a page tells people is the rule's own, so that a change of the rule changes the page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from recruit.core.stage_days import Targets
from recruit.rules import limits
from recruit.web.public import content
from tests.factories import ApplicationFactory, VacancyFactory
from tests.web.account.mails import mails

CHANGED = {
    "EVIDENCE_WORDS": 251,
    "MINIMUM_ADVERT_DAYS": 8,
    "REFEREES": (3, 6),
    "REFEREE_SPAN_YEARS": 4,
    "SESSION_IDLE_CANDIDATE": timedelta(hours=6),
    "SESSION_IDLE_STAFF": timedelta(minutes=90),
    "SESSION_LIFE_CANDIDATE": timedelta(days=9),
    "SESSION_LIFE_STAFF": timedelta(hours=11),
    "CONFIRM_LINK_LIVES": timedelta(hours=47),
    "RESET_LINK_LIVES": timedelta(minutes=20),
}


def words(page: Any) -> str:
    return " ".join(page.main.get_text(" ").split())


@pytest.fixture
def _changed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rules than today's."""
    monkeypatch.setitem(app.config, "TARGETS", Targets(shortlist=11))
    for name, value in CHANGED.items():
        monkeypatch.setattr(limits, name, value)
    content._read.cache_clear()
    yield
    content._read.cache_clear()


@pytest.mark.usefixtures("_changed")
def test_candidates_read_the_rules_numbers(candidate):
    vacancy = VacancyFactory(published=True, slug="this")

    assert "names and work emails of at least 3 referees" in words(candidate.get("/jobs/this"))
    assert "at least 3 referees, one from your current" in words(candidate.get("/jobs/this/apply"))
    application = ApplicationFactory(candidate=candidate.user, vacancy=vacancy)
    referees = words(candidate.get(f"/applications/{application.reference}/referees"))
    assert "Add at least 3 people who know your work." in referees
    assert "know your work of the last 4 years." in referees


@pytest.mark.usefixtures("_changed")
def test_recruiters_read_the_rules_numbers(recruiter):
    base = f"/recruiter/vacancies/{VacancyFactory(team=recruiter.team).reference}"

    assert "assessed in the application in up to 251 words" in words(recruiter.get(f"{base}/criteria"))
    assert "At least 8 days after it opens." in words(recruiter.get(f"{base}/edit/dates"))


@pytest.mark.usefixtures("_changed")
def test_the_page_about_recruiting_tells_the_rules_numbers(visitor):
    page = words(visitor.get("/how-we-recruit"))

    assert re.findall(r"at least (\d+)(?: referees|\. One is)", page) == ["3", "3"]
    assert set(re.findall(r"(\d+) working days of the closing", page)) == {"11"}


@pytest.mark.usefixtures("_changed")
def test_the_pages_and_mails_tell_how_long_sessions_and_links_last(visitor):
    privacy, cookies = words(visitor.get("/privacy")), words(visitor.get("/cookies"))
    visitor.submit("/register", {"name": "Sam Taylor", "email": "sam@demo.example", "password": "three green cows"})
    visitor.submit("/reset-password", {"email": "sam@demo.example"})

    ends = "after 6 hours without use (90 minutes for staff), and after 9 days in any case (11 hours for staff)"
    assert ends in privacy
    assert ends in cookies
    assert "after 47 hours to confirm an address, and after 20 minutes to choose a password" in privacy
    assert ["for 47 hours." in text or "for 20 minutes." in text for _, _, text in mails()] == [True, True]
    sent = words(visitor.get("/check-email"))
    assert "address works for 47 hours. A link to choose a new password works for 20 minutes." in sent
