"""Passkeys: adding one after the password, signing in with one, and every answer that is refused."""

import json
from contextvars import Context
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from webauthn.helpers import bytes_to_base64url

from recruit.accounts import attempts
from recruit.accounts.attempts import Asker, Purpose
from recruit.accounts.models import Attempt, Passkey, SpentChallenge, User, UserSession
from recruit.accounts.passkeys import remove_passkey
from recruit.accounts.signing_in import Check, Outcome
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.web import guard
from tests.accounts.authenticator import PRESENT, Authenticator
from tests.accounts.people import NEW_PASSWORD, PASSWORD, somebody
from tests.factories import NOW
from tests.visitor import Visitor
from tests.web.account.mails import first_link, mails
from tests.web.account.test_sign_in import EMAIL

LIST, START, CREATE = "/account/passkeys", "/account/passkeys/new", "/account/passkeys/new/create"
WAIT = limits.CHALLENGE_LIVES + timedelta(seconds=1)


def start(visitor: Visitor) -> dict:
    """Give the password; return what the device is asked to make."""
    visitor.submit(START, {"current": PASSWORD})
    page = visitor.follow()
    return json.loads(page.select_one("[data-module=passkey-add]")["data-options"])


def send_new(visitor: Visitor, answer: object, status: int = 302, name: str = "My phone"):
    sent = answer if isinstance(answer, str) else json.dumps(answer)
    return visitor.post(CREATE, {"name": name, "credential": sent}, status)


def add(visitor: Visitor, device: Authenticator | None = None, name: str = "My phone") -> Authenticator:
    device = device or Authenticator()
    send_new(visitor, device.make(start(visitor)), name=name)
    assert "Your passkey is added" in visitor.follow().text
    return device


def device_of(user: User, name: str = "My phone") -> Authenticator:
    """Return the device of a passkey that `user` added before."""
    device = Authenticator()
    handle = f"handle of {user.id}".encode()
    device.handle = bytes_to_base64url(handle)
    db.session.add(
        Passkey(
            user_id=user.id, user_handle=handle, credential_id=device.id, public_key=device.public_key(),
            sign_count=0, name=name, created_at=NOW,
        )
    )  # fmt: skip
    db.session.commit()
    return device


def ask(visitor: Visitor) -> dict:
    """Return what the device is asked to sign, as the script of the sign-in page does."""
    answer = Context().run(visitor.client.post, "/sign-in/passkey/options", data={"csrf_token": visitor.token()})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.get_json()


def send(visitor: Visitor, answer: object, status: int = 200, **data: str):
    sent = answer if isinstance(answer, str) else json.dumps(answer)
    return visitor.post("/sign-in/passkey", {"credential": sent, **data}, status)


def refused(page) -> bool:
    return "We could not sign you in with this passkey" in page.select_one(".govuk-error-summary").text


def forgive_all() -> None:
    """Let no limit be what refuses the next try."""
    db.session.query(Attempt).delete()
    db.session.commit()


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def sam(visit_as) -> Visitor:
    return visit_as(somebody(email=EMAIL))


@pytest.mark.parametrize(
    ("role", "home"), [(Role.CANDIDATE, "/applications"), (Role.HR, "/review"), (Role.PANEL, "/panel")]
)
def test_a_passkey_is_added_and_signs_its_owner_in(visit_as, visitor, role, home):
    sam = visit_as(somebody(email=EMAIL, roles=[role]))
    device = add(sam)
    options = ask(visitor)
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")
    assert options.get("allowCredentials", []) == []
    device.counter = 1
    send(visitor, device.sign(options), 302)

    assert visitor.response.headers["Location"] == home
    assert EMAIL in visitor.get("/account").text
    kept = db.session.scalars(select(Passkey)).one()
    assert (kept.name, kept.sign_count, kept.last_used_at is not None) == ("My phone", 1, True)
    assert count(Attempt) == 0
    assert [mail[:2] for mail in mails()] == [(EMAIL, "A passkey was added to your account")]


def test_the_page_that_was_wanted_comes_next_and_the_old_session_ends(sam, visitor, app):
    device = device_of(sam.user)
    send(sam, device.sign(ask(sam)), 302, next="/account/data")

    assert sam.response.headers["Location"] == "/account/data"
    assert count(UserSession) == 1
    other = Visitor(app)
    send(other, device.sign(ask(other)), 302, next="https://evil.example/")
    assert other.response.headers["Location"] == "/applications"


def test_a_passkey_asks_for_the_password_first(sam):
    assert "This is not your password" in sam.submit(START, {"current": "wrong"}, 200).select_one("#current-error").text
    sam.get(CREATE, 302)
    assert sam.response.headers["Location"] == START
    send_new(sam, Authenticator().make({"user": {"id": ""}, "challenge": ""}))

    assert count(Passkey) == 0


