from datetime import timedelta

import pytest
from sqlalchemy import select

from recruit.accounts.links import new_link, use_link, user_of_link
from recruit.accounts.models import EmailToken, TokenPurpose
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.rules import limits
from tests.factories import NOW, UserFactory

CONFIRM, RESET = TokenPurpose


def link(user, purpose=CONFIRM, now=NOW):
    with transaction():
        return new_link(user, purpose, now=now)


@pytest.mark.parametrize(("purpose", "life"), [(CONFIRM, timedelta(hours=48)), (RESET, timedelta(hours=1))])
def test_a_link_works_until_its_time_is_over(session, purpose, life):
    user = UserFactory()
    token = link(user, purpose)

    assert user_of_link(token, purpose, now=NOW + life - timedelta(seconds=1)) == user
    assert user_of_link(token, purpose, now=NOW + life) is None


def test_a_link_works_once(session):
    user = UserFactory()
    token = link(user)
    with transaction():
        assert use_link(token, CONFIRM, now=NOW) == user

    with pytest.raises(Conflict), transaction():
        use_link(token, CONFIRM, now=NOW)


def test_a_newer_link_ends_the_older_of_the_same_purpose_and_person_only(session):
    user, other = UserFactory(), UserFactory()
    older, reset, others = link(user), link(user, RESET), link(other)
    newer = link(user)

    assert user_of_link(older, CONFIRM, now=NOW) is None
    assert user_of_link(newer, CONFIRM, now=NOW) == user
    assert user_of_link(reset, RESET, now=NOW) == user
    assert user_of_link(others, CONFIRM, now=NOW) == other


def test_a_link_is_for_one_purpose(session):
    token = link(UserFactory(), RESET)

    assert user_of_link(token, CONFIRM, now=NOW) is None


@pytest.mark.parametrize("token", ["", "x", "\x00", "💥" * 5000])
def test_a_link_that_was_never_sent_is_nobodys(session, token):
    UserFactory()

    assert user_of_link(token, CONFIRM, now=NOW) is None


def test_a_disabled_account_has_no_links(session):
    token = link(UserFactory(disabled_at=NOW))

    assert user_of_link(token, CONFIRM, now=NOW) is None


def test_the_database_holds_no_token(session):
    token = link(UserFactory())
    kept = db.session.scalars(select(EmailToken)).one()

    assert len(token) >= 43  # 256 bits
    assert token not in (kept.token_hash, str(vars(kept)))
    assert kept.expires_at - kept.created_at == limits.CONFIRM_LINK_LIVES
