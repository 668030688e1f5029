"""Fair turns at SQLite's one writer, for any number of processes and threads.

SQLite's own wait polls with growing pauses, so one of two busy processes can starve.  Here whoever is next holds the
door and alone waits for the turn; who comes later waits for the door, so nobody goes before one who is next.  The
wait is bounded (a blocking `flock` is not), and the kernel ends both locks with the process that held them.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Final

from flask import has_request_context, request
from sqlalchemy.exc import TimeoutError as NoTurn

from recruit.core.patience import SHORT_PATIENCE, is_awaited, rest

PATIENCE: Final = 1.0  # seconds for a turn, and for SQLite's own lock with it, while somebody waits for a page
LONG_PATIENCE: Final = 30.0  # seconds for a turn otherwise
WAIT: Final = "recruit.wait"
"""Where a request's environ has what waits for a future while the server does something else."""
_LET_OTHERS: Final = 2  # times that a writer lets others go first; then it stands in line
_POLL: Final = 0.0005  # seconds between two looks; a write takes some milliseconds
_LONGEST_POLL: Final = 0.004  # seconds, of who has looked often: many who wait leave the processor to the pages


@contextmanager
def turn(database: str) -> Iterator[float]:
    """Write alone, among all who ask for a turn at the same file.

    Args:
        database: the path of SQLite's file.

    Yields:
        Until when to wait for SQLite's own lock, a reading of the monotonic clock.

    Raises:
        sqlalchemy.exc.TimeoutError: the others did not end in time, or somebody has just waited for that in vain.
    """
    if rest.is_on():
        raise NoTurn("the database was locked a moment ago")
    patience = SHORT_PATIENCE if rest.is_short() else PATIENCE if is_awaited() else LONG_PATIENCE
    deadline = time.monotonic() + patience
    with _file(f"{database}-turn") as lock:
        with _file(f"{database}-door") as door:
            _take(door, deadline)
            _take(lock, deadline)
        yield deadline


def let_others_compute(database: str) -> None:
    """Where somebody writes just now, let this process do something else first, if its server can (`WAIT`).

    To be called without a connection to the database: those who go first want one, too.
    """
    wait = request.environ.get(WAIT) if has_request_context() else None
    if wait is None:
        return
    for _ in range(_LET_OTHERS):
        if _is_free(database):
            return
        soon: Future[None] = Future()
        soon.set_result(None)  # it comes once all that is ready now has had its turn
        wait(soon)


def _is_free(database: str) -> bool:
    """Say whether nobody writes at this moment."""
    with _file(f"{database}-turn") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def _file(path: str) -> Iterator[int]:
    """Open a file for its lock alone: to close it ends the lock."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        yield number
    finally:
        os.close(number)


def _take(lock: int, deadline: float) -> None:
    """Lock an open file before `deadline`, a reading of the monotonic clock."""
    pause = _POLL
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                rest.begin()
                raise NoTurn("nobody else ended writing in time") from None
            time.sleep(pause)
            pause = min(pause * 1.1, _LONGEST_POLL)
        else:
            return
