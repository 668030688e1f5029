"""Pages kept by what they are made of: nobody gets another's, and what changed is shown at once."""

import pytest
from flask import g
from flask import session as flask_session

from recruit.accounts.models import RoleGrant
from recruit.core.db import db
from recruit.rules.access import Actor, Role
from recruit.web import kept_pages
from tests.factories import ApplicationFactory, UserFactory


def test_each_reader_gets_a_page_of_their_own(visit_as):
    ApplicationFactory(submitted=True)
    readers = [visit_as(UserFactory(name=name, roles=[Role.HR])) for name in ("Harper Reed", "Ash Lowe")]

    pages = [reader.get("/review?status=any") for _ in range(2) for reader in readers]

    names = [page.select_one(".site-nav__who").text.removeprefix("Signed in as ") for page in pages]
    assert names == ["Harper Reed", "Ash Lowe"] * 2
    first, second, *again = [page.select_one(".site-nav [name=csrf_token]")["value"] for page in pages]
    assert first != second
    assert again == [first, second]


def test_what_somebody_became_since_is_in_the_next_page(hr):
    ApplicationFactory(submitted=True)
    menus = [[link.text.strip() for link in hr.get("/review?status=any").select(".site-nav a")]]
    db.session.add(RoleGrant(user_id=hr.user.id, role=Role.ADMIN))
    db.session.commit()

    menus.append([link.text.strip() for link in hr.get("/review?status=any").select(".site-nav a")])

    assert len(menus[1]) > len(menus[0])


def test_a_message_is_shown_once(hr):
    ApplicationFactory(submitted=True)
    hr.get("/review?status=any")
    with hr.client.session_transaction() as cookie:
        cookie["_flashes"] = [("message", "It is done.")]

    shown = ["It is done." in hr.get("/review?status=any").text for _ in range(2)]

    assert shown == [True, False]


@pytest.mark.parametrize(("length", "times"), [(kept_pages.LONGEST_KEPT, 1), (kept_pages.LONGEST_KEPT + 1, 2)])
def test_a_page_that_is_many_times_as_long_as_others_is_made_each_time(app, session, length, times):
    made = []

    def make():
        made.append(1)
        return b"x" * length

    for _ in range(2):
        with app.test_request_context("/"):
            g.actor = Actor(3)
            flask_session["csrf_token"] = "the same"
            assert len(kept_pages.kept("long", length, make)) == length

    assert len(made) == times
