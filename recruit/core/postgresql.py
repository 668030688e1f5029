"""PostgreSQL connections that do not wait for ever for a server that has stopped answering, and ask it little.

`statement_timeout` is the server's own clock: a server that hangs, or is cut off, never gets to it.

What every page asks is sent without a cursor: the driver's finds out for each statement what it has found out before,
which takes three times as long as to send it.

How they are made is in `core.engines`.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Self

import psycopg
from psycopg import abc, generators
from psycopg.abc import RV, PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import Pool

from recruit.core.patience import PATIENCE, SHORT_PATIENCE, is_awaited, rest

TRUSTED: Final = 0.5  # seconds after its last use that a connection is taken to be still there
READY_KEPT: Final = 200  # statements that the server keeps ready for a connection, each some ten kilobytes there


class Answer(NamedTuple):
    """What a statement found: its rows, the number of the type of each column, and how many rows it changed."""

    rows: list[tuple[Any, ...]]
    kinds: Sequence[int]
    changed: int


class _Ready(NamedTuple):
    """A statement that the server has planned: its name there, what reads its rows, and the types of its columns."""

    name: bytes
    transformer: abc.Transformer
    kinds: Sequence[int]


class PatientConnection(psycopg.Connection[Any]):
    """A connection on which each answer must come in time while somebody waits for a page.

    One that is late ends the connection: whatever comes later belongs to nobody.  Without a commit nothing is kept; a
    commit whose answer is late may have been kept, and the page that says so asks to look before trying again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ready: OrderedDict[str, _Ready] = OrderedDict()
        self._made_ready = 0

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

    def ask(self, text: str, values: Sequence[Any]) -> Answer:
        """Send one statement, which the server plans the first time and keeps, and return what it found.

        Only for a connection that is in no transaction: where one is rolled back, the driver has the server forget all
        that it keeps.

        Args:
            text: it calls what it binds $1, $2 and so on, and says of what types they are where that is not plain.
            values: what it binds, in order.

        Raises:
            psycopg.Error: the server refused it, or did not answer in time.
        """
        with self.lock:
            ready = self._ready.get(text) or self._make_ready(text)
            self._ready.move_to_end(text)
            transformer = ready.transformer
            self.pgconn.send_query_prepared(
                ready.name, transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))
            )
            try:
                result = self._result()
            except psycopg.Error:
                self._forget(text)  # it may have been planned for tables as they were
                raise
            transformer.set_pgresult(result, set_loaders=False)
            rows = transformer.load_rows(0, result.ntuples, tuple)
            transformer.set_pgresult(None, set_loaders=False)  # nobody's data stays with a connection
        return Answer(rows, ready.kinds, result.command_tuples or 0)

    def _make_ready(self, text: str) -> _Ready:
        while len(self._ready) >= READY_KEPT:
            self._forget(next(iter(self._ready)))
        self._made_ready += 1
        name = f"ready_{self._made_ready}".encode()
        self.pgconn.send_prepare(name, text.encode())
        self._result()
        self.pgconn.send_describe_prepared(name)
        described = self._result()
        transformer = Transformer(self)
        transformer.set_pgresult(described)
        kinds = [described.ftype(column) for column in range(described.nfields)]
        ready = self._ready[text] = _Ready(name, transformer, kinds)
        return ready

    def _forget(self, text: str) -> None:
        ready = self._ready.pop(text)
        if self.pgconn.transaction_status in (TransactionStatus.IDLE, TransactionStatus.INTRANS):  # else all is gone
            self.pgconn.send_query(b"DEALLOCATE " + ready.name)
            self._result()

    def _result(self) -> PGresult:
        result: PGresult
        (result,) = self.wait(generators.execute(self.pgconn))
        if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            raise psycopg.errors.error_from_result(result)
        return result


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
