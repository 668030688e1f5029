"""What a statement finds, made into what its caller wants."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Select

from recruit.core.db import rows_at_once, rows_together

T = TypeVar("T")


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


def rows_found(queries: Sequence[Query[Any]]) -> Sequence[Sequence[Any]]:
    """Return the rows of several queries.  They are asked in one turn, so none needs what another finds."""
    return rows_together(*[query[:2] for query in queries])
