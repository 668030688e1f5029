"""Sealing anew with the first key what an earlier one sealed, so that the earlier one can be left out."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from sqlalchemy import Column, MetaData, Table, Text, select, tuple_, type_coerce, update

from recruit.core.db import db
from recruit.core.sealed_text import SealedText, box

ROWS_A_STEP = 500  # in one transaction


class Step(NamedTuple):
    """What one step did: rows sealed anew, rows that no key opens, and the key of the last, None at the end."""

    sealed: int
    lost: int
    after: Sequence[Any] | None


def sealed_columns(metadata: MetaData) -> Iterator[tuple[Table, Column[Any]]]:
    """Return every column that is kept sealed, with its table."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedText):
                yield table, column


def seal_rows(table: Table, column: Column[Any], after: Sequence[Any] | None) -> Step:
    """Seal the next rows of a column anew; those that the first key sealed stay as they are.

    Args:
        after: where the step before ended; None for the first.
    """
    keys, raw = tuple(table.primary_key.columns), type_coerce(column, Text)
    statement = select(*keys, raw.label("sealed")).where(column.is_not(None)).order_by(*keys).limit(ROWS_A_STEP)
    if after is not None:
        statement = statement.where(tuple_(*keys) > tuple_(*after, types=[key.type for key in keys]))
    rows = db.session.execute(statement).all()
    done = [_row(table, column, tuple(row[:-1]), row.sealed) for row in rows]
    ended = len(rows) < ROWS_A_STEP
    return Step(done.count(True), done.count(None), None if ended else tuple(rows[-1][:-1]))


def _row(table: Table, column: Column[Any], key: tuple[Any, ...], sealed: str) -> bool | None:
    """Seal one value anew; say whether it was needed, None where no key opens it.

    Whoever changes it meanwhile seals with the first key, so theirs stays.
    """
    try:
        Fernet(current_app.config["FIELD_KEYS"][0]).decrypt(sealed.encode())
    except InvalidToken:
        pass
    else:
        return False
    try:
        anew = box().rotate(sealed.encode()).decode()
    except InvalidToken:
        return None
    same = [one == value for one, value in zip(table.primary_key.columns, key, strict=True)]
    statement = update(table).where(*same, type_coerce(column, Text) == sealed)
    db.session.execute(statement.values({column: type_coerce(anew, Text)}))
    return True
