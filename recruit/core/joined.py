"""Rows of several tables that are read by one statement, each told apart again or each with those that it names."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    ColumnElement,
    Label,
    Select,
    Subquery,
    Table,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.sql.visitors import ExternallyTraversible, replacement_traverse
from sqlalchemy.types import TypeDecorator, TypeEngine

from recruit.core.db import db, rows_at_once
from recruit.core.found import Query, found
from recruit.core.prepared import maker_of


class Joined:
    """Some tables whose columns are selected together.

    Args:
        tables: in the order of their rows, or what is read of each: its key first.  Of one that is joined from outside,
            the row may be missing.
    """

    def __init__(self, *tables: Table | Sequence[ColumnClause[Any]]) -> None:
        self.columns: list[Label[Any]] = []
        self._parts: list[tuple[int, int, int, Callable[[Iterable[Any]], Any]]] = []
        for number, table in enumerate(tables):
            columns, key = (table.c, next(iter(table.primary_key))) if isinstance(table, Table) else (table, table[0])
            start, names = len(self.columns), [column.key for column in columns]
            self.columns += [column.label(f"{column.key}_{number}") for column in columns]
            make = maker_of(names)
            self._parts.append((start, len(self.columns), start + names.index(key.key), make))

    def split(self, row: Sequence[Any]) -> list[Any]:
        """Return the row of each table, with the names of its columns; None for one that is missing."""
        return [None if row[key] is None else make(row[start:end]) for start, end, key, make in self._parts]


class Linked:
    """Rows of one table, each with what it names in others: read like the objects of its model, without making any.

    Args:
        table: whose rows are read.
        only: those of its columns that are read, if not all; its key first.
        named: what is read of another table's row, by the name that the row has in the model: its key first, which is
            in the column of that name and `_id`.
    """

    def __init__(self, table: Table, *only: ColumnClause[Any], **named: Sequence[ColumnClause[Any]]) -> None:
        columns: list[ColumnClause[Any] | Label[Any]] = list(only or table.c)
        source: Any = table
        self._own = len(columns)
        names = [*(str(column.key) for column in columns), *named]
        self._parts: list[tuple[int, int, Callable[[Iterable[Any]], Any]]] = []
        for name, wanted in named.items():
            other = cast(Table, wanted[0].table).alias(name)
            source = source.outerjoin(other, other.c[wanted[0].key] == table.c[f"{name}_id"])
            keys = [column.key for column in wanted]
            make = maker_of(keys)
            self._parts.append((len(columns), len(columns) + len(keys), make))
            columns += [other.c[key].label(f"{key}_of_{name}") for key in keys]
        self._make = maker_of(names)
        self.statement: Select[Any] = select(*columns).select_from(source)

    def rows(self, statement: Select[Any], **values: object) -> list[Any]:
        """Return what `statement` finds, with what the session has not written yet.

        Args:
            statement: made once of this one's `statement`.
            values: what it binds, by name.
        """
        _write_first()
        return [self.whole(row) for row in rows_at_once(statement, **values)]

    def whole(self, row: Sequence[Any]) -> Any:
        """Return a row of `statement`'s columns as one of the table with what it names."""
        parts = self._parts
        if not parts:
            return self._make(row[: self._own])
        named = [None if row[start] is None else make(row[start:end]) for start, end, make in parts]
        return self._make([*row[: self._own], *named])


class Listed(NamedTuple):
    """Rows of one table with what they name, as one statement finds them.

    Args:
        linked: makes the rows.
        statement: made once of `linked.statement`; a list is in the order of its keys, which are called `id`.
    """

    linked: Linked
    statement: Select[Any]

    def rows(self, **values: object) -> list[Any]:
        """Return what it finds; see `Linked.rows`."""
        return self.linked.rows(self.statement, **values)

    def with_value(self, name: str, value: ColumnElement[Any]) -> "Listed":
        """Return the same list, of which nothing is bound as `name`: it is `value`, which the database finds out."""

        def exchanged(element: ExternallyTraversible, **_: Any) -> ColumnElement[Any] | None:
            return value if isinstance(element, BindParameter) and element.key == name else None

        return Listed(self.linked, cast("Select[Any]", replacement_traverse(self.statement, {}, exchanged)))


class Several:
    """Several lists that are read by one statement, each of which takes longer to ask for than to find.

    Args:
        lists: what is read, each with the same names of what it binds.
    """

    def __init__(self, *lists: Listed) -> None:
        sources = [one.statement.order_by(None).subquery() for one in lists]
        kinds: list[TypeEngine[Any]] = []  # of the columns of all together, which the lists share by their types
        all_places = [_places(source, kinds) for source in sources]
        self._parts = [(itemgetter(*its), one.linked) for one, its in zip(lists, all_places, strict=True)]
        branches: list[Select[Any]] = []
        for number, (source, places) in enumerate(zip(sources, all_places, strict=True)):
            own = dict(zip(places, source.c, strict=True))
            columns = [own.get(place, cast_to(null(), kind)) for place, kind in enumerate(kinds, start=1)]
            named = [column.label(f"column_{place}") for place, column in enumerate(columns)]
            branches.append(select(literal(number).label("list"), *named))
        together = union_all(*branches).subquery()
        self._statement = select(*together.c)

    def rows(self, **values: object) -> list[list[Any]]:
        """Return the rows of each list, with what the session has not written yet."""
        _write_first()
        return found(self.query(**values))

    def query(self, **values: object) -> Query[list[list[Any]]]:
        """Return the query for the rows of each list."""
        return Query(self._statement, values, self.told_apart)

    def told_apart(self, rows: Sequence[Any]) -> list[list[Any]]:
        """Return the rows of each list, of those that the query finds."""
        lists: list[list[Any]] = [[] for _ in self._parts]
        for row in rows:
            own, linked = self._parts[row[0]]
            lists[row[0]].append(linked.whole(own(row)))
        return [sorted(one, key=_ID) if len(one) > 1 else one for one in lists]


_ID = attrgetter("id")


def _places(source: Subquery, kinds: list[TypeEngine[Any]]) -> list[int]:
    """Return where the columns of one list are among those of all, after the number of the list.

    Args:
        source: the list.
        kinds: the types of the columns of all; what it lacks is added.
    """
    places: list[int] = []
    for column in source.c:
        alike = (place for place, kind in enumerate(kinds, start=1) if _is_read_alike(kind, column))
        place = next((place for place in alike if place not in places), None)
        if place is None:
            kinds.append(column.type)
            place = len(kinds)
        places.append(place)
    return places


def _is_read_alike(kind: TypeEngine[Any], column: ColumnElement[Any]) -> bool:
    """Say whether the values of `column` are made of what the database returns as those of `kind` are."""
    own = column.type
    if type(kind) is not type(own) or repr(kind) != repr(own):
        return False
    if isinstance(own, TypeDecorator):
        return kind is own or type(own).__init__ is TypeDecorator.__init__  # it has no settings of its own
    return getattr(kind, "enum_class", None) is getattr(own, "enum_class", None)


def _write_first() -> None:
    """Write what the session has not written yet, so that it is read."""
    if db.session.registry.has():
        db.session.flush()
