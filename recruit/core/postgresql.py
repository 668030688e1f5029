"""PostgreSQL connections that do not wait for ever for a server that has stopped answering, and ask it little.

`statement_timeout` is the server's own clock: a server that hangs, or is cut off, never gets to it.

What every page asks is sent without a cursor: the driver's finds out for each statement what it has found out before,
which takes three times as long as to send it.

How they are made is in `core.engines`.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple, Self

import psycopg
import structlog
from psycopg import abc, generators
from psycopg.abc import RV, PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import Pool

from recruit.core.patience import PATIENCE, SHORT_PATIENCE, is_awaited, rest

logger = structlog.get_logger(__name__)

MOMENT: Final = 0.001  # seconds, for an answer that is there already
TRUSTED: Final = 0.5  # seconds after its last use that a connection is taken to be still there
READY_KEPT: Final = 100  # statements that the server keeps ready for a connection, each some 300 kilobytes there
_IN_UTC: Final = "-c timezone=UTC"
UNFIT: Final = (psycopg.errors.FeatureNotSupported, psycopg.errors.InvalidSqlStatementName)
"""How the server refuses what it planned for tables as they were, and what it does not know any more."""


class Asked(NamedTuple):
    """A statement's text, and what it binds, in order."""

    text: str
    values: Sequence[Any]


class Answer(NamedTuple):
    """What a statement found: its rows, the number of the type of each column, and how many rows it changed."""

    rows: list[tuple[Any, ...]]
    kinds: Iterable[int]
    changed: int


class _Ready(NamedTuple):
    """A statement that the server has planned: its name there, what reads its rows, and the types of its columns, which
    are known from the first answer on.
    """

    name: bytes
    reader: abc.Transformer
    kinds: list[int]


