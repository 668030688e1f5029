"""The page of decisions that are ready to send."""

import pytest

from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus
from tests.review.sent import open_vacancy, sent_application

PAGE = "/review/ready"


def decided(hr, number=1):
    vacancy = open_vacancy()
    found = sorted((sent_application(vacancy=vacancy) for _ in range(number)), key=lambda one: one.reference)
    for application in found:
        hr.post(f"/review/applications/{application.reference}/shortlist", {"version": application.version})
    return found


def values(page):
    return [box["value"] for box in page.select("input[name=ticked]")]


def errors(page):
    return [one.text.strip() for one in page.select(".govuk-error-summary li")]


def test_an_empty_page_says_what_it_is_for(hr):
    assert "No decision waits." in hr.get(PAGE).text
    assert hr.get("/review").select_one(f"a[href='{PAGE}']")


def test_the_message_is_read_as_the_candidate_gets_it_then_sent(hr):
    first, second = decided(hr, 2)
    page = hr.get(PAGE)
    assert len(values(page)) == 2
    assert "You are on the shortlist" in page.select_one(".letter").text
    hr.post(PAGE, {"ticked": values(page)[:1]})
    assert "1 message is on the way." in hr.follow().text
    assert values(hr.get(PAGE)) == values(page)[1:]
    hr.post(PAGE, {"ticked": values(page)[1:], "do": "undo"})
    assert "1 decision is undone. Nobody was told." in hr.follow().text
    db.session.refresh(second)

    assert second.status == ApplicationStatus.SUBMITTED
    assert "No decision waits." in hr.get(PAGE).text


def test_what_was_left_is_named_and_the_rest_is_done(hr):
    applications = decided(hr, 3)
    ticked = values(hr.get(PAGE))
    hr.post(f"/review/applications/{applications[1].reference}/undo", {"version": ticked[1].split(":")[1]})
    page = hr.post(PAGE, {"ticked": ticked}, status=409)

    assert len(errors(page)) == 1
    assert errors(page)[0].startswith(f"{applications[1].reference}: You undid the decision on this application at ")
    assert "2 messages are on the way." in page.text


@pytest.mark.parametrize("ticked", [[], ["nonsense"], ["A-7K3QF"], [":::", "\x00", "A-1:9" * 1000]])
def test_odd_ticks_do_nothing(hr, ticked):
    decided(hr)
    page = hr.post(PAGE, {"ticked": ticked}, status=409 if ticked == ["A-7K3QF"] else 200)

    assert len(errors(page)) == 1
    assert len(values(page)) == 1
    assert db.session.query(OutboxMessage).filter(OutboxMessage.cancelled_at.is_not(None)).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_two_queries_at_any_length(hr, queries, rows):
    decided(hr, rows)
    hr.get(PAGE)
    queries.clear()
    hr.get(PAGE)

    assert len(queries) == 2  # the session, the decisions


@pytest.mark.parametrize("rows", [1, 3])
def test_corrections_take_one_more_for_the_days_that_they_name(hr, queries, rows):
    found = decided(hr, rows)
    hr.post(PAGE, {"ticked": values(hr.get(PAGE))})
    for application in found:
        db.session.refresh(application)
        reopened = {"version": application.version, "reason": "Misread"}
        hr.post(f"/review/applications/{application.reference}/reopen", reopened)
    queries.clear()
    page = hr.get(PAGE)

    assert len(values(page)) == rows
    assert len(queries) == 3  # the session, the decisions, what was told


def test_only_hr_sees_it(candidate, recruiter):
    candidate.get(PAGE, status=403)
    recruiter.get(PAGE, status=403)
    candidate.post(PAGE, {"ticked": ["A-7K3QF:1"]}, status=403)
