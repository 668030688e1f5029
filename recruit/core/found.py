"""What a statement finds, made into what its caller wants; two in one turn to the server."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Select

from recruit.core.db import rows_at_once, rows_together

T = TypeVar("T")
U = TypeVar("U")


class Query(NamedTuple, Generic[T]):
    """A question to the database.

    Args:
        statement: made once, of tables and not of models (see `core.prepared`).
        values: what it binds, by name.
        make: makes of its rows what is wanted; it may refuse to.
    """

    statement: Select[Any]
    values: Mapping[str, Any]
    make: Callable[[Sequence[Any]], T]


def found(query: Query[T]) -> T:
    """Return what a query finds."""
    return query.make(rows_at_once(query.statement, **query.values))


def found_together(one: Query[T], other: Query[U]) -> tuple[T, U]:
    """Return what two queries find.  They are asked in one turn, so neither needs what the other finds."""
    of_one, of_other = rows_together(one[:2], other[:2])
    return one.make(of_one), other.make(of_other)
