"""Links in mails that work without signing in: their address is the proof, and nobody can make another's."""

import hmac

from recruit.accounts.models import User
from recruit.core.db import db

CHARACTERS = 32  # hexadecimal digits of a link's HMAC: 128 bits


def mail_code(purpose: str, user_id: int, secret: str) -> str:
    """Return the last part of a link's address.

    Args:
        purpose: what the link is for, so that a link for one thing does no other.
        user_id: whose it is.
        secret: what it is made with.
    """
    return f"{user_id}-{_proof(purpose, user_id, secret)}"


def user_of_mail_code(purpose: str, code: str, *secrets: str) -> User | None:
    """Return whose link it is; None if we made no such link, or the account is closed.

    Args:
        purpose: as it was made with.
        code: the last part of the link's address.
        secrets: today's secret and earlier ones: old mails keep working when it changes.
    """
    number, _, given = code.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    made = [_proof(purpose, int(number), secret) for secret in secrets]
    user = db.session.get(User, int(number)) if _is_any(given, made) else None
    return user if user is not None and user.closed_at is None else None


def _proof(purpose: str, user_id: int, secret: str) -> str:
    return hmac.new(secret.encode(), f"{purpose}\0{user_id}".encode(), "sha256").hexdigest()[:CHARACTERS]


def _is_any(given: str, made: list[str]) -> bool:
    return any(hmac.compare_digest(given.encode("utf-8", "replace"), code.encode()) for code in made)
