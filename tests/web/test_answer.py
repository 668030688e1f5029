"""An answer is sent as it is where nothing of it is to be made right, and else as Werkzeug makes it right."""

import pytest
from flask import Flask, Response, redirect

from recruit.web.headers import Answer


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
