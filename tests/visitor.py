"""A person with a browser, who reads every page carefully."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from contextvars import Context
from functools import cache
from http import HTTPStatus
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from werkzeug.local import LocalProxy
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
        response = self.response
        if response.mimetype == "text/html" and not 300 <= status < 400:
            check_page(response.data)
        return LocalProxy(cache(lambda: _parsed(response)))  # type: ignore[return-value]  # parsed for whoever reads it


def _parsed(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.data, "lxml" if response.mimetype == "text/html" else "html.parser")


def check_page(text: bytes) -> None:
    """Assert what must be true of every page."""
    elements = list(document_fromstring(text, parser=HTMLParser(encoding="utf-8")).iter("*"))
    by_name: dict[str, list[HtmlElement]] = defaultdict(list)
    for element in elements:
        by_name[element.tag].append(element)
    [heading] = by_name["h1"]  # a page has one
    title, *_ = by_name["title"]
    words = " ".join(title.text_content().removeprefix("Error: ").split())
    assert words.startswith(" ".join(heading.text_content().split())), f"the title starts with the h1: {words}"
    ids = [element.get("id") for element in elements if "id" in element.attrib]
    assert sorted(set(ids)) == sorted(ids), "an id is used once"
    assert [element for element in elements if "style" in element.attrib] == [], "nothing inline"
    _check_controls(by_name, set(ids))
    for script in by_name["script"]:
        assert "src" in script.attrib or script.get("type") == "application/ld+json", "nothing inline"
    for form in by_name["form"]:
        if form.get("method") == "post":
            carried = form.find(".//input[@name='csrf_token']")
            assert carried is not None, f"the form to {form.get('action')} carries a token"


def _check_controls(by_name: Mapping[str, Sequence[HtmlElement]], ids: Set[str]) -> None:
    labelled = {label.get("for") for label in by_name["label"]}
    inputs = [one for one in by_name["input"] if one.get("type") not in UNSEEN]
    for control in (*by_name["select"], *by_name["textarea"], *inputs):
        name = control.attrib["id"] if not control.get("aria-label") else ""
        assert not name or name in labelled, f"{name} has a label"
    for elements in by_name.values():
        for element in elements:
            described_by = set((element.get("aria-describedby") or "").split())
            assert described_by <= ids, f"{described_by - ids} describes something and exists"
