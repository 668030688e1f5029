import pytest
from sqlalchemy import select

from recruit.accounts.models import EmailToken, User, UserSession
from recruit.accounts.passwords import COMMON, PERSONAL, TOO_SHORT
from recruit.core.db import db
from tests.accounts.people import PASSWORD, somebody
from tests.factories import NOW
from tests.visitor import Visitor
from tests.web.account.mails import first_link, mails, newest_link

EMAIL = "sam@demo.example"


def register(visitor, status=302, path="/register", **data):
    return visitor.submit(path, {"name": "Sam Taylor", "email": EMAIL, "password": PASSWORD, **data}, status)


def users():
    db.session.rollback()
    return list(db.session.scalars(select(User).order_by(User.id)))


def test_register_confirm_and_go_on_to_the_page_that_was_wanted(visitor):
    register(visitor, path="/register?next=/jobs/x/apply?a=1%26b=é")
    assert visitor.follow().select_one("h1").text == "Check your email"
    visitor.get(newest_link())
    visitor.submit(newest_link(), {"password": PASSWORD})

    assert visitor.response.headers["Location"] == "/jobs/x/apply?a=1&b=%C3%A9"
    assert users()[0].confirmed_at is not None
    visitor.get("/account")


def test_the_mail_says_what_to_do_and_nothing_about_the_person_but_the_first_name(visitor):
    register(visitor)
    [(recipient, subject, text)] = mails()

    assert (recipient, subject) == (EMAIL, "Confirm your email address")
    assert text.startswith("Hello Sam,\n")
    assert [word for word in ("Taylor", EMAIL, PASSWORD) if word in text] == []


def test_opening_the_link_changes_nothing_however_often(visitor):
    register(visitor)
    for _ in range(3):
        visitor.get(newest_link())
    db.session.rollback()

    assert users()[0].confirmed_at is None
    assert len(db.session.scalars(select(EmailToken)).all()) == 1
    assert db.session.scalars(select(UserSession)).all() == []


def test_the_link_needs_the_password_so_a_stranger_who_registered_the_address_gains_nothing(visitor, app):
    stranger = Visitor(app)
    register(visitor, password="the owners own words")
    register(stranger, password="the strangers words")
    visitor.submit(newest_link(), {"password": "the owners own words"}, 200)
    assert users()[0].confirmed_at is None

    visitor.submit("/reset-password", {"email": EMAIL})
    visitor.submit(newest_link(), {"password": "the owners new words"})
    stranger.submit("/sign-in", {"email": EMAIL, "password": "the strangers words"}, 200)
    visitor.submit("/sign-in", {"email": EMAIL, "password": "the owners new words"})

    assert visitor.response.headers["Location"] == "/applications"


def test_a_link_works_once_and_only_the_newest(visitor):
    register(visitor)
    older = newest_link()
    visitor.submit("/confirm-email/send", {"email": EMAIL})
    newer = newest_link()
    visitor.get(older, 410)
    visitor.submit(newer, {"password": PASSWORD})
    visitor.post("/sign-out")
    page = visitor.get(newer, 410)

    assert page.select_one("h1").text == "This link no longer works"
    assert page.select_one("main a")["href"] == "/confirm-email/send"


def test_guessing_at_a_confirmation_link_is_stopped_as_at_sign_in(visitor):
    register(visitor)
    link = newest_link()
    for _ in range(9):
        visitor.submit(link, {"password": "wrong"}, 200)
    visitor.submit(link, {"password": PASSWORD}, 200)

    assert users()[0].confirmed_at is None


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "\x00", "💥"])
def test_a_link_that_was_never_sent_is_told_like_one_that_ended(visitor, token):
    visitor.get("/confirm-email", 410, query_string={"token": token})
    visitor.get("/reset-password/new", 410, query_string={"token": token})
    visitor.post("/confirm-email", {"token": token, "password": PASSWORD}, 410)
    visitor.post("/reset-password/new", {"token": token, "password": PASSWORD}, 410)


