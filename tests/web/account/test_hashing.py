"""A password is hashed, which is costly, only after its try was counted and only where it was not refused."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from recruit.accounts import attempts, credentials
from recruit.accounts.attempts import Asker, Purpose
from recruit.accounts.models import Attempt, User
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules import limits
from tests.accounts.people import PASSWORD
from tests.factories import UserFactory
from tests.visitor import Visitor

EMAIL = "sam@people.example"
REGISTER = {"name": "Sam Taylor", "email": EMAIL, "password": PASSWORD}
SIGN_IN = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def _no_hashing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every turn to hash is taken, so that whoever wants to hash is refused with 503."""
    monkeypatch.setattr(credentials, "PATIENCE", 0.01)
    taken = [credentials._turns.acquire(blocking=False) for _ in range(credentials.HASHES_AT_ONCE)]
    assert taken == [True] * credentials.HASHES_AT_ONCE
    yield
    for _ in taken:
        credentials._turns.release()


def use_up(app: Flask, purpose: Purpose, count: int, account: str = "person{}@people.example") -> None:
    """Count `count` tries from the visitors' address a moment ago."""
    asker = Asker("127.0.0.1", app.config["SECRET_KEY"])
    for number in range(count):
        with transaction():
            attempts.begin(asker, purpose, account.format(number), now=clock.now() - timedelta(seconds=5))


def counted() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Attempt)) or 0


@pytest.mark.usefixtures("_no_hashing")
@pytest.mark.parametrize(("path", "form"), [("/register", REGISTER), ("/sign-in", SIGN_IN)])
def test_a_try_is_counted_before_its_password_is_hashed(visitor: Visitor, path: str, form: dict[str, str]):
    visitor.post(path, form, 503)

    assert counted() == 2  # for the account and for the address
    assert db.session.scalars(select(User)).all() == []


@pytest.mark.usefixtures("_no_hashing")
def test_a_registration_that_the_address_has_no_tries_left_for_is_not_hashed(visitor: Visitor, app: Flask):
    use_up(app, Purpose.MAIL, limits.MAIL_TRIES_ADDRESS)
    before = counted()

    visitor.post("/register", REGISTER, 429)

    assert counted() == before


@pytest.mark.usefixtures("_no_hashing")
@pytest.mark.parametrize("has_account", [True, False])
def test_a_sign_in_that_the_address_has_no_tries_left_for_is_not_hashed(
    visitor: Visitor, app: Flask, has_account: bool
):
    if has_account:
        UserFactory(email=EMAIL)
    use_up(app, Purpose.SIGN_IN, limits.SIGN_IN_TRIES_ADDRESS)

    assert visitor.post("/sign-in", SIGN_IN, 200).select_one("#email-error") is not None


def test_with_tries_left_a_registration_is_hashed_and_made(visitor: Visitor, app: Flask):
    use_up(app, Purpose.MAIL, limits.MAIL_TRIES_ADDRESS - 1)

    visitor.post("/register", REGISTER, 302)

    (user,) = db.session.scalars(select(User)).all()
    assert credentials.matches(user.password_hash, PASSWORD)


@pytest.mark.usefixtures("_no_hashing")
def test_an_account_that_has_no_tries_left_spends_a_hash_all_the_same(visitor: Visitor, app: Flask):
    """Else the time of the answer would tell whether somebody was here before."""
    use_up(app, Purpose.MAIL, limits.MAIL_TRIES_ACCOUNT, account=EMAIL)

    visitor.post("/register", REGISTER, 503)
