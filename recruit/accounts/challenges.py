"""Challenges: random bytes that a passkey signs, so that an answer is new.  Each is answered once, within minutes.

A challenge that was given out is kept in the browser's signed cookie alone, so that whoever only looks at the sign-in
page leaves nothing behind; one that was answered is kept here until its time is over.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from recruit.accounts.models import SpentChallenge
from recruit.core.db import db, hold
from recruit.rules import limits

CHALLENGE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was given to one browser, and until when it can be answered."""

    value: bytes
    until: datetime


def new_challenge(*, now: datetime) -> Challenge:
    """Return one that nobody has seen."""
    return Challenge(secrets.token_bytes(CHALLENGE_BYTES), now + limits.CHALLENGE_LIVES)


def spend(challenge: Challenge | None, *, now: datetime) -> bool:
    """Let `challenge` be answered no more; say whether it could be answered until now.  Clears those that are too old.

    Args:
        challenge: what this browser was given; None if it was given none.
    """
    if challenge is None or challenge.until <= now:
        return False
    key = hashlib.sha256(challenge.value).hexdigest()
    hold(key)  # of two answers at one moment, the second finds it spent
    db.session.execute(delete(SpentChallenge).where(SpentChallenge.expires_at <= now))
    if db.session.get(SpentChallenge, key) is not None:
        return False
    db.session.add(SpentChallenge(challenge_hash=key, expires_at=challenge.until))
    return True
