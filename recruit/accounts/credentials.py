"""Passwords at rest: argon2id with the low-memory profile of RFC 9106 (section 4, second recommended option)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from recruit.core.errors import Unavailable

HASHES_AT_ONCE = 2  # in one process; each takes 64 MiB, so a flood of sign-ins cannot take all memory
PATIENCE = 20.0  # seconds that a request waits for its turn; a busy machine hashes one in a second

_hasher = PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)
_turns = BoundedSemaphore(HASHES_AT_ONCE)


def hash_password(password: str) -> str:
    """Return what is kept of `password`.  Takes about 0.1 s and 64 MiB: call it before a transaction, never in one.

    Raises:
        Unavailable: too many others are being hashed.
    """
    with _turn():
        return _hasher.hash(_as_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Say whether `password` is the one that `kept` was made of.

    Without an account (`kept` is None) it spends the same time on nothing, so that time does not tell who has one.

    Raises:
        Unavailable: too many others are being hashed.
    """
    with _turn():
        if kept is None:
            _hasher.hash(_as_bytes(password))
            return False
        try:
            return _hasher.verify(kept, _as_bytes(password))
        except VerificationError:
            return False
        except InvalidHashError:
            _hasher.hash(_as_bytes(password))
            return False


def is_outdated(kept: str) -> bool:
    """Say whether `kept` was made with other parameters than today's, so that the next sign-in renews it."""
    return _hasher.check_needs_rehash(kept)


def unusable() -> str:
    """Return what is kept for an account that has no password yet: no password matches it."""
    return f"no password {secrets.token_hex(8)}"


def _as_bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")  # exactly as typed: nothing cut, folded or composed


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise Unavailable("Too many people are signing in at this moment. Try again in a minute.")
    try:
        yield
    finally:
        _turns.release()
