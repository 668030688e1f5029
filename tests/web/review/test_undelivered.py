"""The page of messages that did not arrive, its count above the queue, and what is done there."""

from datetime import timedelta

import pytest

from recruit.accounts.models import User
from recruit.accounts.undelivered import staff_not_reached
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import NotAllowed
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification
from tests.factories import UserFactory
from tests.review.sent import release, sent_application
from tests.review.test_resending import come_back, last
from tests.review.test_service import decide

LIST = "/review/messages"
N = Notification
WHAT = Notification.APPLICATION_SUBMITTED


WORK, ACCOUNT = Notification.PANEL_TO_SCORE, Notification.ACCOUNT_PASSWORD_RESET


def post(what, recipient, *, came_back=None, failed=None):
    """Put an email into the outbox that has come back or failed, or that has gone."""
    message = outbox.post(what, recipient, at=clock.now())
    message.sent_at = None if failed else came_back or clock.now()
    message.returned_at, message.failed_at = came_back, failed
    message.last_error = "notify: permanent-failure"


@pytest.fixture
def application(session):
    return sent_application(candidate=UserFactory(name="Kim Lee", email="kim@people.test"))


def test_it_says_what_did_not_arrive_whose_it_is_why_and_what_may_help(hr, application):
    assert "Every message to a candidate has arrived" in hr.get(LIST).text
    come_back(WHAT)
    (row,) = hr.get(LIST).select("section.note")
    words = " ".join(row.text.split())

    assert row.h2.text == "Confirmation that the application came in"
    assert f"To Kim Lee, {application.reference}, Social worker" in words
    assert "Sent to kim@people.test at " in words
    assert words.count("there is no such address.") == 1
    assert "They have no other address with us." in words
    application.candidate.email = "lee@people.test"
    db.session.commit()
    assert "They have confirmed another address since: lee@people.test" in hr.get(LIST).text
    application.status = ApplicationStatus.NOT_SHORTLISTED
    db.session.commit()
    page = hr.get(LIST)
    said = "The application has been decided since, so its confirmation is not sent again. Choose “Told in another way”"
    assert (said in page.text, page.select("form[action$='/again']")) == (True, [])
    application.candidate.closed_at = clock.now()
    db.session.commit()
    page = hr.get(LIST)
    assert "has closed their account" in page.text
    assert page.select("form[action$='/again']") == []


def test_one_is_sent_again_once_and_its_history_says_so(hr, application):
    message = come_back(WHAT)
    assert "A message to the candidate did not arrive." in hr.get(f"/review/applications/{application.reference}").text
    hr.post(f"{LIST}/{message.id}/again")
    assert "is on its way again to kim@people.test." in hr.follow().select_one(".govuk-notification-banner").text
    again = hr.post(f"{LIST}/{message.id}/again", status=404)

    assert "Somebody has dealt with it" in again.text
    assert last(WHAT).id > message.id
    page = hr.get(f"/review/applications/{application.reference}")
    assert "Message sent again" in page.text
    assert "did not arrive." in page.text
    assert page.select_one("main .govuk-inset-text") is None


def test_the_history_says_how_a_letter_fares_and_leads_to_where_it_is_sent_again(hr, application):
    decide(hr.user.as_actor(), application, ApplicationStatus.NOT_SHORTLISTED)
    release(hr.user.as_actor(), application)
    letter = N.APPLICATION_NOT_SHORTLISTED

    def fares():
        said = hr.get(f"/review/applications/{application.reference}").select(".timeline__note")
        return [" ".join(one.text.split()) for one in said if "Letter:" in one.text or one.a]

    assert [one[:68] for one in fares()] == ["Letter: not taken forward. Waits to be sent to kim@people.test from "]
    message = come_back(letter)
    back, link = fares()
    assert back.startswith("Letter: not taken forward. Sent to kim@people.test at ")
    assert back.endswith(": there is no such address.")
    assert link == "Send it again, or say how they were told"
    path = hr.get(f"/review/applications/{application.reference}").find("a", string=link)["href"]
    assert path == f"{LIST}#message-{message.id}"
    assert hr.get(LIST).select_one(f"#message-{message.id}") is not None
    hr.post(f"{LIST}/{message.id}/again")
    first, did_not_arrive, second = fares()
    assert (first, did_not_arrive.endswith("It went to kim@people.test.")) == (back, True)
    assert second.startswith("Letter: not taken forward. Waits to be sent to kim@people.test")


def test_what_is_no_longer_true_is_refused_beside_the_list(hr, application):
    message = come_back(WHAT)
    application.candidate.closed_at = clock.now()
    db.session.commit()
    page = hr.post(f"{LIST}/{message.id}/again", status=409)

    assert "closed their account" in page.select_one(".govuk-error-summary").text
    assert len(page.select("section.note")) == 1


