"""Asking somebody who is signed in for their password, before what only they may do."""

from datetime import datetime

from recruit.accounts import attempts, signing_in
from recruit.accounts.attempts import Purpose, Try
from recruit.accounts.models import User
from recruit.accounts.signing_in import Check
from recruit.core.transaction import transaction
from recruit.web.account.blueprint import asker


def check_password(owner: User, password: str, *, now: datetime) -> tuple[Check, Try]:
    """Return what the slow check of `password` found, counted as a try to sign in.  A transaction of its own.

    Raises:
        Unavailable: too many sign in at once.
    """
    with transaction():
        attempt = attempts.begin(asker(), Purpose.SIGN_IN, owner.email_key, now=now)
    return signing_in.check_user(owner, password, attempt), attempt
