import time

import pytest
from flask import Flask, session

from recruit.web.session_cookie import SessionCookie


@pytest.fixture
def small() -> Flask:
    """An app of four pages with the session cookie and nothing else."""
    app = Flask("small")
    app.secret_key = "first"
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.session_interface = SessionCookie()
    app.add_url_rule("/untouched", view_func=lambda: "", endpoint="untouched")
    app.add_url_rule("/read", view_func=lambda: session.get("name", ""), endpoint="read")
    app.add_url_rule("/write", view_func=lambda: session.update(name="Ada") or "", endpoint="write")
    app.add_url_rule("/clear", view_func=lambda: session.clear() or "", endpoint="clear")

    @app.get("/varied")
    def varied() -> tuple[str, dict[str, str]]:
        return session.get("name", ""), {"Vary": "Accept"}

    return app


@pytest.mark.parametrize(
    ("path", "vary", "sets"),
    [
        ("/untouched", [], False),
        ("/read", ["Cookie"], False),
        ("/varied", ["Accept, Cookie"], False),
        ("/write", ["Cookie"], True),
        ("/clear", ["Cookie"], True),
    ],
)
def test_an_answer_says_whether_it_depends_on_the_cookie(small: Flask, path: str, vary: list[str], sets: bool):
    headers = small.test_client().get(path).headers

    assert (headers.getlist("Vary"), "Set-Cookie" in headers) == (vary, sets)


def test_what_was_written_is_read_again_and_can_be_cleared(small: Flask):
    client = small.test_client()

    client.get("/write")
    read = client.get("/read").text
    cleared = client.get("/clear")

    assert (read, cleared.headers["Set-Cookie"].startswith("session=;")) == ("Ada", True)
    assert client.get("/read").text == ""


def test_a_cookie_of_another_key_is_not_believed(small: Flask):
    client = small.test_client()
    client.get("/write")

    small.secret_key = "second"
    refused = client.get("/read").text
    small.config["SECRET_KEY_FALLBACKS"] = ["first"]

    assert (refused, client.get("/read").text) == ("", "Ada")


def test_a_cookie_is_believed_for_as_long_as_a_session_lasts(small: Flask, monkeypatch):
    client = small.test_client()
    client.get("/write")
    assert client.get("/read").text == "Ada"
    now, life = time.time(), small.permanent_session_lifetime.total_seconds()

    for later, believed in [(life - 60, "Ada"), (life + 60, ""), (-60, "")]:
        monkeypatch.setattr(time, "time", lambda at=now + later: at)
        assert client.get("/read").text == believed


def test_what_a_page_does_to_its_session_is_not_in_the_next_ones(small: Flask):
    small.add_url_rule("/keep", view_func=lambda: session.update(said=["once"]) or "", endpoint="keep")
    small.add_url_rule(
        "/say", view_func=lambda: session["said"].append("again") or str(session["said"]), endpoint="say"
    )
    client = small.test_client()
    client.get("/keep")

    assert [client.get("/say").text for _ in range(2)] == ["['once', 'again']"] * 2


@pytest.mark.parametrize("others", ["a=b", "x=" + "y" * 5000, "é=\xff", 'quoted="a;b"'])
def test_the_cookie_is_found_among_others(small: Flask, others: str):
    client = small.test_client(use_cookies=False)
    said = client.get("/write").headers["Set-Cookie"].partition(";")[0]

    for header in (f"{others}; {said}", f"{said}; {others}"):
        assert [client.get("/read", headers={"Cookie": header}).text for _ in range(2)] == ["Ada"] * 2


@pytest.mark.parametrize("cookie", ["", "nonsense", "a.b.c", "é"])
def test_what_we_did_not_sign_says_nothing(small: Flask, cookie: str):
    assert small.test_client(use_cookies=False).get("/read", headers={"Cookie": f"session={cookie}"}).text == ""


def test_without_a_key_there_is_no_session(small: Flask):
    small.secret_key, small.testing = None, True

    with pytest.raises(RuntimeError, match="no secret key"):
        small.test_client().get("/write")
