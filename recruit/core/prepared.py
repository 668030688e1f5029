"""Statements over tables that are made ready once for a database, and then sent with what they bind and nothing else.

SQLAlchemy finds out for each statement that it sends what it has found out before.  For what every page asks, and for
what a submission writes while everybody else waits for their turn, that took longer than the database itself.  What is
sent here is the text that SQLAlchemy made, with its types, events and errors: on the session's connection, so that it
is part of the same transaction, or on one for reading alone (`Reading`).
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeVar, cast

import psycopg
from sqlalchemy import (
    BindParameter,
    ColumnClause,
    Connection,
    Dialect,
    Engine,
    Enum,
    Insert,
    Select,
    TextClause,
    Update,
    literal_column,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.type_api import TypeEngine
from sqlalchemy.sql.visitors import ExternallyTraversible, replacement_traverse

from recruit.core.postgresql import Answer, Asked, PatientConnection

Change = Insert | Update | TextClause
Statement = Select[Any] | Change
Processor = Callable[[Any], Any] | None
T = TypeVar("T")
KEPT = 2048  # statements kept for a database; more than there are


def rows(connection: "Connection | Reading", statement: Statement, values: Mapping[str, Any]) -> list[Any]:
    """Send `statement` and return what it returns: tuples with the names of its columns.

    Args:
        connection: the session's, or one for reading (see `Reading`).
        statement: made once, of tables and not of models, without a list of any length.
        values: what it binds, by name; others are left alone.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refused it.
        KeyError: a value is missing.
    """
    prepared = _prepare(statement, connection.dialect, None if isinstance(statement, Select) else tuple(values))
    return prepared.rows(connection.dialect, _send(connection, prepared.text, prepared.bound(values)))


def rows_together(
    connection: "Connection | Reading", asked: Sequence[tuple[Select[Any] | Insert, Mapping[str, Any]]]
) -> list[Any]:
    """Send several statements, in one turn to the server where it is PostgreSQL's; return what each returns.

    Args:
        connection: as for `rows`.
        asked: each statement with what it binds, as for `rows`.

    Raises:
        sqlalchemy.exc.DBAPIError, KeyError: as `rows`.
    """
    driver: Any = connection.connection.dbapi_connection
    if not isinstance(connection, Reading) or not isinstance(driver, PatientConnection):
        return [rows(connection, statement, values) for statement, values in asked]
    ready = [(_prepare(statement, connection.dialect, None), values) for statement, values in asked]
    sent = [Asked(prepared.text, prepared.bound(values)) for prepared, values in ready]
    answers = _noted(connection, None, sent, lambda: driver.ask(*sent))
    return [one.rows(connection.dialect, answer) for (one, _), answer in zip(ready, answers, strict=True)]


def change(connection: "Connection | Reading", statement: Change, *values: Mapping[str, Any]) -> int:
    """Send `statement` once for each of `values`, which have the same names; return how many rows it changed.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refused it.
    """
    prepared = _prepare(statement, connection.dialect, tuple(values[0]))
    bound = [prepared.bound(one) for one in values]
    return _send(connection, prepared.text, bound if len(bound) > 1 else bound[0], is_many=len(bound) > 1).changed


class Reading:
    """A connection by itself, without the session's work for objects and transactions.

    Each statement sees what has been committed by then; PostgreSQL is asked without the driver's work for cursors too.

    Args:
        engine: of the database.

    Raises:
        sqlalchemy.exc.DBAPIError: the database cannot be reached.
    """

    def __init__(self, engine: Engine) -> None:
        self.dialect, self.dispatch = engine.dialect, engine.dispatch
        try:
            self.connection = engine.raw_connection()
        except self.dialect.loaded_dbapi.Error as error:
            raise _refusal("", None, error, self.dialect) from error

    def invalidate(self, error: BaseException) -> None:
        """Have the connection made anew: it was cut."""
        self.connection.invalidate(error)

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()


def maker_of(names: Iterable[str]) -> Callable[[Iterable[Any]], Any]:
    """Return what makes a row of values: a tuple with those names, without the steps in Python of a tuple's `_make`."""
    return partial(tuple.__new__, namedtuple("Found", names, rename=True))


