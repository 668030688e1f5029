import pytest
from sqlalchemy import select

from recruit.accounts.models import UserSession
from recruit.core.db import db
from recruit.rules.access import Role
from recruit.web import guard
from recruit.web.account import answers
from tests.accounts.people import PASSWORD, somebody
from tests.factories import NOW, UserFactory
from tests.visitor import Visitor

EMAIL = "sam@demo.example"


def sign_in(visitor, status=302, path="/sign-in", **data):
    return visitor.submit(path, {"email": EMAIL, "password": PASSWORD, **data}, status)


def sessions():
    return [row.token_hash for row in db.session.scalars(select(UserSession))]


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ([Role.CANDIDATE], "/applications"),
        ([Role.RECRUITER], "/recruiter"),
        ([Role.HR], "/review"),
        ([Role.ADMIN], "/admin"),
        ([Role.PANEL], "/panel"),
        ([Role.SAFEGUARDING], "/review/disclosures"),
        ([], "/account"),
        ([Role.CANDIDATE, Role.HR], "/review"),
    ],
)
def test_each_role_starts_where_it_works(visitor, roles, home):
    somebody(email=EMAIL, roles=roles)
    sign_in(visitor)

    assert visitor.response.headers["Location"] == home


def test_the_page_that_was_wanted_comes_next(visitor):
    somebody(email=EMAIL)
    sign_in(visitor, path="/sign-in?next=/jobs/x/apply?a=1%26b=2")

    assert visitor.response.headers["Location"] == "/jobs/x/apply?a=1&b=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "http:evil.example",
        "evil.example", "javascript:alert(1)", "/%09/evil.example\t", "/\n/evil.example", "///evil.example",
        "/" + "x" * 1000, " //evil.example",
        "/x\\..\\..//evil.example", "\x00//evil.example",
    ],
)  # fmt: skip
def test_a_link_leads_nobody_elsewhere(visitor, elsewhere):
    somebody(email=EMAIL)
    page = visitor.get("/sign-in", query_string={"next": elsewhere})
    assert page.select_one("input[name=next]")["value"] == ""
    sign_in(visitor, next=elsewhere)

    assert visitor.response.headers["Location"] == "/applications"


@pytest.mark.parametrize("no_page", ["/sign-out", "/account/sign-out-everywhere", "/no-such-page"])
def test_what_no_link_can_open_does_not_come_next(visitor, no_page):
    somebody(email=EMAIL)
    sign_in(visitor, next=no_page)

    assert visitor.response.headers["Location"] == "/applications"


@pytest.mark.parametrize(
    ("wanted", "opened"),
    [
        ("/jobs?q=résumé", "/jobs?q=r%C3%A9sum%C3%A9"),
        ("/", "/"),
        ("/jobs/", "/jobs/"),
        ("/jobs/no-such-vacancy", "/jobs/no-such-vacancy"),
        ("/account#sessions", "/account#sessions"),
        ("/applications/a-7k3qf/check", "/applications/a-7k3qf/check"),
    ],
)
def test_a_page_that_only_looks_odd_is_still_a_page(visitor, wanted, opened):
    somebody(email=EMAIL)
    sign_in(visitor, next=wanted)

    assert visitor.response.headers["Location"] == opened


def test_every_refusal_is_the_same_page_to_the_byte(visitor, app):
    somebody(email="right@demo.example")
    somebody(email="disabled@demo.example", disabled_at=NOW)
    somebody(email="new@demo.example", confirmed_at=None)
    somebody(email="locked@demo.example")
    for _ in range(9):
        sign_in(Visitor(app), 200, email="locked@demo.example", password="wrong")

    tries = [
        ("nobody@demo.example", PASSWORD),
        ("right@demo.example", "wrong"),
        ("disabled@demo.example", PASSWORD),
        ("disabled@demo.example", "wrong"),
        ("new@demo.example", "wrong"),
        ("locked@demo.example", PASSWORD),
        ("locked@demo.example", "wrong"),
    ]
    pages = set()
    for email, password in tries:
        page = sign_in(visitor, 200, email=email, password=password)
        token = page.select_one("input[name=csrf_token]")["value"]
        pages.add(visitor.response.text.replace(token, "").replace(email, ""))

    assert len(pages) == 1
    assert answers.REFUSED in pages.pop()
    assert sessions() == []


