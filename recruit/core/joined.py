"""Rows of several tables that are read by one statement, each told apart again or each with those that it names."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import ColumnClause, Label, Select, Table, select

from recruit.core.db import db, rows_at_once


class Joined:
    """Some tables whose columns are selected together.

    Args:
        tables: in the order of their rows; of one that is joined from outside, the row may be missing.
    """

    def __init__(self, *tables: Table) -> None:
        self.columns: list[Label[Any]] = []
        self._parts: list[tuple[int, int, int, Callable[[Iterable[Any]], Any]]] = []
        for number, table in enumerate(tables):
            start, names = len(self.columns), [column.key for column in table.c]
            self.columns += [column.label(f"{column.key}_{number}") for column in table.c]
            key = start + names.index(next(iter(table.primary_key)).key)
            make = namedtuple("Found", names, rename=True)._make  # type: ignore[attr-defined]  # its names are the columns
            self._parts.append((start, len(self.columns), key, make))

    def split(self, row: Sequence[Any]) -> list[Any]:
        """Return the row of each table, with the names of its columns; None for one that is missing."""
        return [None if row[key] is None else make(row[start:end]) for start, end, key, make in self._parts]


class Linked:
    """Rows of one table, each with what it names in others: read like the objects of its model, without making any.

    Args:
        table: whose rows are read.
        named: what is read of another table's row, by the name that the row has in the model: its key first, which is
            in the column of that name and `_id`.
    """

    def __init__(self, table: Table, **named: Sequence[ColumnClause[Any]]) -> None:
        columns: list[ColumnClause[Any] | Label[Any]] = list(table.c)
        source: Any = table
        self._own = len(columns)
        self._parts: list[tuple[int, int, Callable[[Iterable[Any]], Any]]] = []
        for name, wanted in named.items():
            other = cast(Table, wanted[0].table).alias(name)
            source = source.outerjoin(other, other.c[wanted[0].key] == table.c[f"{name}_id"])
            keys = [column.key for column in wanted]
            make = namedtuple("Found", keys)._make  # type: ignore[attr-defined]  # its names are the columns'
            self._parts.append((len(columns), len(columns) + len(keys), make))
            columns += [other.c[key].label(f"{key}_of_{name}") for key in keys]
        names = [*table.c.keys(), *named]
        self._make = namedtuple("Found", names, rename=True)._make  # type: ignore[attr-defined]
        self.statement: Select[Any] = select(*columns).select_from(source)

    def rows(self, statement: Select[Any], **values: object) -> list[Any]:
        """Return what `statement` finds, with what the session has not written yet.

        Args:
            statement: made once of this one's `statement`.
            values: what it binds, by name.
        """
        if db.session.registry.has():
            db.session.flush()
        return [self._make([*row[: self._own], *self._named(row)]) for row in rows_at_once(statement, **values)]

    def _named(self, row: Sequence[Any]) -> list[Any]:
        return [None if row[start] is None else make(row[start:end]) for start, end, make in self._parts]
