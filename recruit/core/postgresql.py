"""PostgreSQL connections that do not wait for ever for a server that has stopped answering, and ask it little.

`statement_timeout` is the server's own clock: a server that hangs, or is cut off, never gets to it.

How they are made is in `core.engines`.
"""

import math
import time
from typing import Any, Final, Self

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import Pool

from recruit.core.patience import PATIENCE, SHORT_PATIENCE, is_awaited, rest

TRUSTED: Final = 0.5  # seconds after its last use that a connection is taken to be still there


class PatientConnection(psycopg.Connection[Any]):
    """A connection on which each answer must come in time while somebody waits for a page.

    One that is late ends the connection: whatever comes later belongs to nobody.  Without a commit nothing is kept; a
    commit whose answer is late may have been kept, and the page that says so asks to look before trying again.
    """

    @classmethod
    def connect(cls, *args: Any, **kwargs: Any) -> Self:
        """Connect, unless somebody has just waited in vain.

        Raises:
            psycopg.OperationalError: the server cannot be reached, or did not answer a moment ago.
        """
        if rest.is_on():
            raise psycopg.OperationalError("the server did not answer a moment ago")
        try:
            connection = super().connect(*args, **kwargs)
        except psycopg.errors.ConnectionTimeout:
            rest.begin()
            raise
        rest.end()
        return connection

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer, at most `PATIENCE` while somebody waits for a page; less if one has just come too late.

        Raises:
            psycopg.OperationalError: it did not come in time; the connection is closed.
        """
        if timeout is not None or not is_awaited():
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, SHORT_PATIENCE if rest.is_short() else PATIENCE)
        except psycopg.errors._WaitTimeout as error:  # meant to be made into a public one by whoever gave the time
            rest.begin()
            self.close()
            raise psycopg.OperationalError("the server did not answer in time") from error


@event.listens_for(Pool, "checkin")
def _note_when(_connection: Any, record: Any) -> None:
    record.info["used_at"] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _ask_after_rest(connection: Any, record: Any, _fairy: Any) -> None:
    """Ask whether a connection that nobody has used for a while is still there; where not, all are made anew.

    SQLAlchemy's `pool_pre_ping` asks each time, which is a whole turn to the server more for each page.
    """
    if not isinstance(connection, PatientConnection):
        return
    is_trusted = time.monotonic() - record.info.get("used_at", math.inf) < TRUSTED
    if is_trusted and not rest.is_short():
        return
    is_by_itself = connection.autocommit
    try:
        connection.autocommit = True
        connection.execute("SELECT 1", prepare=False)
        connection.autocommit = is_by_itself
    except psycopg.Error as error:
        raise InvalidatePoolError from error
    rest.end()
