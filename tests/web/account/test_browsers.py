"""Where somebody is signed in, and signing out there from here."""

import pytest
from sqlalchemy import func, select

from recruit.accounts.models import UserSession
from recruit.core.db import db
from tests.accounts.people import NEW_PASSWORD, PASSWORD, somebody


def buttons(page) -> list[str]:
    return [field["value"] for field in page.select("input[name=browser]")]


@pytest.mark.parametrize("others", [1, 3])
def test_each_other_browser_can_be_signed_out(visit_as, queries, others: int):
    user = somebody(email="sam@demo.example")
    elsewhere = [visit_as(user) for _ in range(others)]
    here = visit_as(user)
    queries.clear()
    page = here.get("/account")

    assert len(queries) == 5  # the session, its browsers, the account, its alerts, its passkeys
    assert (len(buttons(page)), page.main.text.count("(this device)")) == (others, 1)
    here.post("/account/sign-out-other", {"browser": buttons(page)[0]})

    assert "That device is signed out" in here.follow().text
    assert len(buttons(here.get("/account"))) == others - 1
    signed_in = [visitor.client.get("/account").status_code for visitor in elsewhere]
    assert sorted(signed_in) == [200] * (others - 1) + [302]


def test_each_browser_is_called_by_what_it_is(visitor):
    somebody(email="sam@demo.example")
    visitor.client.environ_base["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
    )
    visitor.submit("/sign-in", {"email": "sam@demo.example", "password": PASSWORD})
    assert "Chrome on Android: signed in at" in visitor.get("/account").main.text
    visitor.submit("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD})

    assert "Chrome on Android: signed in at" in visitor.get("/account").main.text
    assert visitor.client.get("/account/data.json").json["account"]["signed_in"][0]["device"] == "Chrome on Android"


def test_nobody_signs_out_somebody_else(visit_as):
    theirs = visit_as(somebody(email="robin@demo.example"))
    here = visit_as(somebody(email="sam@demo.example"))
    name = db.session.scalars(select(UserSession.token_hash).where(UserSession.user_id == theirs.user.id)).one()[:16]

    for odd in (name, "", "x" * 3000, "%", "\x00" * 16, name[:-1] + "%"):
        here.post("/account/sign-out-other", {"browser": odd})

    assert "was signed out already" in here.follow().text
    assert db.session.scalar(select(func.count()).select_from(UserSession)) == 2
    theirs.get("/account")
