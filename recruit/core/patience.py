"""How long somebody who waits for a page is kept waiting for the database.

Whoever waited in vain tells the rest of the process: for a short while nobody asks again, and then whoever does waits
less, so that those who queue behind do not each wait as long.  Commands and the worker, for whom nobody waits, have
more time.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from flask import has_request_context

PATIENCE: Final = 2.0  # seconds for one answer of the database; a page is promised within three
SHORT_PATIENCE: Final = 0.1  # seconds, after somebody has waited in vain and until somebody is answered
REST: Final = 0.5  # seconds without asking after one that waited in vain; recovery is promised within two

_awaited: ContextVar[bool] = ContextVar("awaited", default=False)


class Rest:
    """Whether the database is left alone for a moment, in this process."""

    def __init__(self) -> None:
        self._until = 0.0
        self._in_vain = False

    def begin(self) -> None:
        """Note that somebody has waited in vain."""
        self._until, self._in_vain = time.monotonic() + REST, True

    def end(self) -> None:
        """Note that the database has answered."""
        self._in_vain = False

    def is_short(self) -> bool:
        """Say whether to wait only a little, because nobody has been answered since somebody waited in vain."""
        return self._in_vain and is_awaited()

    def is_on(self) -> bool:
        """Say whether to refuse at once, because somebody has just waited in vain."""
        return is_awaited() and time.monotonic() < self._until


rest = Rest()


@contextmanager
def awaited() -> Iterator[None]:
    """Have somebody wait for what is done inside; in a request that is so by itself."""
    token = _awaited.set(True)
    try:
        yield
    finally:
        _awaited.reset(token)


def is_awaited() -> bool:
    """Say whether somebody waits for a page."""
    return _awaited.get() or has_request_context()
