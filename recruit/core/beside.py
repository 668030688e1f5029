"""Rows that are kept beside what a request reads, each by itself, before the request is answered.

Once the call returns they are there for every other process, and outlive this one however it ends.  It does not wait
for the disk, as a page does on which somebody wrote (see `core.durable`): it would take several times as long as the
page.  So a power cut may take the last of them: on PostgreSQL what is younger than half a second or so, on SQLite what
came after the last row that anybody wrote, and the worker writes each minute.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any, NamedTuple

from sqlalchemy import Insert, Select

from recruit.core import prepared
from recruit.core.db import db, sqlite_file
from recruit.core.engines import BESIDE
from recruit.core.found import Query
from recruit.core.resting import on_one_at_rest
from recruit.core.transaction import end_reading
from recruit.core.turns import let_others_compute, turn


class Keeping(NamedTuple):
    """A row that is kept with what is read, in one turn to the server.

    Args:
        statement: an INSERT from a SELECT, made once, which returns what it kept.
        values: what it binds, by name.
    """

    statement: Insert
    values: Mapping[str, Any]

    def told(self, **values: Any) -> "Keeping":
        """Return the same with more of what it binds."""
        return self._replace(values={**self.values, **values})


def can_keep_with_reading() -> bool:
    """Say whether a row can be kept in the turn that reads: SQLite's writers wait for one of their own."""
    return BESIDE in db.engines


def read_and_keep(queries: Sequence[Query[Any]], keeping: Keeping) -> Sequence[Sequence[Any]]:
    """Return the rows of each query, then what was kept after them: all or nothing, as `keep_beside` keeps it.

    Raises:
        sqlalchemy.exc.DBAPIError: as for `keep_beside`, or a query was refused.  Nothing was kept, unless the answer
            was lost or came too late.
    """
    asked: list[tuple[Select[Any] | Insert, Mapping[str, Any]]] = [(query.statement, query.values) for query in queries]
    asked.append((keeping.statement, keeping.values))
    return on_one_at_rest(db.engines[BESIDE], lambda connection: prepared.rows_together(connection, asked))


def keep_beside(statement: Insert, *values: Mapping[str, Any]) -> None:
    """Keep a row for each of `values`, apart from the session's transaction.

    Not to be called inside `transaction()`, which has SQLite's turn itself.  What the request has read is given back
    first, so that the process can serve others while somebody else writes.

    Args:
        statement: into a table, made once (see `core.prepared`).

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database refused one, or did not answer in time.
    """
    engine, file = db.engines.get(BESIDE, db.engine), sqlite_file()
    if file:
        end_reading()
        let_others_compute(file)
    with turn(file) if file else nullcontext():
        on_one_at_rest(engine, lambda connection: prepared.change(connection, statement, *values))
