"""The pages on which HR and a candidate write to each other."""

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from tests.factories import ApplicationFactory, UserFactory
from tests.review.sent import sent_application


@pytest.fixture
def application(session):
    return sent_application(candidate=UserFactory(name="Kim Lee"))


@pytest.fixture
def kim(application, visit_as):
    return visit_as(application.candidate)


def errors(page):
    return [one.text.strip() for one in page.select(".govuk-error-summary li")]


def test_a_question_and_its_answer(hr, kim, application):
    own, theirs = f"/applications/{application.reference}", f"/review/applications/{application.reference}"
    assert kim.get(own).select_one(f"a[href='{own}/messages']")
    kim.submit(f"{own}/messages", {"text": "Where do I <b>park</b>?"})
    assert "Your message is sent. We email you when there is an answer." in kim.follow().text
    assert hr.get(theirs).select_one(f"a[href='{theirs}/messages']")
    page = hr.get(f"{theirs}/messages")
    assert [one.text for one in page.select(".written")] == ["Where do I <b>park</b>?"]
    hr.submit(f"{theirs}/messages", {"text": "Behind the building."})
    assert "The email about it waits to be sent." in hr.follow().text
    page = kim.get(f"{own}/messages")

    assert [one.text for one in page.select(".written")] == ["Where do I <b>park</b>?", "Behind the building."]
    assert "Harper Reed" in page.text
    assert "The email about it" not in page.text
    assert "Behind the building." in kim.get("/account/data").text
    kim.get("/account/data.json")
    assert [one["who"] for one in kim.response.json["messages"]] == ["You", "Harper Reed"]


@pytest.mark.parametrize(("text", "message"), [("", "Enter a message"), ("w" * 4001, "Your message must be 4,000")])
def test_what_cannot_be_sent_is_said_and_stays(hr, kim, application, text, message):
    for who, path in ((kim, "/applications"), (hr, "/review/applications")):
        page = who.submit(f"{path}/{application.reference}/messages", {"text": text}, status=200)
        assert errors(page)[0].startswith(message)
        assert page.select_one("textarea").text.strip() == text


def test_the_same_twice_is_told(kim, application):
    path = f"/applications/{application.reference}/messages"
    kim.submit(path, {"text": "Hello"})
    page = kim.submit(path, {"text": "Hello"}, status=409)

    assert errors(page) == ["You wrote the same a moment ago, and it is kept."]


@pytest.mark.parametrize(
    ("ends", "why", "words"),
    [
        (["failed_at"], "smtp: DATA", "could not be delivered: given up at"),
        (["failed_at"], "smtp: recipient 550 5.1.1", "the mail server refuses the address."),
        (["sent_at", "returned_at"], "notify: permanent-failure", "there is no such address."),
        (["sent_at", "returned_at"], "notify: temporary-failure", "it may be full."),
    ],
)
def test_an_email_that_failed_or_came_back_can_be_sent_again(hr, application, ends, why, words):
    path = f"/review/applications/{application.reference}/messages"
    hr.submit(path, {"text": "Hello"})
    notice = db.session.query(OutboxMessage).filter_by(notification="conversation_to_candidate").one()
    for name in (*ends, "unsettled_since"):
        setattr(notice, name, clock.now())
    notice.last_error = why
    db.session.commit()
    page = hr.get(path)
    assert words in page.text
    again = page.select_one("form[action$='/again']")["action"]
    hr.post(again)
    assert "The email is on its way again." in hr.follow().text
    assert errors(hr.post(again, status=409)) == [
        "The email about this message has not failed, so it is not sent again."
    ]


def test_nobody_else_reads_it(kim, application, candidate, recruiter, visit_as):
    kim.submit(f"/applications/{application.reference}/messages", {"text": "Hello"})
    candidate.get(f"/applications/{application.reference}/messages", status=404)
    recruiter.get(f"/review/applications/{application.reference}/messages", status=403)
    draft = ApplicationFactory(candidate=application.candidate)
    kim.get(f"/applications/{draft.reference}/messages", status=404)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_at_any_length(hr, application, queries, rows):
    path = f"/review/applications/{application.reference}/messages"
    for number in range(rows):
        hr.submit(path, {"text": f"Message {number}"})
    hr.get(path)
    queries.clear()
    hr.get(path)

    assert len(queries) == 5  # the session, the application, the messages, the templates; and that it was opened


def marks(page):
    return [one.text for one in page.main.select(".tag") if "ew" in one.text]


def test_a_candidate_sees_what_is_new_until_they_have_opened_it(hr, kim, application):
    own, theirs = f"/applications/{application.reference}", f"/review/applications/{application.reference}"
    kim.submit(f"{own}/messages", {"text": "Where do I park?"})
    assert [marks(kim.get(path)) for path in ("/applications", own, f"{own}/messages")] == [[], [], []]
    for text in ("Behind the building.", "Bring your passport."):
        hr.submit(f"{theirs}/messages", {"text": text})

    assert [marks(kim.get(path)) for path in ("/applications", own)] == [["2 new messages"]] * 2
    page = kim.get(f"{own}/messages")  # looking changes nothing
    assert marks(kim.get(f"{own}/messages")) == ["New", "New"]
    form = page.select_one("form[data-module=mark-read]")
    hr.submit(f"{theirs}/messages", {"text": "And a pen."})  # not on the page that they have before their eyes
    kim.post(form["action"], {"last": form.select_one("[name=last]")["value"], "quietly": "yes"}, 204)

    assert [marks(kim.get(path)) for path in ("/applications", own)] == [["1 new message"]] * 2
    assert marks(kim.get(f"{own}/messages")) == ["New"]
    kim.post(form["action"], {"last": "9" * 18})  # the button, where no script does it
    assert marks(kim.get(f"{own}/messages")) == []
    assert kim.get(f"{own}/messages").select("form[data-module=mark-read]") == []
    assert kim.get("/account/data").text.count("opened at") == 3
    assert marks(hr.get(f"{theirs}/messages")) == []


def test_nobody_marks_as_read_what_is_anothers(hr, kim, candidate, application):
    path = f"/applications/{application.reference}/messages/read"
    candidate.post(path, {"last": "1"}, 404)
    for last in ("", "x", "-1", "9" * 19):
        kim.post(path, {"last": last}, 400)
