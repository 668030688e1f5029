"""The database: one base model, one place for column types, and all that differs between SQLite and PostgreSQL."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from sqlite3 import Connection as SQLiteConnection
from typing import Annotated, Any, TypeVar, cast

from flask import has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Enum,
    Insert,
    Integer,
    MetaData,
    Result,
    Select,
    String,
    Table,
    Text,
    event,
    func,
    select,
)
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from recruit.core import prepared
from recruit.core.durable import bring_to_disk
from recruit.core.engines import PAGES, READING
from recruit.core.patience import SHORT_PATIENCE, rest
from recruit.core.postgresql import PatientConnection
from recruit.core.resting import on_one_at_rest
from recruit.core.turns import PATIENCE, let_others_compute, turn

T = TypeVar("T")


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; SQLite alone would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return value.astimezone(UTC) if value else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """Return what makes a datetime of SQLite's text; PostgreSQL's are in UTC (see `core.postgresql`)."""
        return _read_text if dialect.name == "sqlite" else None


def _read_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


BigInt = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers its rows only for INTEGER


class Model(DeclarativeBase):
    """Base of every model.  Names every constraint, so that a migration can drop it on any database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime(), int: BigInt}


def table_of(model: type[Model]) -> Table:
    """Return the table of `model`, for statements that are quick because they make no objects."""
    return cast(Table, model.__table__)


class Published:
    """Mark of a model that the public can see: a change of it renews the public pages (see `core.counters`)."""


class _Session(Session):
    """What a request reads before or without writing, it reads by an engine that cannot write (see `core.engines`)."""

    def get_bind(
        self, mapper: Any = None, clause: Any = None, bind: Engine | Connection | None = None, **others: Any
    ) -> Engine | Connection:
        """Return where a statement is sent.

        Raises:
            RuntimeError: what is written now is written by rows alone: a second connection would wait for the first.
        """
        if _written.get() is not None and not self.in_transaction():
            raise RuntimeError("this transaction is one of rows")
        if bind is None and _writing.get() is None and has_request_context():
            bind = self._db.engines.get(PAGES)
        return super().get_bind(mapper, clause, bind, **others)


# Models extend Model, not db.Model: a type checker can follow it, and Flask-SQLAlchemy 3.1.1
# refuses a base that has a type_annotation_map.
db = SQLAlchemy(metadata=Model.metadata, session_options={"class_": _Session})


def rows_at_once(statement: Select[Any] | Insert, **values: object) -> Sequence[Any]:
    """Return the rows of a statement over tables: quick, for what every page asks.

    It is part of the session's transaction where there is one; in a request that has begun none it sees what has been
    committed.

    Args:
        statement: made once, of tables and not of models (see `core.prepared`).
        values: what it binds, by name.
    """
    if not isinstance(statement, Select):
        return prepared.rows(_written_by(), statement, values)
    return _read_by(lambda connection: prepared.rows(connection, statement, values))


def rows_together(*asked: tuple[Select[Any], Mapping[str, Any]]) -> Sequence[Sequence[Any]]:
    """Return the rows of several statements, each with what it binds, as `rows_at_once` does for one.

    PostgreSQL is asked for all in one turn: to wait for an answer takes about as long as to find it.
    """
    return _read_by(lambda connection: prepared.rows_together(connection, asked))


def _read_by(read: Callable[[Connection | prepared.Reading], T]) -> T:
    if _writing.get() is not None:
        return read(_written_by())
    if not has_request_context() or (db.session.registry.has() and db.session().in_transaction()):
        return read(db.session.connection())
    engines = db.engines
    return on_one_at_rest(engines.get(READING) or engines[None], read)


def rows_in_turns(statement: Select[Any], at_once: int) -> Result[Any]:
    """Return the rows of a statement that finds too many to be in memory together.

    Args:
        statement: of tables or models.
        at_once: how many rows are in memory.
    """
    options, by = {"yield_per": at_once}, {"bind": db.engine}  # PostgreSQL's cursors live in a transaction
    return db.session.execute(statement, execution_options=options, bind_arguments=by)


