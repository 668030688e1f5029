"""People with a password, for tests of accounts."""

from datetime import datetime
from functools import cache
from typing import Any

from recruit.accounts import sessions
from recruit.accounts.credentials import hash_password
from recruit.accounts.models import User
from recruit.core.found import found
from recruit.rules.access import Actor
from tests.factories import UserFactory

PASSWORD = "three green cows"
NEW_PASSWORD = "four blue hens sing"


@cache
def kept(password: str = PASSWORD) -> str:
    """Return the hash of `password`, made once."""
    return hash_password(password)


def somebody(**about: Any) -> User:
    """Return a person who can sign in with PASSWORD."""
    return UserFactory(**{"password_hash": kept(), **about})  # type: ignore[no-any-return]


def signed_in(token: str, *, now: datetime) -> Actor | None:
    """Return whose session a token opens, as each request finds out."""
    return found(sessions.signed_in_query(sessions.hash_token(token), now=now))