def test_one_that_was_told_in_another_way_needs_words_and_leaves_the_list(hr, application):
    told = f"{LIST}/{come_back(WHAT).id}/told"
    assert (
        "Enter how the candidate was told"
        in hr.post(told, {"reason": " "}, status=200).select_one("#reason-error").text
    )
    hr.post(told, {"reason": "Rang them on Tuesday."})

    assert "It is kept how Kim Lee was told." in hr.follow().text
    history = hr.get(f"/review/applications/{application.reference}").text
    assert "Told in another way" in history
    assert "Rang them on Tuesday." in history
    hr.get(told, status=404)
    hr.get(f"{LIST}/{10**30}/told", status=404)


def test_the_queue_counts_what_waits_but_not_the_readers_own(hr, application):
    assert "did not arrive</a>" not in str(hr.get("/review").select_one("main"))
    come_back(WHAT)
    link = hr.get("/review").select_one(f"main a[href='{LIST}']")
    assert link.text == "1 message to a candidate did not arrive"
    application.candidate_id = hr.user.id
    db.session.commit()
    assert hr.get("/review").select_one(f"main li a[href='{LIST}']") is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_three_queries(hr, queries, number):
    for _ in range(number):
        sent_application()
        come_back(WHAT)
    queries.clear()
    assert len(hr.get(LIST).select("section.note")) == number
    assert len(queries) == 3  # the session, the messages, those to colleagues


def test_more_than_a_page_leads_on_and_back(hr, application):
    now = clock.now()
    for place in range(27):
        moment = now + timedelta(seconds=place)
        values = {"context": {}, "about": application.reference, "posted_at": now, "due_at": now, "failed_at": now}
        db.session.add(
            OutboxMessage(
                key=f"k{place}", notification=WHAT, recipient="a@people.test", unsettled_since=moment, **values
            )
        )
    db.session.commit()
    first = hr.get(LIST)
    second = hr.get(first.select_one("a[rel=next]")["href"])
    assert (len(first.select("section.note")), len(second.select("section.note"))) == (25, 2)
    assert "nobody said why" in second.text
    assert second.select_one("a[rel=prev]")["href"] == LIST
    beyond = hr.get(f"{LIST}?after=99999999999999999-1")
    assert "Nothing comes after this." in beyond.text


@pytest.mark.parametrize("number", [1, 3])
def test_emails_to_colleagues_are_listed_for_hr_and_administrators(hr, admin, queries, number):
    for place in range(number):
        post(WORK, "lee@council.test", came_back=clock.now() - timedelta(days=place))
    post(ACCOUNT, "lee@council.test", failed=clock.now() - timedelta(days=9))
    db.session.commit()
    UserFactory(name="Lee Ford", email="lee@council.test", roles=[Role.PANEL])
    queries.clear()

    page = admin.get("/admin/emails")
    assert len(queries) == 2  # the session, the emails
    rows = [" ".join(one.text.split()) for one in page.select("section.note")]
    assert len(rows) == number + 1
    assert rows[0].startswith("Applications to score To Lee Ford Sent to lee@council.test at ")
    assert rows[0].endswith(": there is no such address.")
    assert "Link to choose a new password To Lee Ford Could not be delivered to lee@council.test" in rows[-1]
    assert [one.h3.text for one in hr.get(LIST).select("section.note")] == ["Applications to score"] * number


@pytest.mark.parametrize(
    ("what", "recipient", "given"),
    [
        (WORK, "lee@council.test", {"came_back": timedelta(days=31)}),
        (WORK, "lee@council.test", {}),
        (ACCOUNT, "kim@people.test", {"failed": timedelta(0)}),
        (ACCOUNT, "nobody@people.test", {"failed": timedelta(0)}),
        (WHAT, "lee@council.test", {"failed": timedelta(0)}),
    ],
)
def test_what_is_old_arrived_or_is_no_colleagues_is_not_listed(admin, what, recipient, given):
    UserFactory(email="lee@council.test", roles=[Role.PANEL])
    UserFactory(email="kim@people.test", roles=[Role.CANDIDATE])
    post(what, recipient, **{name: clock.now() - ago for name, ago in given.items()})
    db.session.commit()

    page = admin.get("/admin/emails")
    assert page.select("section.note") == []
    assert "has arrived in the last 30 days" in page.text


def test_only_hr_sees_it(candidate, visit_as):
    candidate.get(LIST, status=403)
    user: User = UserFactory(roles=[])
    visit_as(user).get(LIST, status=403)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HR, Role.ADMIN}))
def test_nobody_else_reads_what_did_not_reach_colleagues(session, role):
    with pytest.raises(NotAllowed):
        staff_not_reached(UserFactory(roles=[role]).as_actor(), now=clock.now())
