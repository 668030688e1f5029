"""The shortlist by how far interviews are, in HR's queue."""

from datetime import timedelta

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.review.filters import Filters
from recruit.review.queries import queue_page
from recruit.review.search import find_applications
from recruit.rules.interview_stages import STAGE_WORDS, InterviewStage
from recruit.rules.lifecycle import ApplicationStatus
from tests.interviews.planning import at_each_stage, planned
from tests.review.sent import sent_application


@pytest.fixture
def shortlist(session):
    return at_each_stage()


@pytest.mark.parametrize("scope", ["all", "vacancy", "team", "unread"])
def test_each_stage_is_a_list_of_its_own_in_one_statement(shortlist, queries, scope):
    hr, vacancy = shortlist.hr.as_actor(), shortlist.vacancy
    narrowing = {
        "vacancy": {"vacancy_id": vacancy.id},
        "team": {"team_id": vacancy.team_id},
        "unread": {"unread": True},
    }
    for stage, application in zip(InterviewStage, shortlist.applications, strict=True):
        filters = Filters(interview=stage, **narrowing.get(scope, {}))
        assert filters.statuses == (ApplicationStatus.SHORTLISTED,)
        queries.clear()
        page = queue_page(hr, filters, now=clock.now())
        assert len(queries) == 1
        assert [row.reference for row in page.rows] == [application.reference]


def test_a_row_says_how_far_its_interviews_are_in_the_same_statement(shortlist, queries):
    hr = shortlist.hr.as_actor()
    for status in (ApplicationStatus.SHORTLISTED, None):
        queries.clear()
        page = queue_page(hr, Filters(status=status), now=clock.now())
        assert len(queries) == 1
        stages = {row.reference: row.stage for row in page.rows}
        assert [stages[one.reference] for one in shortlist.applications] == list(InterviewStage)
    found = find_applications(hr, shortlist.applications[2].reference, now=clock.now())
    assert [row.stage for row in found] == [InterviewStage.BOOKED]


def test_a_row_that_is_not_on_the_shortlist_says_nothing_of_interviews(session):
    interviews = planned(1)
    reader, other = interviews.hr.as_actor(), sent_application()

    for status in (ApplicationStatus.SUBMITTED, None):
        rows = queue_page(reader, Filters(status=status), now=clock.now()).rows
        assert {row.reference: row.stage for row in rows}[other.reference] is None


def test_who_is_not_told_yet_of_the_shortlist_is_at_no_stage_and_the_row_says_so(shortlist, visit_as):
    untold, hr = shortlist.applications[0], shortlist.hr.as_actor()
    untold.told_status, untold.untold_since = ApplicationStatus.SUBMITTED, clock.now()
    db.session.commit()

    rows = {row.reference: row for row in queue_page(hr, Filters(status=untold.status), now=clock.now()).rows}
    assert (rows[untold.reference].stage, rows[untold.reference].is_untold) == (None, True)
    assert [row.is_untold for row in rows.values()].count(True) == 1
    assert queue_page(hr, Filters(interview=InterviewStage.TO_INVITE), now=clock.now()).rows == []
    page = visit_as(shortlist.hr).get("/review?status=shortlisted")
    said = [cell.get_text("; ", strip=True) for cell in page.select("td[data-label=Status]")]
    assert said.count("Shortlisted; Message not released") == 1
    assert not any(STAGE_WORDS[InterviewStage.TO_INVITE] in one for one in said)


def test_the_clock_makes_an_interview_one_that_was_held(shortlist):
    hr, later = shortlist.hr.as_actor(), clock.now() + timedelta(days=30)
    stages = {
        stage: len(queue_page(hr, Filters(interview=stage), now=later).rows)
        for stage in (InterviewStage.BOOKED, InterviewStage.INTERVIEWED)
    }

    assert stages == {InterviewStage.BOOKED: 0, InterviewStage.INTERVIEWED: 2}


def test_pages_of_a_stage_follow_one_another(shortlist):
    shortlist.choose(shortlist.applications[1], shortlist.slots[1])
    hr, filters = shortlist.hr.as_actor(), Filters(interview=InterviewStage.BOOKED)
    first = queue_page(hr, filters, now=clock.now(), size=1)
    second = queue_page(hr, filters, now=clock.now(), size=1, after=first.next)

    assert {first.rows[0].reference, second.rows[0].reference} == {one.reference for one in shortlist.applications[1:3]}
    assert second.next is None


def test_hr_filters_by_stage_and_an_odd_one_is_ignored(shortlist, visit_as):
    visitor = visit_as(shortlist.hr)
    page = visitor.get("/review?interview=booked&status=submitted")
    assert STAGE_WORDS[InterviewStage.BOOKED] in page.text
    assert [row.text.strip() for row in page.select("tbody th a")] == [shortlist.applications[2].reference]
    assert "We do not know ‘nonsense’ for interviews" in visitor.get("/review?interview=nonsense").text
