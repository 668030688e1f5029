"""PostgreSQL connections that do not wait for ever for a server that has stopped answering.

`statement_timeout` is the server's own clock: a server that hangs, or is cut off, never gets to it.
"""

from typing import Any, Self

import psycopg
from psycopg.abc import RV, PQGen

from recruit.core.patience import PATIENCE, is_awaited, rest


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
        """Wait for an answer, at most `PATIENCE` while somebody waits for a page.

        Raises:
            psycopg.OperationalError: it did not come in time; the connection is closed.
        """
        if timeout is not None or not is_awaited():
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, PATIENCE)
        except psycopg.errors._WaitTimeout as error:  # meant to be made into a public one by whoever gave the time
            rest.begin()
            self.close()
            raise psycopg.OperationalError("the server did not answer in time") from error
