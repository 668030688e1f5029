import argon2
import pytest
from sqlalchemy import select

from recruit.accounts import attempts, credentials, sessions, signing_in
from recruit.accounts.attempts import Asker, Purpose
from recruit.accounts.models import Attempt, UserSession
from recruit.accounts.signing_in import Outcome
from recruit.core.db import db
from recruit.core.transaction import transaction
from tests.accounts.people import NEW_PASSWORD, PASSWORD, kept, signed_in, somebody
from tests.factories import NOW

EMAIL = "sam@demo.example"


class CountingHasher(argon2.PasswordHasher):
    """The real one, which counts how often it is made to work."""

    worked = 0

    def hash(self, password, *, salt=None):
        self.worked += 1
        return super().hash(password, salt=salt)

    def verify(self, hash, password):
        try:
            return super().verify(hash, password)
        except argon2.exceptions.InvalidHashError:
            self.worked -= 1  # refused before any work
            raise
        finally:
            self.worked += 1


@pytest.fixture
def hasher(monkeypatch):
    counting = CountingHasher.from_parameters(argon2.profiles.RFC_9106_LOW_MEMORY)
    monkeypatch.setattr(credentials, "_hasher", counting)
    return counting


def begin(asker=None):
    with transaction():
        return attempts.begin(asker or Asker("192.0.2.1", "a secret"), Purpose.SIGN_IN, EMAIL, now=NOW)


def sign_in(password=PASSWORD, leaving="", email=EMAIL):
    attempt = begin()
    checked = signing_in.check(email, password, attempt)
    with transaction():
        return checked.outcome, signing_in.finish(checked, attempt, leaving=leaving, now=NOW)


def test_the_right_password_of_a_confirmed_account_opens_a_session(session):
    user = somebody(email=EMAIL)
    outcome, token = sign_in(email="SAM@Demo.example")

    assert outcome is Outcome.SIGNED_IN
    assert token is not None
    assert signed_in(token, now=NOW) == user.as_actor()
    assert db.session.scalars(select(Attempt)).all() == []


@pytest.mark.parametrize(
    ("about", "password", "outcome"),
    [
        (None, PASSWORD, Outcome.UNKNOWN),
        ({}, "wrong", Outcome.WRONG_PASSWORD),
        ({}, PASSWORD + " ", Outcome.WRONG_PASSWORD),
        ({"disabled_at": NOW}, PASSWORD, Outcome.DISABLED),
        ({"disabled_at": NOW}, "wrong", Outcome.WRONG_PASSWORD),
        ({"confirmed_at": None}, PASSWORD, Outcome.UNCONFIRMED),
        ({"confirmed_at": None}, "wrong", Outcome.WRONG_PASSWORD),
        ({"password_hash": "!"}, PASSWORD, Outcome.WRONG_PASSWORD),
    ],
)
def test_everything_else_opens_none_and_costs_the_same(session, hasher, about, password, outcome):
    if about is not None:
        somebody(email=EMAIL, **about)
    hasher.worked = 0

    assert sign_in(password) == (outcome, None)
    assert hasher.worked == 1
    assert db.session.scalars(select(UserSession)).all() == []


def test_an_account_over_its_limit_refuses_the_right_password_and_costs_the_same(session, hasher):
    somebody(email=EMAIL)
    for _ in range(9):
        begin()
    hasher.worked = 0

    assert sign_in() == (Outcome.ACCOUNT_LIMIT, None)
    assert hasher.worked == 1


def test_an_address_over_its_limit_costs_nothing(session, hasher):
    somebody(email=EMAIL)
    for _ in range(49):
        begin()
    hasher.worked = 0

    assert sign_in() == (Outcome.ADDRESS_LIMIT, None)
    assert hasher.worked == 0


def test_the_session_before_ends(session):
    user = somebody(email=EMAIL)
    with transaction():
        before = sessions.open_session(user, now=NOW)
    sign_in(leaving=before)

    assert signed_in(before, now=NOW) is None


def test_a_hash_with_older_parameters_is_renewed_by_the_right_password_only(session):
    older = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    user = somebody(email=EMAIL, password_hash=older)
    sign_in("wrong")
    db.session.refresh(user)
    assert user.password_hash == older

    assert sign_in()[0] is Outcome.SIGNED_IN
    db.session.refresh(user)
    assert not credentials.is_outdated(user.password_hash)
    assert credentials.matches(user.password_hash, PASSWORD)


def test_a_password_that_changes_while_it_is_checked_opens_nothing(session):
    user = somebody(email=EMAIL)
    attempt = begin()
    checked = signing_in.check(EMAIL, PASSWORD, attempt)
    with transaction():
        user.password_hash = kept(NEW_PASSWORD)

    with transaction():
        assert signing_in.finish(checked, attempt, leaving="", now=NOW) is None


def test_an_account_that_is_disabled_while_it_is_checked_opens_nothing(session):
    user = somebody(email=EMAIL)
    attempt = begin()
    checked = signing_in.check(EMAIL, PASSWORD, attempt)
    with transaction():
        user.disabled_at = NOW

    with transaction():
        assert signing_in.finish(checked, attempt, leaving="", now=NOW) is None