def test_known_and_unknown_addresses_get_the_same_answer(visitor):
    somebody(email="known@demo.example")
    somebody(email="new@demo.example", confirmed_at=None)
    somebody(email="disabled@demo.example", disabled_at=NOW)
    answers = set()
    for path in ("/register", "/confirm-email/send", "/reset-password"):
        for who in ("known", "new", "disabled", "nobody"):
            data = {"email": f"{who}@demo.example", "name": "Sam", "password": "four quiet otters"}
            visitor.post(path, data)
            headers = {k: v for k, v in visitor.response.headers.items() if k not in ("X-Request-ID", "Set-Cookie")}
            answers.add((visitor.response.status_code, visitor.response.data, tuple(sorted(headers.items()))))

    assert len(answers) == 1


def test_who_has_an_account_is_told_by_mail_with_the_way_on(visitor):
    somebody(email=EMAIL, name="Samira First")
    register(visitor, path="/register?next=/jobs/x/apply")
    [(recipient, subject, text)] = mails()

    assert (recipient, subject) == (EMAIL, "You have an account already")
    assert text.startswith("Hello Samira,\n")
    assert first_link(text) == "/sign-in?next=/jobs/x/apply"
    assert [user.name for user in users()] == ["Samira First"]


def test_extra_fields_make_nobody_an_administrator(visitor):
    register(visitor, roles="admin", role="admin", confirmed_at="2020-01-01", id="1", grants="admin")

    assert [(user.confirmed_at, sorted(grant.role for grant in user.grants)) for user in users()] == [
        (None, ["candidate"])
    ]


def test_no_more_than_five_mails_an_hour_go_to_one_address_and_the_answer_stays_the_same(visitor):
    for _ in range(7):
        visitor.post("/confirm-email/send", {"email": EMAIL})
        visitor.post("/register", {"name": "Sam", "email": EMAIL, "password": PASSWORD})

    assert len(mails()) == 4  # the forms share the five tries; at the first there was no account yet


def test_an_address_that_asks_for_too_many_mails_is_told_to_wait(visitor):
    token = visitor.token()
    for number in range(50):
        visitor.post("/reset-password", {"email": f"person{number}@demo.example", "csrf_token": token})

    page = visitor.post("/reset-password", {"email": "one.more@demo.example", "csrf_token": token}, 429)
    assert page.select_one("h1").text == "Too many tries"


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"name": ""}, "name", "Enter your full name"),
        ({"name": "\u200b \u202e"}, "name", "Enter your full name"),
        ({"name": "x" * 201}, "name", "Full name must be 200 characters or fewer"),
        ({"email": ""}, "email", "Enter your email address"),
        ({"email": "sam"}, "email", "Enter an email address in the correct format, like name@example.com"),
        ({"email": "x" * 255}, "email", "Enter an email address in the correct format, like name@example.com"),
        ({"password": ""}, "password", "Choose a password"),
        ({"password": "short"}, "password", TOO_SHORT),
        ({"password": "password1"}, "password", COMMON),
        ({"password": "samtaylor"}, "password", PERSONAL),
        ({"password": "sam@demo.example"}, "password", PERSONAL),
        ({"password": "middlesbrough council"}, "password", PERSONAL),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(visitor, data, field, message):
    page = register(visitor, 200, **data)

    assert page.select_one(f"[id='{field}-error']").text.replace("Error:", "").strip() == message
    assert page.select_one("input[name=password]").get("value") is None
    if field == "password":
        assert [page.select_one(f"input[name={name}]")["value"] for name in ("name", "email")] == ["Sam Taylor", EMAIL]
    assert users() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_account_page_costs_five_queries(visit_as, queries, count):
    people = [somebody() for _ in range(count)]
    visitor = visit_as(people[0])
    queries.clear()
    visitor.get("/account")

    # who is asking, where they are signed in, the account, its alerts, its passkeys
    assert len([query for query in queries if query.startswith("SELECT")]) == 5
