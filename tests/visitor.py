"""A person with a browser, who reads every page carefully."""

from contextvars import Context
from http import HTTPStatus
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from recruit.accounts import sessions
from recruit.accounts.models import User
from recruit.core import clock
from recruit.core.db import db
from recruit.web import guard

UNSEEN = ("hidden", "submit")  # kinds of input that nobody has to be told the name of


class Visitor:
    """Asks for pages and checks what every page must have.  Each request runs in a context of its own, as in life."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.user: User | None = None
        self.team: Any = None
        self.response: TestResponse

    def sign_in(self, user: User) -> None:
        """Become `user`, without the password: the sign-in page has tests of its own."""
        token = sessions.open_session(user, now=clock.now())
        db.session.commit()
        self.user = user
        with self.client.session_transaction() as cookie:
            cookie.permanent = True
            cookie[guard.TOKEN], cookie[guard.SEEN_AT] = token, int(clock.now().timestamp())

    def get(self, path: str, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        """Open `path`, expect `status`, return the page."""
        return self._read("GET", path, status, **kwargs)

    def post(self, path: str, data: dict[str, Any] | None = None, status: int = 302, **kwargs: Any) -> BeautifulSoup:
        """Send `data` to `path` with a valid token, expect `status`, return the page."""
        return self._read("POST", path, status, data={"csrf_token": self.token(), **(data or {})}, **kwargs)

    def submit(self, path: str, data: dict[str, Any] | None = None, status: int = 302) -> BeautifulSoup:
        """Open the form at `path` and send it back with what it holds, `data` on top: as a browser does."""
        form = self.get(path).select_one("main form[method=post]")
        assert form is not None, f"{path} has a form"
        values: dict[str, Any] = {}
        for control in form.select("input[name], textarea[name], select[name]"):
            kind, name = control.get("type", control.name), str(control["name"])
            if kind in ("radio", "checkbox") and not control.has_attr("checked"):
                continue
            if control.name == "select":
                chosen = control.select_one("option[selected]") or control.select_one("option")
                values[name] = chosen.get("value", "") if chosen else ""
            else:
                values[name] = (
                    control.text.removeprefix("\n") if control.name == "textarea" else control.get("value", "")
                )
        return self._read("POST", str(form.get("action") or path), status, data={**values, **(data or {})})

    def follow(self) -> BeautifulSoup:
        """Open the page that the last answer led to."""
        return self.get(self.response.headers["Location"])

    def token(self) -> str:
        """Return a token that forms of this browser carry."""
        with self.client.session_transaction() as cookie:
            secret = cookie.get("csrf_token")
        if secret is None:  # no form was opened yet
            page = Context().run(self.client.get, "/sign-in")
            if page.status_code == HTTPStatus.FOUND:  # signed in: the sign-out button carries one on every page
                page = Context().run(self.client.get, "/account")
            field = _parsed(page).select_one("input[name=csrf_token]")
            assert field is not None, "a form carries a token"
            return str(field["value"])
        return str(URLSafeTimedSerializer(str(self.client.application.secret_key), salt="wtf-csrf-token").dumps(secret))

    def _read(self, method: str, path: str, status: int, **kwargs: Any) -> BeautifulSoup:
        db.session.commit()  # what the test has made, the request can see; what it holds, it reads afresh
        self.response = Context().run(self.client.open, path, method=method, **kwargs)
        assert self.response.status_code == status, f"{self.response.status_code} {path}\n{self.response.text[:4000]}"
        page = _parsed(self.response)
        if self.response.mimetype == "text/html" and not 300 <= status < 400:
            check_page(page)
        return page


def _parsed(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.data, "lxml" if response.mimetype == "text/html" else "html.parser")


def check_page(page: BeautifulSoup) -> None:
    """Assert what must be true of every page."""
    headings, title, elements = page.find_all("h1"), page.title, page.find_all(True)
    assert len(headings) == 1, "a page has one h1"
    assert title is not None
    words = " ".join(title.get_text().removeprefix("Error: ").split())
    assert words.startswith(" ".join(headings[0].get_text().split())), f"the title starts with the h1: {words}"
    ids = [element["id"] for element in elements if element.has_attr("id")]
    assert sorted(set(ids)) == sorted(ids), "an id is used once"
    labelled = {element.get("for") for element in elements if element.name == "label"}
    for element in elements:
        if element.name in ("select", "textarea") or (element.name == "input" and element.get("type") not in UNSEEN):
            name = element["id"] if not element.get("aria-label") else ""
            assert not name or name in labelled, f"{name} has a label"
        for described_by in str(element.get("aria-describedby") or "").split():
            assert described_by in ids, f"{described_by} describes something and exists"
        assert not element.has_attr("style"), "nothing inline"
        if element.name == "script":
            assert element.has_attr("src") or element.get("type") == "application/ld+json", "nothing inline"
        if element.name == "form" and element.get("method") == "post":
            carried = element.find("input", attrs={"name": "csrf_token"})
            assert carried, f"the form to {element.get('action')} carries a token"
