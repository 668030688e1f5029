"""The candidate's pages of the self-disclosure: answering on a phone, coming back, sending it, adding to it."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta
from threading import Barrier

import pytest

from recruit.core.db import db
from recruit.rules.lifecycle import ApplicationStatus as A
from recruit.rules.self_disclosure import Act, Question
from recruit.rules.self_disclosure import DisclosureStatus as S
from recruit.self_disclosures.models import SelfDisclosureEvent
from tests import factories
from tests.at_once import sent as at_once
from tests.self_disclosures.told import asked, cover, sent, shortlisted
from tests.visitor import Visitor

NO = {question.value: "no" for question in Question}
MATTER = {"when": "March 2014", "what": "Zanzibar-theft", "outcome": "A fine"}


@pytest.fixture
def application(session):
    return asked()


@pytest.fixture
def mine(visit_as, application) -> Visitor:
    return visit_as(application.candidate)


@pytest.fixture
def path(application) -> str:
    return f"/applications/{application.reference}/self-disclosure"


def test_somebody_with_nothing_to_tell_is_done_in_three_pages(mine, path, application):
    assert mine.get("/applications").select_one(f"a[href='{path}']") is not None
    page = mine.get(f"/applications/{application.reference}")
    assert page.select_one(f"a[href='{path}']").find_parent("li").get_text(" ", strip=True).endswith("To do")
    assert "was not used to decide whom to shortlist" in mine.get(path).main.get_text()
    mine.submit(f"{path}/questions", NO)
    assert mine.response.location == f"{path}/check"
    refused = mine.submit(f"{path}/check", status=200)
    assert "Confirm that what you tell us is true" in refused.select_one("#confirmed-error").get_text()
    mine.submit(f"{path}/check", {"confirmed": "y"})
    shown = mine.follow()

    assert "We have your self-disclosure" in shown.get_text()
    assert cover(application).status is S.RECEIVED
    assert mine.get("/applications").select_one(f"a[href='{path}']") is None
    assert "Sent on" in mine.get(f"/applications/{application.reference}").main.get_text()
    mine.get(f"{path}/questions", status=302)
    late = mine.post(f"{path}/questions", {**NO, "more": "Late-words"}, status=409)
    assert "You have sent it" in late.select_one(".govuk-error-summary").get_text()
    assert late.select_one("#more").get_text(strip=True) == "Late-words"
    mine.post(f"{path}/check", {"confirmed": "y"})
    mine.submit(f"{path}/add", {"words": "Wombat-more"})
    assert "Wombat-more" in mine.follow().main.get_text()


@pytest.mark.one_database
def test_the_day_that_it_was_needed_by_is_not_told_as_one_to_come(mine, path, application):
    cover(application).asked_at -= timedelta(days=30)
    db.session.commit()

    assert "Please send it now" in mine.get(path).main.get_text()
    assert "It was needed by" in mine.get(f"/applications/{application.reference}").main.get_text()


@pytest.mark.one_database
def test_what_was_answered_is_kept_although_some_is_missing(mine, path):
    refused = mine.submit(f"{path}/questions", {"unspent": "no", "more": "Kept-words"}, status=200)
    assert len(refused.select(".govuk-error-summary li")) == 7
    page = mine.get(f"{path}/questions")

    assert page.select_one("#more").get_text(strip=True) == "Kept-words"
    assert page.select_one("[name=unspent][value=no]").has_attr("checked")
    assert "7 things are left to do" in mine.get(path).main.get_text()
    mine.get(f"{path}/check", status=302)


@pytest.mark.one_database
def test_each_yes_is_explained_changed_and_removed(mine, path):
    mine.submit(f"{path}/questions", {**NO, "spent": "yes"})
    page = mine.follow()
    add = page.select_one("a[href*='/matters/spent/add']")["href"]
    refused = mine.submit(add, {**MATTER, "what": " "}, status=200)
    assert "Enter what it was" in refused.select_one("#what-error").get_text()
    assert refused.select_one("#outcome").get_text(strip=True) == "A fine"
    mine.submit(add, MATTER)
    assert "Zanzibar-theft" in mine.follow().main.get_text()
    mine.submit(f"{path}/matters/spent/1", {"what": "Zanzibar-fraud"})
    assert "Zanzibar-fraud" in mine.get(f"{path}/check").main.get_text()
    mine.submit(f"{path}/matters/spent/1/remove")
    assert "Zanzibar" not in mine.follow().main.get_text()
    mine.get(f"{path}/check", status=302)
    for odd in ("matters/spent/1", "matters/spent/99999999999999999999999", "matters/odd/add"):
        mine.get(f"{path}/{odd}", status=404)


@pytest.mark.one_database
def test_another_window_is_told_of_and_overwrites_nothing(mine, path):
    page = mine.get(f"{path}/questions")
    old = page.select_one("[name=version]")["value"]
    mine.submit(f"{path}/questions", {**NO, "more": "First-window"})
    refused = mine.post(f"{path}/questions", {**NO, "more": "Second-window", "version": old}, status=409)

    assert "First-window" in refused.select_one("#elsewhere").find_parent("section").get_text()
    assert refused.select_one("#more").get_text(strip=True) == "Second-window"
    assert mine.get(f"{path}/questions").select_one("#more").get_text(strip=True) == "First-window"
    assert refused.select_one("[data-module=autosave]") is None, "nothing is kept in the browser"


def test_what_changed_since_it_was_read_is_not_sent(mine, path, application):
    mine.submit(f"{path}/questions", NO)
    seen = mine.get(f"{path}/check").select_one("[name=seen]")["value"]
    mine.submit(f"{path}/questions", {**NO, "more": "Other"})
    refused = mine.post(f"{path}/check", {"seen": seen, "confirmed": "y"}, status=409)

    assert "changed since you opened this page" in refused.select_one(".govuk-error-summary").get_text()
    assert cover(application).sent_at is None


def test_several_clicks_at_one_moment_send_it_once(app, application, mine, path):
    mine.submit(f"{path}/questions", NO)
    seen = mine.get(f"{path}/check").select_one("[name=seen]")["value"]
    browsers = [Visitor(app) for _ in range(5)]
    for browser in browsers:
        browser.sign_in(application.candidate)
    data = [{"csrf_token": one.token(), "seen": seen, "confirmed": "y"} for one in browsers]
    db.session.rollback()
    together = Barrier(len(browsers))

    def click(number: int) -> tuple[int, str | None]:
        together.wait()
        answer = at_once(lambda: Context().run(browsers[number].client.post, f"{path}/check", data=data[number]))
        return answer.status_code, answer.location

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert set(pool.map(click, range(len(browsers)))) == {(302, path)}
    acts = [event.act for event in db.session.query(SelfDisclosureEvent)]
    assert acts.count(Act.RECEIVED) == 1


@pytest.mark.one_database
def test_who_would_rather_talk_says_so(mine, path, application):
    mine.submit(f"{path}/talk")
    assert "the safeguarding lead will ring you" in mine.follow().main.get_text()

    assert cover(application).status is S.TO_TALK


@pytest.mark.one_database
def test_an_ended_session_shows_what_was_typed(mine, path, visitor):
    page = visitor.post(f"{path}/questions", {**NO, "more": "Typed-words"}, status=403)

    assert "Typed-words" in page.main.get_text()


@pytest.mark.one_database
def test_nobody_but_its_candidate_and_nobody_before_the_shortlist(visit_as):
    theirs, early = sent(Question.SPENT), shortlisted(status=A.SUBMITTED)
    other, mine = visit_as(factories.UserFactory()), visit_as(early.candidate)
    for part in ("", "/questions", "/matters", "/check", "/talk", "/add", "/matters/spent/add"):
        other.get(f"/applications/{theirs.reference}/self-disclosure{part}", status=404)
        mine.get(f"/applications/{early.reference}/self-disclosure{part}", status=404)

    assert "self-disclosure" not in mine.get(f"/applications/{early.reference}").get_text()
