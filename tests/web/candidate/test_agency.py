"""Somebody who works here through an agency types it once; the same is asked and checked as of everybody."""

from datetime import date

import pytest

from recruit.applications import queries as kept
from recruit.applications.models import Activity, Application, HistoryEntry, Referee
from recruit.core.db import db
from tests.visitor import Visitor

HERE = {
    "right_to_work": "yes", "needs_sponsorship": "no", "works_here": "agency", "agency": "Fernway",
    "team": "Fostering team", "here_since-month": "3", "here_since-year": "2026", "finished": "yes",
}  # fmt: skip


def links(candidate: Visitor, draft: Application, section: str) -> list[str]:
    page = candidate.get(f"/applications/{draft.reference}/{section}")
    return [str(link["href"]) for link in page.select("main .govuk-inset-text a[href*='here=yes']")]


@pytest.fixture
def here(candidate: Visitor, draft: Application) -> Application:
    candidate.submit(f"/applications/{draft.reference}/eligibility", HERE)
    candidate.submit(f"/applications/{draft.reference}/history/start", {"since-month": "3", "since-year": "2026"})
    return draft


def test_the_assignment_is_filled_in_and_what_is_asked_of_everybody_still_is(candidate: Visitor, here: Application):
    (add,) = links(candidate, here, "history")
    page = candidate.submit(add, {"title": "", "reason_for_leaving": ""}, 200)
    summary = [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]
    assert summary == ["Enter your job title", "Enter why you left, or why you want to"]

    candidate.submit(add, {"title": "Social worker", "reason_for_leaving": "To be permanent"})

    entry = kept.entries_of(here, HistoryEntry)[0]
    assert (entry.activity, entry.started_month, entry.ended_month) == (Activity.AGENCY, date(2026, 3, 1), None)
    assert entry.organisation == "Middlesbrough Council, Fostering team, through Fernway"
    assert links(candidate, here, "history") == []


def test_the_manager_here_is_one_referee_and_a_second_is_still_needed(candidate: Visitor, here: Application):
    (add,) = links(candidate, here, "referees")
    answers = {
        "name": "Jo Kirk", "job_title": "Team manager", "email": "jo@council.example", "contact_before_interview": "yes"
    }  # fmt: skip
    candidate.submit(add, answers)

    referee = kept.entries_of(here, Referee)[0]
    assert (referee.organisation, referee.known_from) == ("Middlesbrough Council, Fostering team", date(2026, 3, 1))
    assert (referee.is_most_recent_employer, referee.from_work_with_children) == (True, True)
    assert links(candidate, here, "referees") == []
    assert "You need at least 2" in candidate.get(f"/applications/{here.reference}/referees").main.text


def test_nothing_is_filled_in_for_anybody_else_whatever_the_address_says(candidate: Visitor, here: Application):
    candidate.submit(f"/applications/{here.reference}/eligibility", {"works_here": "no"})
    db.session.commit()

    assert links(candidate, here, "history") == links(candidate, here, "referees") == []
    page = candidate.get(f"/applications/{here.reference}/history/add?kind=work&here=yes")
    assert page.select_one("#organisation")["value"] == ""


def test_a_month_that_cannot_be_is_said(candidate: Visitor, draft: Application):
    for year, message in {"2099": "this month or earlier", "1850": "between"}.items():
        page = candidate.submit(f"/applications/{draft.reference}/eligibility", {**HERE, "here_since-year": year}, 200)
        assert message in page.select_one(".govuk-error-summary").text