def test_the_tenth_failed_try_locks_the_account_from_everywhere_and_made_up_addresses_change_nothing(visitor):
    somebody(email=EMAIL)
    token = visitor.token()
    for number in range(9):
        headers = {
            "X-Forwarded-For": f"198.51.100.{number}",
            "X-Real-IP": "198.51.100.9",
            "Forwarded": "for=198.51.100.9",
        }
        visitor.post("/sign-in", {"email": EMAIL, "password": "wrong", "csrf_token": token}, 200, headers=headers)
    sign_in(visitor, 200)

    assert sessions() == []


def test_the_fiftieth_failed_try_from_an_address_is_refused_with_the_right_password(visitor):
    somebody(email=EMAIL)
    token = visitor.token()
    for number in range(49):
        data = {"email": f"person{number}@demo.example", "password": "wrong", "csrf_token": token}
        visitor.post("/sign-in", data, 200, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    sign_in(visitor, 200)

    assert sessions() == []


def test_a_planted_cookie_is_worth_nothing_after_sign_in(visitor):
    with visitor.client.session_transaction() as cookie:
        cookie[guard.TOKEN], cookie["planted"] = "chosen by somebody else", "x"
    somebody(email=EMAIL)
    before = visitor.token()
    sign_in(visitor)

    with visitor.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie[guard.TOKEN] != "chosen by somebody else"
    assert visitor.token() != before
    assert len(sessions()) == 1


def test_signing_in_again_ends_the_session_before(visitor):
    somebody(email=EMAIL)
    token = visitor.token()
    visitor.post("/sign-in", {"email": EMAIL, "password": PASSWORD, "csrf_token": token})
    first = sessions()
    visitor.post("/sign-in", {"email": EMAIL, "password": PASSWORD})

    assert len(sessions()) == 1
    assert sessions() != first


def test_an_unconfirmed_account_is_offered_a_new_link_when_the_password_is_right(visitor):
    somebody(email=EMAIL, confirmed_at=None)
    page = sign_in(visitor, 200)

    assert page.select_one("h1").text == "Confirm your email address first"
    assert page.select_one("input[name=email]")["value"] == EMAIL
    assert page.select_one("main form")["action"] == "/confirm-email/send"
    assert sessions() == []


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"email": ""}, "email", "Enter your email address"),
        ({"password": ""}, "password", "Enter your password"),
        ({"email": "x" * 255}, "email", "Email address must be 254 characters or fewer"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(visitor, data, field, message):
    page = sign_in(visitor, 200, **data)

    assert page.select_one(f"[id='{field}-error']").text.replace("Error:", "").strip() == message
    assert page.select_one("input[name=password]").get("value") is None


def test_who_is_signed_in_goes_on(candidate):
    candidate.get("/sign-in?next=/jobs", 302)
    assert candidate.response.headers["Location"] == "/jobs"

    candidate.get("/sign-in", 302)
    assert candidate.response.headers["Location"] == "/applications"


def test_sign_out_ends_the_session_on_the_server(candidate):
    with candidate.client.session_transaction() as cookie:
        copied = dict(cookie)
    candidate.post("/sign-out")
    assert sessions() == []

    with candidate.client.session_transaction() as cookie:
        cookie.update(copied)
    candidate.get("/account", 302)


def test_sign_out_of_nobody_is_no_fault_and_a_link_does_not_sign_out(visitor, candidate):
    visitor.post("/sign-out")
    candidate.get("/sign-out", 405)
    candidate.get("/account")


def test_signing_out_everywhere_ends_every_session_of_this_person_only(candidate, visit_as):
    elsewhere, other = visit_as(candidate.user), visit_as(UserFactory())
    candidate.post("/account/sign-out-everywhere")
    elsewhere.get("/account", 302)
    other.get("/account")

    assert len(sessions()) == 1


def test_a_form_without_its_token_is_refused(app, session):
    visitor = Visitor(app)
    for path in ("/sign-in", "/register", "/sign-out", "/reset-password", "/confirm-email", "/account/password"):
        visitor._read("POST", path, 400, data={"email": EMAIL, "password": PASSWORD})

    assert PASSWORD not in visitor.response.text


def test_pages_of_accounts_are_kept_nowhere(visitor, candidate):
    for who, path in (
        (visitor, "/sign-in"), (visitor, "/register"), (visitor, "/reset-password"), (visitor, "/check-email"),
        (visitor, "/confirm-email/send"), (candidate, "/account"), (candidate, "/account/password"),
    ):  # fmt: skip
        who.get(path)
        assert who.response.headers["Cache-Control"] == "no-store"


def test_opening_pages_makes_no_session_row(visitor):
    for path in ("/sign-in", "/register", "/reset-password"):
        visitor.get(path)

    assert sessions() == []
