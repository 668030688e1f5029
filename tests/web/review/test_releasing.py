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
    assert "1 decision is undone. Nobody was told of it." in hr.follow().text
    db.session.refresh(second)

    assert second.status == ApplicationStatus.SUBMITTED
    assert "No decision waits." in hr.get(PAGE).text


def ticked(page):
    return [box["value"] for box in page.select("input[name=ticked][checked]")]


def test_nothing_is_ticked_until_somebody_ticks_it_or_asks_for_all(hr):
    decided(hr, 2)
    page = hr.get(PAGE)
    assert (len(values(page)), ticked(page)) == (2, [])
    page = hr.get(page.find("a", string="Tick all 2")["href"])
    assert ticked(page) == values(page)
    assert ticked(hr.get(page.find("a", string="Tick none")["href"])) == []


@pytest.mark.parametrize(
    ("do", "asks", "line", "done"),
    [
        ("release", "Release 2 messages?", "is told “on the shortlist”", "2 messages are on the way."),
        ("undo", "Undo 2 decisions?", "not told “on the shortlist”, back to “To review”", "2 decisions are undone."),
    ],
)
def test_who_is_told_or_not_told_what_is_named_before_it_happens_to_several(hr, do, asks, line, done):
    found = decided(hr, 2)
    wanted = values(hr.get(PAGE))
    page = hr.post(PAGE, {"ticked": wanted, "do": do}, status=200)
    assert page.h1.text == asks
    lines = [" ".join(one.text.split()) for one in page.select("main li")]
    assert lines == [f"{one.candidate.name}, {one.reference}: {line}" for one in found]
    assert len(values(hr.get(PAGE))) == 2
    assert ticked(hr.post(PAGE, {"ticked": wanted, "change": "yes"}, status=200)) == wanted

    hr.post(PAGE, {"ticked": values(page), "do": do, "sure": "yes"})
    assert done in hr.follow().text


def reopened(hr):
    (application,) = decided(hr)
    hr.post(PAGE, {"ticked": values(hr.get(PAGE))})
    db.session.refresh(application)
    form = {"version": application.version, "reason": "Misread"}
    hr.post(f"/review/applications/{application.reference}/reopen", form)
    db.session.refresh(application)
    return application


def test_one_is_undone_by_a_button_of_its_own_and_what_stands_is_said(hr):
    application = reopened(hr)
    button = hr.get(PAGE).select_one("button[form=undo-one]")
    hr.post(PAGE, {button["name"]: button["value"], "do": "undo"})

    name = application.candidate.name
    said = f"1 decision is undone. Nobody was told of it. {name} was told before: shortlisted. That stands."
    assert said in hr.follow().text


def test_a_letter_whose_words_name_a_day_that_has_passed_is_marked_wherever_it_is_read(hr):
    first, _ = decided(hr, 2)
    path, wrong = f"{PAGE}/{first.reference}", "Tuesday 24 November 2020"
    assert "has passed" not in hr.get(PAGE).text + hr.get(path).text
    form = {name: hr.get(path).select_one(f"[name={name}]")["value"] for name in ("event", "version")}
    hr.post(path, {**form, "opening": "Come.", "next_steps": f"Keep {wrong} free.", "feedback": ""})
    page = hr.get(PAGE)

    for shown in (page, hr.get(path), hr.post(PAGE, {"ticked": values(page)}, status=200)):
        (warned,) = shown.select(".govuk-warning-text, li strong")
        assert wrong in warned.text


def test_of_a_reopening_that_is_undone_on_its_own_page_too_what_stands_is_said(hr):
    application = reopened(hr)
    hr.post(f"/review/applications/{application.reference}/undo", {"version": application.version})

    assert "What they were told before stands: shortlisted." in hr.follow().text


def test_what_was_left_is_named_and_the_rest_is_done(hr):
    applications = decided(hr, 3)
    ticked = values(hr.get(PAGE))
    hr.post(f"/review/applications/{applications[1].reference}/undo", {"version": ticked[1].split(":")[1]})
    asked = hr.post(PAGE, {"ticked": ticked}, status=200)
    assert f"{applications[1].reference} waits no more" in asked.text
    page = hr.post(PAGE, {"ticked": values(asked), "sure": "yes"}, status=409)

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
    hr.post(PAGE, {"ticked": values(hr.get(PAGE)), "sure": "yes"})
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
