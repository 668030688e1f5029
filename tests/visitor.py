"""A person with a browser, who reads every page carefully."""

from contextvars import Context
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from recruit.accounts import sessions
from recruit.accounts.models import User
from recruit.core import clock
from recruit.core.db import db
from recruit.web import guard

UNLABELLED_KINDS = "input:not([type=hidden]):not([type=submit]), select, textarea"


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
        page = BeautifulSoup(Context().run(self.client.get, "/sign-in").data, "html.parser")
        field = page.select_one("input[name=csrf_token]")
        if field is None:  # signed in: the sign-out button carries one on every page
            page = BeautifulSoup(Context().run(self.client.get, "/account").data, "html.parser")
            field = page.select_one("input[name=csrf_token]")
        assert field is not None, "a form carries a token"
        return str(field["value"])

    def _read(self, method: str, path: str, status: int, **kwargs: Any) -> BeautifulSoup:
        db.session.commit()  # what the test has made, the request can see; what it holds, it reads afresh
        self.response = Context().run(self.client.open, path, method=method, **kwargs)
        assert self.response.status_code == status, f"{self.response.status_code} {path}\n{self.response.text[:4000]}"
        page = BeautifulSoup(self.response.data, "html.parser")
        if self.response.mimetype == "text/html" and not 300 <= status < 400:
            check_page(page)
        return page


def check_page(page: BeautifulSoup) -> None:
    """Assert what must be true of every page."""
    heading, title = page.select("h1"), page.title
    assert len(heading) == 1, "a page has one h1"
    assert title is not None
    words = " ".join(title.get_text().removeprefix("Error: ").split())
    assert words.startswith(" ".join(heading[0].get_text().split())), f"the title starts with the h1: {words}"
    ids = [element["id"] for element in page.select("[id]")]
    assert sorted(set(ids)) == sorted(ids), "an id is used once"
    for control in page.select(UNLABELLED_KINDS):
        assert page.select_one(f"label[for='{control['id']}']") or control.get("aria-label"), (
            f"{control['id']} has a label"
        )
    for form in page.select("form[method=post]"):
        assert form.select_one("input[name=csrf_token]"), f"the form to {form.get('action')} carries a token"
    for described in page.select("[aria-describedby]"):
        for name in str(described["aria-describedby"]).split():
            assert page.select_one(f"[id='{name}']"), f"{name} describes something and exists"
    assert not page.select("[style], script:not([src]):not([type='application/ld+json'])"), "nothing inline"
