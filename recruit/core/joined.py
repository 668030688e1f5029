"""Rows of several tables that are read by one statement, each told apart again."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Label, Table


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