def change_at_once(statement: prepared.Change, *values: Mapping[str, Any]) -> int:
    """Send a statement over tables once for each of `values`; return how many rows it changed (see `core.prepared`)."""
    return prepared.change(_written_by(), statement, *values)


def _written_by() -> Connection:
    """Return the session's connection, asked for once in a transaction that writes."""
    connection = _written.get()
    if connection is None or connection.closed:
        connection = db.session.connection()
        if _writing.get() is not None:
            _written.set(connection)
    return connection


Id = Annotated[int, mapped_column(BigInt, primary_key=True)]
Line = Annotated[str, mapped_column(String(200))]
Prose = Annotated[str, mapped_column(Text)]


def one_of(values: type[StrEnum], name: str = "status") -> Enum:
    """Return a portable column type for `values`: text with a CHECK called `name`, never a native enum."""
    return Enum(
        values,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=32,  # characters
        name=name,
    )


LOG_PAGES = 4000  # pages of 4 KiB after which SQLite moves its log to its file, while others wait
BUSY_TIMEOUT = int(PATIENCE * 1000)  # milliseconds that a SQLite connection waits for a write of another program
_writing: ContextVar[float | None] = ContextVar("writing", default=None)
"""Until when a writer waits for SQLite's lock, a reading of the monotonic clock; None for a reader."""

_written: ContextVar[Connection | None] = ContextVar("written", default=None)
"""What this transaction writes by; the session takes a while to say it."""


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: Any) -> None:
    if isinstance(connection, SQLiteConnection):
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, so that SAVEPOINT works
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # an answered write survives a power cut: see core/durable
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.execute("PRAGMA cache_size = -32768")  # KiB


@event.listens_for(Engine, "do_connect")
def _connect_to_postgresql(dialect: Dialect, _record: Any, arguments: Any, options: Any) -> PatientConnection | None:
    return PatientConnection.connect(*arguments, **options) if dialect.name == "postgresql" else None


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name != "sqlite":
        return
    until = _writing.get()
    if until is None:
        connection.connection.dbapi_connection.execute("BEGIN")  # in itself it locks nothing, so it cannot fail
        return
    # A reader that turns writer half-way is refused at once; one that says so first waits for its turn.
    left = SHORT_PATIENCE if rest.is_short() else max(until - time.monotonic(), SHORT_PATIENCE)
    is_short = left < PATIENCE - SHORT_PATIENCE  # the turn has used some of it up
    if is_short:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(left * 1000)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError:
        rest.begin()
        raise
    finally:
        if is_short:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    rest.end()


@contextmanager
def writing() -> Iterator[None]:
    """Let the next database transaction of this context write, and wait for a fair turn to do so.

    Whoever opens it has no connection then: while somebody else writes, the process may serve others first.

    PostgreSQL locks rows by itself and needs no turns, and its commits wait for the disk side by side.

    Raises:
        sqlalchemy.exc.TimeoutError: no turn came in time.
        OSError: it was written, and the disk refused to keep it.
    """
    file = sqlite_file()
    if file:
        let_others_compute(file)
    alone = turn(file) if file else nullcontext(time.monotonic() + PATIENCE)
    with alone as until:
        token, by = _writing.set(until), _written.set(None)
        try:
            yield
        finally:
            _writing.reset(token)
            _written.reset(by)
    if file:
        bring_to_disk(file)


def sqlite_file() -> str | None:
    """Return the path of SQLite's file; None for a database in memory, and for PostgreSQL."""
    file = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    return None if file == ":memory:" else file


@contextmanager
def writing_rows() -> Iterator[None]:
    """As `writing`, by a transaction that the session has no part in; it is kept unless something is raised inside.

    Raises:
        sqlalchemy.exc.TimeoutError, OSError: as `writing`.
    """
    with writing(), db.engine.begin() as connection:
        _written.set(connection)
        yield


def is_postgresql() -> bool:
    """Say whether this service's database is PostgreSQL, and not SQLite."""
    return db.engine.dialect.name == "postgresql"


def hold(name: str) -> None:
    """Let one transaction at a time go on with `name`, until it ends; others wait.  SQLite has one writer anyway."""
    if is_postgresql():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