class PatientConnection(psycopg.Connection[Any]):
    """A connection on which each answer must come in time while somebody waits for a page.

    One that is late ends the connection: whatever comes later belongs to nobody.  Without a commit nothing is kept; a
    commit whose answer is late may have been kept, and the page that says so asks to look before trying again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ready: OrderedDict[str, _Ready] = OrderedDict()
        self._unneeded: list[bytes] = []  # names of what the server still keeps
        self._made_ready = 0
        self.used_at = time.monotonic()  # when the server was last there
        self._until: float | None = None  # when the patience with what is asked ends

    @classmethod
    def connect(cls, *args: Any, **kwargs: Any) -> Self:
        """Connect, unless somebody has just waited in vain.

        Raises:
            psycopg.OperationalError: the server cannot be reached, did not answer a moment ago, or answers in another
                time than UTC.
        """
        if rest.is_on():
            raise psycopg.OperationalError("the server did not answer a moment ago")
        try:
            connection = super().connect(*args, **kwargs | {"options": f"{kwargs.get('options', '')} {_IN_UTC}"})
        except psycopg.errors.ConnectionTimeout:
            rest.begin()
            raise
        rest.end()
        connection.refuse_other_times()
        return connection

    def refuse_other_times(self) -> None:
        """Close a connection on which moments do not come in UTC, as where a proxy keeps our options to itself.

        Raises:
            psycopg.OperationalError: it was closed.
        """
        zone = self.info.parameter_status("TimeZone")
        if zone != "UTC":
            self.close()
            logger.error("other_time_zone", zone=zone, why="a proxy keeps our options to itself: have it pass them on")
            raise psycopg.OperationalError(f"the server answers in the time of {zone}")

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer, at most `PATIENCE` while somebody waits for a page; less if one has just come too late.

        That is for a whole statement, also where it has to be made ready first.

        Raises:
            psycopg.OperationalError: it did not come in time; the connection is closed.
        """
        if timeout is not None or not is_awaited():
            return self._heard(super().wait(gen, interval, timeout))
        left = _patience() if self._until is None else max(self._until - time.monotonic(), MOMENT)
        try:
            return self._heard(super().wait(gen, interval, left))
        except psycopg.errors._WaitTimeout as error:  # meant to be made into a public one by whoever gave the time
            rest.begin()
            self.close()
            raise psycopg.OperationalError("the server did not answer in time") from error

    def _heard(self, said: RV) -> RV:
        self.used_at = time.monotonic()
        return said

    def ask(self, *asked: Asked) -> list[Answer]:
        """Send statements in one turn, which the server plans the first time and keeps, and return what each found.

        Several are one transaction.  Each sees what had been committed when it began.

        Args:
            asked: each with its text, which calls what it binds $1, $2 and so on, and says of what types they are
                where that is not plain; and with what it binds, in order.

        Raises:
            psycopg.Error: the server refused one, or did not answer in time.
        """
        with self.lock:
            self._until = time.monotonic() + _patience()
            try:
                ready = [self._ready_for(one.text) for one in asked]
                given = [
                    its.reader.dump_sequence(one.values, [PyFormat.TEXT] * len(one.values))
                    for one, its in zip(asked, ready, strict=True)
                ]
                results = self._results(ready, given)
                return [self._read(result, one, its) for result, one, its in zip(results, asked, ready, strict=True)]
            except BaseException:
                if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                    self.close()  # its answer is still to come, and would be taken for another's
                raise
            finally:
                self._until = None

    def _results(self, ready: Sequence[_Ready], given: Sequence[Sequence[Any]]) -> Sequence[PGresult]:
        """Send what is ready with what it binds, and return what the server says to each."""
        if len(ready) == 1:
            self._put(ready[0], given[0])
            return self.wait(generators.execute(self.pgconn))
        self.pgconn.enter_pipeline_mode()
        try:
            for one, its in zip(ready, given, strict=True):
                self._put(one, its)
            self.pgconn.pipeline_sync()
            results = self.wait(_results_together(self.pgconn, len(ready)))
            self.pgconn.exit_pipeline_mode()
        except BaseException:
            self.close()
            raise
        return results

    def _put(self, ready: _Ready, given: Sequence[Any]) -> None:
        self.pgconn.send_query_prepared(ready.name, given, result_format=Format.BINARY)  # quick to write and to read

    def _read(self, result: PGresult, asked: Asked, ready: _Ready) -> Answer:
        _, reader, kinds = ready
        try:
            _check(result)
        except UNFIT:
            self._unneeded.append(self._ready.pop(asked.text).name)
            raise
        try:
            reader.set_pgresult(result, set_loaders=not kinds)
            kinds += [] if kinds else [result.ftype(column) for column in range(result.nfields)]
            return Answer(reader.load_rows(0, result.ntuples, tuple), kinds, result.command_tuples or 0)
        finally:
            reader.set_pgresult(None, set_loaders=False)  # nobody's data stays with a connection

    def _ready_for(self, text: str) -> _Ready:
        ready = self._ready.get(text)
        if ready is None:
            return self._make_ready(text)
        self._ready.move_to_end(text)
        return ready

    def _make_ready(self, text: str) -> _Ready:
        while len(self._ready) >= READY_KEPT:
            self._unneeded.append(self._ready.popitem(last=False)[1].name)
        while self._unneeded:
            self.pgconn.send_query(b"DEALLOCATE " + self._unneeded.pop())
            with suppress(psycopg.errors.InvalidSqlStatementName):
                self._result()
        self._made_ready += 1
        name = f"ready_{self._made_ready}".encode()
        self.pgconn.send_prepare(name, text.encode())
        self._result()
        ready = self._ready[text] = _Ready(name, Transformer(self), [])
        return ready

    def _result(self) -> PGresult:
        result: PGresult
        (result,) = self.wait(generators.execute(self.pgconn))
        _check(result)
        return result


def _check(result: PGresult) -> None:
    if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        raise psycopg.errors.error_from_result(result)


def _results_together(pgconn: PGconn, number: int) -> PQGen[list[PGresult]]:
    """Return the results of so many statements that were sent before a sync; those after a refused one say so."""
    yield from generators.send(pgconn)
    found: list[PGresult] = []
    for _ in range(number):
        found += yield from generators.fetch_many(pgconn)
    (end,) = yield from generators.fetch_many(pgconn)  # the sync's own, which alone says that it was committed
    if end.status != ExecStatus.PIPELINE_SYNC:
        raise psycopg.errors.error_from_result(end)
    return found


def _patience() -> float:
    return SHORT_PATIENCE if rest.is_short() else PATIENCE


def is_trusted(connection: Any) -> bool:
    """Say whether a driver's connection is taken to be still there; one to SQLite always is."""
    if not isinstance(connection, PatientConnection):
        return connection is not None
    return not connection.closed and time.monotonic() - connection.used_at < TRUSTED and not rest.is_short()


@event.listens_for(Pool, "checkout")
def _ask_after_rest(connection: Any, _record: Any, _fairy: Any) -> None:
    """Ask whether a connection that nobody has used for a while is still there; where not, all are made anew.

    SQLAlchemy's `pool_pre_ping` asks each time, which is a whole turn to the server more for each page.
    """
    if is_trusted(connection):
        return
    is_by_itself = connection.autocommit
    try:
        connection.autocommit = True
        connection.execute("SELECT 1", prepare=False)
        connection.autocommit = is_by_itself
    except psycopg.Error as error:
        raise InvalidatePoolError from error
    rest.end()
