"""An answer is sent as it is where nothing of it is to be made right, and else as Werkzeug makes it right."""

import pytest
from flask import Flask, Response, redirect

from recruit.web.answer import Answer


@pytest.fixture
def plain() -> Flask:
    app = Flask("plain")
    app.response_class = Answer
    return app


def sent(app: Flask, answer: Response, method: str = "GET") -> tuple[bytes, list[tuple[str, str]]]:
    with app.test_request_context("/", method=method) as context:
        body, _, headers = answer.get_wsgi_response(context.request.environ)
        return b"".join(body), headers


def test_a_whole_page_is_sent_with_what_it_says(plain):
    answer = Answer("é", headers={"X-One": "1"})

    assert sent(plain, answer) == ("é".encode(), [*answer.headers])
    assert answer.headers["Content-Length"] == "2"
    assert sent(plain, answer, "HEAD") == (b"", [*answer.headers])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"page", {}),
        (b"page", {"status": 200}),
        (b"", {"status": 200, "headers": None}),
        (b"page", {"status": 409}),
        (b"page", {"status": "200 Fine"}),
        (b"page", {"headers": {"Content-Type": "text/plain"}}),
        (b"page", {"mimetype": "text/calendar"}),
        (b"page", {"content_type": "application/json"}),
        (b"page", {"direct_passthrough": True}),
        ("page", {}),
        (None, {"status": 204}),
        ([b"pa", b"ge"], {}),
    ],
)
def test_an_answer_is_made_as_flask_makes_it(plain, body, said):
    ours, flasks = Answer(body, **said), Response(body, **said)

    assert vars(ours) == vars(flasks)
    assert [*ours.headers] == [*flasks.headers]
    for method in ("GET", "HEAD"):
        assert sent(plain, ours, method) == sent(plain, flasks, method)


def test_no_answer_has_what_another_has(plain):
    first, second = Answer(b"a"), Answer(b"b")
    first.headers["X-Own"] = "1"
    first.call_on_close(lambda: None)
    first.set_data(b"longer")

    assert sent(plain, second) == (b"b", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "1")])
    assert not second._on_close


def test_whoever_waits_for_it_is_told_that_a_page_was_sent(plain):
    told = []
    answer = Answer(b"page")
    answer.call_on_close(lambda: told.append(1))
    with plain.test_request_context("/") as context:
        body, _, _ = answer.get_wsgi_response(context.request.environ)
        assert b"".join(body) == b"page"
        body.close()

    assert told == [1]


@pytest.mark.parametrize(
    ("answer", "named", "value"),
    [
        (Answer(["a", "b"]), "Content-Length", "2"),
        (Answer("gone", status=204), "Content-Length", None),
        (Answer("as before", status=304), "Content-Type", None),
        (Answer("", headers={"Content-Location": "/é"}), "Content-Location", "/%C3%A9"),
        (Answer("", headers={"Location": "/é"}), "Location", "/%C3%A9"),
        (redirect("/a b", Response=Answer), "Location", "/a%20b"),
    ],
)
def test_what_is_to_be_made_right_is(plain, answer, named, value):
    _, headers = sent(plain, answer)

    assert dict(headers).get(named) == value


def test_what_the_app_answers_is_such_an_answer(app):
    assert app.response_class is Answer
