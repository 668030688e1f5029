"""The pages of a letter that waits: wording it, setting it aside, and reopening what was told."""

import pytest

from recruit.applications.letters import Letter, LetterDraft
from recruit.core.db import db
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import UserFactory
from tests.panels.sifting import open_sift, score
from tests.review.sent import release, sent_application
from tests.review.test_service import decide
from tests.web.review.test_inspecting import decline

FEEDBACK = "Your first example told us what you said to the children."


@pytest.fixture
def application(hr):
    found = sent_application(candidate=UserFactory(name="Kim Lee"))
    decline(hr, found)
    db.session.expire_all()
    return found


def seen_on(page):
    """Return which letter a page shows."""
    return {name: page.select_one(f"[name={name}]")["value"] for name in ("event", "version")}


def words(page, **given):
    return {
        **seen_on(page),
        **{name: page.select_one(f"[name={name}]").text.strip() for name in ("opening", "feedback", "next_steps")},
        **given,
    }


def test_a_letter_is_worded_shown_and_sent_as_worded(hr, application):
    path = f"/review/ready/{application.reference}"
    page = hr.get(path)
    assert f"the criterion “{application.vacancy.criteria[0].text}”" in page.text
    assert page.select_one(".govuk-inset-text .written").text == "Say what you did"
    hr.post(path, words(page, opening="Thank you, Kim.", feedback=FEEDBACK))

    page = hr.follow()
    assert "The message to Kim Lee is changed. It is not sent yet." in page.text
    shown = page.select_one(".letter .written").text
    assert "Thank you, Kim." in shown
    assert "Reworded by Harper Reed at" in page.text
    hr.post("/review/ready", {"ticked": page.select_one("[name=ticked]")["value"]})
    sent = db.session.query(Letter).one().text
    assert sent.split() == shown.split()
    assert FEEDBACK in sent


def test_the_second_of_two_keeps_what_they_typed_and_is_told(hr, application):
    path = f"/review/ready/{application.reference}"
    first = hr.get(path)
    hr.post(path, words(first, opening="One"))
    page = hr.post(path, words(first, opening="Two"), status=409)

    assert "You changed the message at" in page.select_one(".govuk-error-summary").text
    assert page.select_one("[name=opening]").text.strip() == "Two"
    assert db.session.query(LetterDraft.opening).scalar() == "One"


def test_what_was_typed_is_kept_when_the_decision_is_undone_meanwhile(hr, application):
    path = f"/review/ready/{application.reference}"
    seen = words(hr.get(path), opening="Still here", feedback=FEEDBACK)
    hr.post(f"/review/applications/{application.reference}/undo", {"version": application.version})

    page = hr.post(path, seen, status=409)
    assert "released or undone meanwhile" in page.select_one(".govuk-error-summary").text
    assert "This message waits no more. What you typed is kept below" in page.text
    kept = {name: page.select_one(f"[name={name}]").text.strip() for name in ("opening", "feedback")}
    assert kept == {"opening": "Still here", "feedback": FEEDBACK}
    assert hr.get(f"/review/applications/{application.reference}").select_one("form[action*='/shortlist']")


def test_feedback_starts_from_the_notes_of_the_panel_and_nothing_is_kept_before_it_is_saved(visit_as):
    _vacancy, applications, members, officer = open_sift()
    hr = visit_as(officer)
    for member in members[:2]:
        score(applications[0], member, (3, 0, 2))
    decline(hr, applications[0])
    path = f"/review/ready/{applications[0].reference}"
    assert hr.get(path).select_one(f"a[href='{path}?from=notes']")
    page = hr.get(f"{path}?from=notes")

    assert page.select_one("[name=feedback]").text.count("Because 3") == 1  # both wrote it
    assert "It is not saved." in page.text
    assert db.session.query(LetterDraft.feedback).scalar() == ""


def test_set_aside_the_candidate_sees_it_without_a_message(hr, application, visit_as):
    path = f"/review/ready/{application.reference}/told"
    seen = seen_on(hr.get(path))
    assert "Enter how the candidate was told" in hr.post(path, {**seen, "reason": ""}, status=200).text
    hr.post(path, {**seen, "reason": "By phone on Monday"})

    assert "No message is sent about" in hr.follow().text
    page = visit_as(application.candidate).get(f"/applications/{application.reference}")
    assert page.h1.text == "Not taken forward"
    assert "By phone on Monday" not in page.text
    hr.get(path, status=404)


def test_reopening_asks_why_and_leads_to_the_letter_that_corrects(hr, application, visit_as):
    release(hr.user.as_actor(), application)
    page = hr.get(f"/review/applications/{application.reference}")
    path = page.find("a", string="Reopen it")["href"]
    form = {"version": hr.get(path).select_one("[name=version]")["value"]}
    assert "Enter why it is reopened" in hr.post(path, {**form, "reason": " "}, status=200).text
    hr.post(path, {**form, "reason": "The second example was missed"})

    page = hr.follow()
    assert "we told you what we had decided about your application" in page.select_one("[name=opening]").text
    assert "The second example was missed" not in page.text
    again = hr.post(path, {**form, "reason": "Once more"}, status=409)
    assert "Harper Reed" in again.text or "You reopened this application" in again.text
    db.session.expire_all()
    assert application.status == ApplicationStatus.SUBMITTED
    candidate = visit_as(application.candidate)
    assert candidate.get(f"/applications/{application.reference}").h1.text == "Not taken forward"
    history = hr.get(f"/review/applications/{application.reference}").text
    assert "Reopened: back to review" in history
    release(hr.user.as_actor(), application)
    assert candidate.get(f"/applications/{application.reference}").h1.text == "With us"


def test_who_is_not_hr_or_whose_application_it_is_finds_none_of_these_pages(
    visit_as, candidate, recruiter, application
):
    both = UserFactory(roles=[Role.HR, Role.CANDIDATE])
    hr, own = visit_as(both), sent_application(candidate=both)
    decide(UserFactory(roles=[Role.HR]).as_actor(), own)
    for page in ("/review/ready/{}", "/review/ready/{}/told", "/review/applications/{}/reopen"):
        hr.get(page.format(own.reference), status=404)
        for stranger in (candidate, recruiter):
            stranger.get(page.format(application.reference), status=403)
