import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from recruit.core import clock
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.web.guard import safe_next
from recruit.web.typed import typed_text
from tests.factories import UserFactory


@pytest.mark.parametrize(
    ("roles", "idle"),
    [([Role.CANDIDATE], limits.SESSION_IDLE_CANDIDATE), ([Role.CANDIDATE, Role.HR], limits.SESSION_IDLE_STAFF)],
)
def test_a_session_that_nobody_uses_ends(visit_as, roles, idle):
    visitor, start = visit_as(UserFactory(roles=roles)), clock.now()
    with time_machine.travel(start + idle - timedelta(seconds=5), tick=False):
        visitor.get("/account")
    with time_machine.travel(start + 2 * idle - timedelta(seconds=10), tick=False):
        visitor.get("/account")
    with time_machine.travel(start + 3 * idle, tick=False):
        visitor.get("/account", 302)

    assert visitor.response.headers["Location"] == "/sign-in?next=/account"


def test_what_was_typed_when_the_session_had_ended_is_shown_and_no_password_is(visitor):
    data = {
        "answer-1": "Two lines\nof <b>mine</b>",
        "password": "secret words",
        "current": "old words",
        "next": "/jobs",
    }
    page = visitor.post("/account/password", data, 403)

    assert page.select_one("h1").text == "You have been signed out"
    assert visitor.response.headers["Signed-Out"] == "yes"  # autosave tries again
    assert [area.text.strip() for area in page.select("textarea")] == ["Two lines\nof <b>mine</b>"]
    assert [label.text for label in page.select("label")] == ["Answer 1"]
    assert page.select_one("main a")["href"] == "/sign-in?next=/account/password"
    assert "words" not in visitor.response.text


def test_what_was_typed_is_shown_when_the_forms_token_is_stale(candidate):
    page = candidate.post("/account/password", {"csrf_token": "stale", "notes": "An hour of work"}, 400)

    assert [area.text.strip() for area in page.select("textarea")] == ["An hour of work"]


def test_a_session_that_ended_takes_its_token_along_and_still_leads_back_to_the_form(visit_as):
    visitor, start = visit_as(UserFactory()), clock.now()
    token = visitor.token()
    path = "/applications/A-22222/history/add?kind=study"
    with time_machine.travel(start + limits.SESSION_IDLE_CANDIDATE + timedelta(minutes=1), tick=False):
        page = visitor.post(path, {"csrf_token": token, "title": "BA Social Work"}, 403)

    assert page.select_one("h1").text == "You have been signed out"
    assert [area.text.strip() for area in page.select("textarea")] == ["BA Social Work"]
    assert page.select_one("main a")["href"] == "/sign-in?next=/applications/A-22222/history/add?kind%3Dstudy"


def test_a_button_pressed_when_the_session_had_ended_leads_to_sign_in(visitor):
    visitor.post("/account/sign-out-everywhere")

    assert visitor.response.headers["Location"] == "/sign-in?next=/account"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/review/applications/A-7K3QF/notes?team=x", "/review/applications/A-7K3QF?team=x"),
        ("/panel/CSW-0001/A-7K3QF/scores", "/panel/CSW-0001/A-7K3QF"),
    ],
)
def test_the_address_of_a_form_leads_to_the_page_that_it_stands_on(visitor, address, page):
    visitor.get(address, status=302)
    assert visitor.response.headers["Location"] == page
    visitor.post(address)
    assert visitor.response.headers["Location"] == "/sign-in?" + urlencode({"next": page}, safe="/?")


def test_typed_text_leaves_out_what_nobody_typed(app):
    data = {
        "csrf_token": "x",
        "version": "3",
        "token": "t",
        "new_password": "p",
        "empty": "  ",
        "evidence_1-text": "Mine",
    }
    with app.test_request_context(method="POST", data=data):
        assert typed_text() == [("Evidence 1 text", "Mine")]


@pytest.mark.parametrize(
    "address",
    [
        None, "", "jobs", "//x", "/\\x", "/x\\y", "/x\ny", "/jobs/" + "x" * 1000,
        "/sign-out", "/sign-out/", "/sign%2Dout", "/sign-out?x=1", "/sign-out#top", "/account/sign-out-everywhere",
        "/review/applications/a-7k3qf/undo", "/no-such-page", "/static/app.css",
    ],
)  # fmt: skip
def test_an_address_that_is_no_page_here(app, address):
    with app.test_request_context():
        assert safe_next(address) is None


@pytest.mark.parametrize(
    "address",
    ["/", "/jobs", "/jobs?q=a%20b&page=2#x", "/jobs/é", "/jobs/%C3%A9", "/jobs/%", "/%6Aobs", "/jobs/" + "x" * 994],
)
def test_an_address_that_is_a_page_here(app, address):
    with app.test_request_context():
        assert safe_next(address) == address


def test_no_address_that_only_a_button_sends_to_is_a_page_here(app):
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    addresses = [re.sub("<[^>]*>", "1", rule) for rule in rules - pages]

    with app.test_request_context():
        assert {address: safe_next(address) for address in addresses} == dict.fromkeys(addresses)
    assert "/sign-out" in addresses