@dataclass(slots=True)
class _Prepared:
    """A statement as one database takes it.

    Args:
        text: in the database's own words.
        order: the names of what it binds, in order, where the database goes by order; else None.
        fixed: the values that the statement has of its own, as the database takes them.
        processors: what makes a given value one that the database takes, by name; None for as it is.
        in_order: the same by order, where the database goes by that and the statement has no values of its own.
        types: of what it returns.
        make: makes a row of its values; its fields are the names of the columns.
        readers: what makes a value of what the database returns, with its place; None until the first answer.
    """

    text: str
    order: tuple[str, ...] | None
    fixed: Mapping[str, Any]
    processors: Mapping[str, Processor]
    in_order: Sequence[tuple[str, Processor]] | None
    types: Sequence[Any]
    make: Callable[[Iterable[Any]], Any]
    readers: Sequence[tuple[int, Callable[[Any], Any]]] | None = None

    def bound(self, values: Mapping[str, Any]) -> Any:
        if self.in_order is not None:
            return tuple(
                [values[name] if process is None else process(values[name]) for name, process in self.in_order]
            )
        given = {**self.fixed}
        for name, processor in self.processors.items():
            value = values[name]
            given[name] = value if processor is None else processor(value)
        return given if self.order is None else tuple([given[name] for name in self.order])

    def rows(self, dialect: Dialect, answer: Answer) -> list[Any]:
        if self.readers is None:
            readers = [_reader(own, dialect, kind) for own, kind in zip(self.types, answer.kinds, strict=True)]
            self.readers = [(place, reader) for place, reader in enumerate(readers) if reader is not None]
        found: Iterable[Iterable[Any]] = answer.rows
        if self.readers and answer.rows:
            columns: list[Iterable[Any]] = list(zip(*answer.rows, strict=True))
            for place, read in self.readers:  # a whole column at once: quicker than value by value
                columns[place] = map(read, columns[place])
            found = zip(*columns, strict=True)
        return [*map(self.make, found)]


def _reader(own: TypeEngine[Any], dialect: Dialect, kind: Any) -> Processor:
    """Return what makes a value of what the database returns, for a column of the type `own`; None for as it is.

    SQLAlchemy's for an Enum takes two calls to look the value up.
    """
    members = own.enum_class if isinstance(own, Enum) else None
    if members is None:
        return own.dialect_impl(dialect).result_processor(dialect, kind)
    named: dict[Any, Any] = {None: None, **{name: members(name) for name in cast("Enum", own).enums}}
    return named.__getitem__


@lru_cache(maxsize=KEPT)
def _prepare(statement: Statement, dialect: Dialect, given: tuple[str, ...] | None) -> _Prepared:
    """Make `statement` ready for one database.

    Args:
        given: the names of the values of an INSERT or UPDATE: its columns are among them.

    Raises:
        TypeError: it cannot be sent as it is: it has a list of any length, or a column whose value Python makes.
    """
    returned = [] if isinstance(statement, TextClause) else list(statement.exported_columns)
    if isinstance(statement, Select) or (isinstance(statement, Insert) and statement.select is not None):
        statement = _with_own_values_in_text(statement, dialect)
    if isinstance(statement, Insert) and not returned:
        statement = statement.inline()  # the new key is not asked for
    compiled: Any = statement.compile(dialect=dialect, column_keys=given)
    is_dml = isinstance(statement, Insert | Update)
    if compiled.literal_execute_params or compiled.post_compile_params or (is_dml and compiled.prefetch):
        raise TypeError(f"This cannot be prepared: {statement}")
    fixed: dict[str, Any] = {}
    processors: dict[str, Processor] = {}
    for bind, name in compiled.bind_names.items():
        processor = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.required:
            processors[name] = processor
        else:
            fixed[name] = bind.effective_value if processor is None else processor(bind.effective_value)
    order = tuple(compiled.positiontup) if compiled.positional else None
    return _Prepared(
        text=compiled.string,
        order=order,
        in_order=None if order is None or fixed else [(name, processors[name]) for name in order],
        fixed=fixed,
        processors=processors,
        types=[column.type for column in returned],
        make=maker_of([str(column.key) for column in returned]),
    )


