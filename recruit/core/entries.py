"""Entries of a file that an operator wrote: how their values are read, and what keeping them changed."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlalchemy import select

from recruit.core.db import Model, db
from recruit.core.text import clean_line, clean_prose

LINE_CHARACTERS = 200  # the column's width, `core.db.Line`
PROSE_CHARACTERS = 20_000


class Kept(StrEnum):
    """What keeping an entry did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "the same as before"


class Entry(BaseModel):
    """One entry.  What a file says besides is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


def _some(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if not text:
            raise ValueError("must have text")
        if len(text) > limit:
            raise ValueError(f"must be {limit:,} characters or fewer")
        return text

    return AfterValidator(check)


LineText = Annotated[str, AfterValidator(clean_line), _some(LINE_CHARACTERS)]
ProseText = Annotated[str, AfterValidator(clean_prose), _some(PROSE_CHARACTERS)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=40)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


def keep(model: type[Model], key: str, entries: Sequence[Entry]) -> list[Kept]:
    """Add a row for each entry, or change the one that has its `key` already; say of each what was done.

    Args:
        model: whose columns the entries have.
        key: the column that tells rows apart, such as "slug".
    """
    there = {getattr(row, key): row for row in db.session.scalars(select(model))}
    done = []
    for entry in entries:
        row = there.get(getattr(entry, key))
        if row is None:
            db.session.add(model(**entry.model_dump()))
        done.append(Kept.NEW if row is None else write(row, entry.model_dump()))
    return done


def differing(row: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of `values` that `row` does not have yet."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def write(row: Model, values: Mapping[str, Any]) -> Kept:
    """Give `row` the values that differ, and say whether any did."""
    changes = differing(row, values)
    for name, value in changes.items():
        setattr(row, name, value)
    return Kept.CHANGED if changes else Kept.SAME
