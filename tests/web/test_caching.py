"""A page is kept for everybody only if it is the same for everybody: nothing that was made for one visitor is."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response, flash, make_response, session
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from recruit.app import create_app
from recruit.config import Settings
from recruit.web import caching
from tests.databases import end_connections
from tests.factories import UserFactory


def plain() -> ResponseReturnValue:
    return "the same"


def session_changed() -> ResponseReturnValue:
    session["mark"] = "yours"
    return "yours"


def flashed() -> ResponseReturnValue:
    flash("Saved")
    return "yours"


def cookie_set() -> ResponseReturnValue:
    answer: Response = make_response("yours")
    answer.set_cookie("seen", "1")
    return answer


def not_found() -> ResponseReturnValue:
    return "nothing here", 404


def made_again() -> ResponseReturnValue:
    return "a redirect", 302, {"Location": "/jobs"}


@pytest.fixture
def service(settings: Settings, session) -> Iterator[Callable[[Callable[[], ResponseReturnValue]], Flask]]:
    """Return a way to make the whole service with one more page, `/page`, that asks to be kept."""
    made: list[Flask] = []

    def with_page(view: Callable[[], ResponseReturnValue]) -> Flask:
        app = create_app(settings)

        @app.get("/page")
        def page() -> ResponseReturnValue:
            caching.same_for_everybody()
            return view()

        made.append(app)
        return app

    yield with_page
    for app in made:
        with app.app_context():
            end_connections()


def kept(app: Flask) -> int:
    return len(app.extensions["public_pages"]._pages)


def ask(client: FlaskClient) -> tuple[str | None, str | None]:
    """Ask for the page; return what it says about keeping, and its tag."""
    headers = client.get("/page").headers
    return headers["Cache-Control"], headers.get("ETag")


def test_a_page_that_is_the_same_for_everybody_is_kept(service):
    app = service(plain)
    answers = [ask(app.test_client()) for _ in range(2)]

    assert kept(app) == 1
    assert answers[0] == answers[1] == ("public, no-cache", answers[0][1])
    assert answers[0][1] is not None


@pytest.mark.parametrize("view", [session_changed, flashed, cookie_set, not_found, made_again])
def test_a_page_that_is_not_is_not_kept(service, view):
    app = service(view)
    answers = [ask(app.test_client()) for _ in range(2)]

    assert kept(app) == 0
    assert answers == [("no-store", None)] * 2


@pytest.mark.parametrize("view", [session_changed, flashed, cookie_set])
def test_each_visitor_gets_a_cookie_of_their_own(service, view):
    app = service(view)
    cookies = [app.test_client().get("/page").headers.getlist("Set-Cookie") for _ in range(2)]

    assert [len(of_one) for of_one in cookies] == [1, 1]


def test_a_visitor_with_a_session_is_never_answered_from_what_is_kept(service, visit_as):
    app = service(plain)
    ask(app.test_client())
    person = visit_as(UserFactory()).client
    with person.session_transaction() as cookie:
        copied = dict(cookie)
    signed_in = app.test_client()
    with signed_in.session_transaction() as cookie:
        cookie.update(copied)

    assert ask(signed_in) == ("no-store", None)
    assert kept(app) == 1