def _with_own_values_in_text(statement: Select[Any] | Insert, dialect: Dialect) -> Select[Any] | Insert:
    """Return `statement` with what it says itself, such as a status or a number of rows, in its text and not bound.

    PostgreSQL plans it once for all values that are bound: it must not take one status for another, or 26 rows for a
    tenth of all.  No value of a request is among them: those are bound under a name, and have no value here.
    """

    def in_text(element: ExternallyTraversible, **_: Any) -> ColumnClause[Any] | None:
        if not isinstance(element, BindParameter) or element.required or element.expanding:
            return None
        literal = element.type.dialect_impl(dialect).literal_processor(dialect)
        if literal is None or element.effective_value is None:
            return None
        said = literal(element.effective_value)
        return None if "%" in said else literal_column(said, element.type)  # of a per cent sign drivers think otherwise

    return cast("Select[Any] | Insert", replacement_traverse(statement, {}, in_text))


def _send(connection: "Connection | Reading", text: str, bound: Any, *, is_many: bool = False) -> Answer:
    driver: Any = connection.connection.dbapi_connection
    asked = Asked(text, bound)
    if not isinstance(connection, Reading) or not isinstance(driver, PatientConnection):
        cursor = connection.connection.cursor()
        return _noted(connection, cursor, [asked], lambda: _by_cursor(cursor, *asked, is_many), is_many)
    if is_many:
        return _noted(connection, None, [asked], lambda: _one_for_each(driver, *asked), is_many)
    return _noted(connection, None, [asked], lambda: driver.ask(asked))[0]


def _noted(
    connection: "Connection | Reading",
    cursor: Any,
    asked: Sequence[Asked],
    send: Callable[[], T],
    is_many: bool = False,
) -> T:
    """Send statements as SQLAlchemy would: whoever listens hears of them, and their refusals are SQLAlchemy's."""
    dialect = connection.dialect
    for heard in connection.dispatch.before_cursor_execute:
        for one in asked:
            heard(connection, cursor, *one, None, is_many)
    try:
        said = send()
    except dialect.loaded_dbapi.Error as error:
        if dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor):
            connection.invalidate(error)
        text, bound = asked[0] if len(asked) == 1 else ("; ".join(one.text for one in asked), None)
        raise _refusal(text, bound, error, dialect) from error
    for heard in connection.dispatch.after_cursor_execute:
        for one in asked:
            heard(connection, cursor, *one, None, is_many)
    return said


def _one_for_each(driver: PatientConnection, text: str, bound: Any) -> Answer:
    with driver.transaction():
        return _by_cursor(psycopg.RawCursor(driver), text, bound, is_many=True)


def _by_cursor(cursor: Any, text: str, bound: Any, is_many: bool) -> Answer:
    with closing(cursor):
        if is_many:
            cursor.executemany(text, bound)
        else:
            cursor.execute(text, bound)
        described = cursor.description or ()
        kinds = (kind for _, kind, *_ in described)  # read for the first answer alone
        return Answer(cursor.fetchall() if described else [], kinds, cursor.rowcount)


def _refusal(text: str, bound: Any, error: Any, dialect: Dialect) -> BaseException:
    """Return SQLAlchemy's error for one of the database's driver; it shows no value."""
    driver = dialect.loaded_dbapi.Error
    refusal: BaseException = DBAPIError.instance(text, bound, error, driver, hide_parameters=True, dialect=dialect)
    return refusal