def test_what_a_device_is_asked_to_make(sam):
    options = start(sam)
    add(sam)
    again = start(sam)

    assert options["rp"] == {"id": "localhost", "name": "Children’s social work jobs"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert (options["attestation"], len(again["excludeCredentials"])) == ("none", 1)
    kept = db.session.scalars(select(Passkey)).one()
    assert kept.user_handle not in (b"", EMAIL.encode())


def wrong_origin(device: Authenticator) -> None:
    device.origin = "https://evil.example"


def wrong_host(device: Authenticator) -> None:
    device.host = "evil.example"


def unverified(device: Authenticator) -> None:
    device.flags = PRESENT


@pytest.mark.parametrize("spoil", [wrong_origin, wrong_host, unverified])
def test_a_passkey_from_elsewhere_or_of_nobody_is_neither_added_nor_let_in(sam, visitor, spoil):
    device = Authenticator()
    spoil(device)
    send_new(sam, device.make(start(sam)))
    assert "nothing was added" in sam.follow().text
    assert count(Passkey) == 0

    device = device_of(sam.user)
    spoil(device)
    assert refused(send(visitor, device.sign(ask(visitor))))
    assert (count(UserSession), count(Attempt)) == (1, 2)


def test_an_answer_counts_once(sam, visitor, app):
    device = device_of(sam.user)
    options = ask(visitor)
    with visitor.client.session_transaction() as cookie:
        kept = dict(cookie)
    answer = device.sign(options)
    send(visitor, answer, 302)
    thief = Visitor(app)
    with thief.client.session_transaction() as cookie:
        cookie.update(kept)  # the cookie as it was, and the same answer

    assert refused(send(thief, answer))
    assert refused(send(Visitor(app), answer))
    assert (count(SpentChallenge), count(UserSession)) == (1, 2)


def test_an_answer_to_somebody_elses_challenge_is_refused(sam, visitor, app):
    device = device_of(sam.user)
    theirs = ask(Visitor(app))
    ask(visitor)

    assert refused(send(visitor, device.sign(theirs)))


def test_an_answer_that_comes_too_late_is_refused(sam, visitor):
    device, late = device_of(sam.user), Authenticator()
    options, new = ask(visitor), start(sam)
    with time_machine.travel(clock.now() + WAIT):
        assert refused(send(visitor, device.sign(options)))
        send_new(sam, late.make(new))
        assert "Enter your password again" in sam.follow().text

    assert count(Passkey) == 1


def test_a_made_passkey_is_added_once_and_to_one_account(sam, visit_as):
    device = Authenticator()
    answer = device.make(start(sam))
    send_new(sam, answer)
    send_new(sam, answer)
    assert "Enter your password again" in sam.get(START).text
    robin = visit_as(somebody(email="robin@demo.example"))
    send_new(robin, device.make(start(robin)))

    assert "in use here already" in robin.follow().text
    assert db.session.scalars(select(Passkey.user_id)).all() == [sam.user.id]


def test_somebody_elses_passkey_opens_no_account_of_ones_own(sam, visitor, visit_as):
    device = device_of(sam.user)
    robins = device_of(somebody(email="robin@demo.example"))
    robins.handle = device.handle
    assert refused(send(visitor, robins.sign(ask(visitor))))
    device.key, device.handle = robins.key, device.handle

    assert refused(send(visitor, device.sign(ask(visitor))))
    assert refused(send(visitor, Authenticator().sign(ask(visitor))))


def test_a_copy_of_a_passkey_is_refused_and_told(sam, visitor, app):
    device = device_of(sam.user)
    device.counter = 5
    send(visitor, device.sign(ask(visitor)), 302)
    thief = Visitor(app)
    for said in (5, 4, 0):
        device.counter = said
        page = send(thief, device.sign(ask(thief)))
        assert "may have been copied" in page.select_one(".govuk-error-summary").text

    assert [mail[1] for mail in mails()][-1] == "We refused a passkey of your account"
    assert db.session.scalars(select(Passkey.sign_count)).one() == 5
    device.counter = 9
    device.key = Authenticator().key  # a count that fits and a signature that does not
    assert refused(send(thief, device.sign(ask(thief))))


@pytest.mark.parametrize("about", [{"disabled_at": NOW}, {"confirmed_at": None}])
def test_an_account_that_nobody_may_use_is_not_opened(sam, visitor, about):
    device = device_of(sam.user)
    user = db.session.get_one(User, sam.user.id)
    for name, value in about.items():
        setattr(user, name, value)

    assert refused(send(visitor, device.sign(ask(visitor))))


def test_what_is_no_answer_is_refused_in_words(sam, visitor):
    start(sam)
    for odd in ("", "{", "null", "[]", '{"id": 1}', "[" * 15_000, "x" * 20_000, '{"id": "a", "id2"'):
        page = send(visitor, odd, 400)
        assert "is not a passkey’s answer" in page.select_one(".govuk-error-summary").text
        assert "is not a passkey’s answer" in send_new(sam, odd, 400).select_one(".govuk-error-summary").text


def test_odd_parts_of_an_answer_are_refused(sam, visitor):
    device = device_of(sam.user)
    for part in ("id", "rawId", "type", "response", "clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for odd in (None, "", "\x00é", {"a": []}):
            forgive_all()
            answer = device.sign(ask(visitor))
            (answer if part in answer else answer["response"])[part] = odd
            page = send(visitor, answer, 400 if part == "id" and not isinstance(odd, str) else 200)
            assert page.select_one(".govuk-error-summary") is not None, (part, odd)

    assert count(UserSession) == 1


def test_the_tenth_failed_try_with_a_passkey_is_refused_and_a_guessed_password_keeps_nobody_out(sam, visitor, app):
    device = device_of(sam.user)
    for _ in range(10):
        attempts.begin(Asker("198.51.100.1", app.config["SECRET_KEY"]), Purpose.SIGN_IN, EMAIL, now=clock.now())
    send(visitor, device.sign(ask(visitor)), 302)
    right, device.key = device.key, Authenticator().key
    thief = Visitor(app)
    for _ in range(9):
        send(thief, device.sign(ask(thief)))
    device.key = right

    assert refused(send(thief, device.sign(ask(thief))))


@pytest.mark.parametrize("number", [1, 3])
def test_passkeys_are_listed_and_removed_with_the_password(sam, visitor, queries, number):
    for each in range(number):
        device = device_of(sam.user, f"Device {each}")
    queries.clear()
    page = sam.get(LIST)
    assert (len(queries), len(page.select("li.entry"))) == (2, number)
    assert f"Device {number - 1}" in sam.get("/account").main.text
    href = page.select("li.entry a")[-1]["href"]
    assert "not your password" in sam.submit(href, {"current": "wrong"}, 200).select_one("#current-error").text
    sam.submit(href, {"current": PASSWORD})

    assert "The passkey is removed" in sam.follow().text
    assert count(Passkey) == number - 1
    assert mails()[-1][1] == "A passkey was removed from your account"
    assert refused(send(visitor, device.sign(ask(visitor))))


def test_nobody_removes_somebody_elses(sam, visit_as):
    device_of(sam.user)
    key = db.session.scalars(select(Passkey.id)).one()
    robin = visit_as(somebody(email="robin@demo.example"))

    for odd in (key, 0, 99999999999999999999999):
        robin.get(f"{LIST}/{odd}/remove", 404)
        robin.post(f"{LIST}/{odd}/remove", {"current": PASSWORD}, 404)
    attempt = attempts.Try(attempts.Verdict.ALLOWED, "")
    checked = Check(Outcome.SIGNED_IN, robin.user, robin.user.password_hash)
    with pytest.raises(NotFound), transaction():
        remove_passkey(robin.user, db.session.get_one(Passkey, key), checked, attempt, now=clock.now())
    assert count(Passkey) == 1


def test_there_is_a_most(sam, monkeypatch):
    monkeypatch.setattr(limits, "PASSKEYS", 1)
    add(sam)
    assert "1 passkeys are the most" in sam.get(LIST).main.text
    send_new(sam, Authenticator().make(start(sam)))

    assert "which is the most" in sam.follow().text
    assert count(Passkey) == 1


def test_a_name_is_asked_for_and_what_the_device_made_is_kept(sam):
    device = Authenticator()
    page = send_new(sam, device.make(start(sam)), 200, name="")
    assert "Enter a name" in page.select_one("#name-error").text
    send_new(sam, page.select_one("input[name=credential]")["value"], name="<b>" + "x" * 50)

    assert "<b>xxx" in sam.get(LIST).main.text


def test_a_password_chosen_by_mail_removes_every_passkey_and_a_changed_one_keeps_them(sam, visitor):
    device = device_of(sam.user)
    sam.submit("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD})
    assert count(Passkey) == 1
    visitor.submit("/reset-password", {"email": EMAIL})
    visitor.submit(first_link(mails()[-1][2]), {"password": PASSWORD})

    assert count(Passkey) == 0
    assert refused(send(visitor, device.sign(ask(visitor))))


def test_taking_an_address_back_removes_every_passkey(sam, visitor):
    device_of(sam.user)
    sam.submit("/account/email", {"email": "new@demo.example", "current": PASSWORD})
    visitor.submit(first_link(mails()[-1][2]))

    assert count(Passkey) == 0


def test_passkeys_are_in_the_download_and_go_with_the_account(sam):
    device_of(sam.user)
    own = sam.client.get("/account/data.json").json["account"]["passkeys"]
    assert [(one["name"], one["last_used_at"]) for one in own] == [("My phone", None)]
    assert "My phone: added at" in sam.get("/account/data").main.text
    sam.submit("/account/close", {"current": PASSWORD})

    assert count(Passkey) == 0


def test_whoever_asks_leaves_no_row_and_the_cookie_is_new_afterwards(sam, visitor, queries):
    device = add(sam)
    options = ask(visitor)
    assert count(SpentChallenge) == 1
    with visitor.client.session_transaction() as cookie:
        cookie["planted"] = "yes"
    send(visitor, device.sign(options), 302)

    with visitor.client.session_transaction() as cookie:
        assert set(cookie) <= {guard.TOKEN, guard.SEEN_AT, "_permanent", "csrf_token"}
