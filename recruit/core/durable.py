"""What SQLite committed is on the disk before anybody is told of it, and nobody else waits for that.

With `synchronous=FULL` the commit itself waits for the disk, and so does everybody who waits for their turn to write.
Here SQLite writes its log without waiting (`NORMAL`: after a power cut the file is whole, up to some commit), and
whoever committed has the log brought to the disk after their turn.  A server that can do something else meanwhile does
so (`BEFORE_ANSWER`).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import has_request_context, request

BEFORE_ANSWER: Final = "recruit.before_answer"
"""Where a request's environ has a list of what is to be done before its answer is sent, by a thread of the server's.

If one of it fails the answer must not be sent.  Equal ones of several requests may be done once for all of them.
"""


@dataclass(frozen=True, slots=True)
class _Sync:
    """What brings one database's log to the disk: equal to another of the same."""

    database: str

    def __call__(self) -> None:
        sync_log(self.database)


def bring_to_disk(database: str) -> None:
    """Have what was committed to a SQLite file kept through a power cut, now or before this request is answered.

    Raises:
        OSError: the disk refused it.
    """
    later: list[Callable[[], None]] | None = request.environ.get(BEFORE_ANSWER) if has_request_context() else None
    if later is None:
        sync_log(database)
    else:
        later.append(_Sync(database))


def sync_log(database: str) -> None:
    """Bring SQLite's log to the disk.  What is no longer in it was brought there when it was moved to the file.

    Raises:
        OSError: the disk refused it.
    """
    try:
        log = os.open(f"{database}-wal", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        os.fdatasync(log)
    finally:
        os.close(log)
