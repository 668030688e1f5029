from datetime import timedelta

import pytest
from sqlalchemy import select

from recruit.accounts import sessions
from recruit.accounts.models import UserSession
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.access import Role
from tests.accounts.people import signed_in
from tests.factories import NOW, UserFactory


def open_session(user, now=NOW):
    with transaction():
        return sessions.open_session(user, now=now)


@pytest.mark.parametrize(
    ("roles", "life"),
    [([Role.CANDIDATE], timedelta(days=7)), ([Role.HR], timedelta(hours=12)), ([*Role], timedelta(hours=12))],
)
def test_a_session_has_an_absolute_end_that_is_sooner_for_staff(session, roles, life):
    user = UserFactory(roles=roles)
    token = open_session(user)

    assert signed_in(token, now=NOW + life - timedelta(seconds=1)) == user.as_actor()
    assert signed_in(token, now=NOW + life) is None


def test_the_database_holds_no_token_and_each_token_is_new(session):
    user = UserFactory()
    tokens = {open_session(user) for _ in range(3)}
    kept = {row.token_hash for row in db.session.scalars(select(UserSession))}

    assert (len(tokens), len(kept), tokens & kept) == (3, 3, set())
    assert min(len(token) for token in tokens) >= 43  # 256 bits


def test_ending_one_session_leaves_the_others_and_ending_all_leaves_other_peoples(session):
    user, other = UserFactory(), UserFactory()
    here, there, others = open_session(user), open_session(user), open_session(other)
    with transaction():
        sessions.end_session(here)

    assert [signed_in(token, now=NOW) for token in (here, there, others)] == [
        None,
        user.as_actor(),
        other.as_actor(),
    ]

    with transaction():
        sessions.end_all_sessions(user)

    assert [signed_in(token, now=NOW) for token in (here, there, others)] == [
        None,
        None,
        other.as_actor(),
    ]


def test_a_disabled_account_has_no_session(session):
    token = open_session(UserFactory(disabled_at=NOW))

    assert signed_in(token, now=NOW) is None


def test_sign_in_clears_what_has_expired(session):
    user = UserFactory()
    open_session(user)
    open_session(user, now=NOW + timedelta(days=8))

    assert len(db.session.scalars(select(UserSession)).all()) == 1
