"""Going along the chain from its start, and saying where it breaks first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import exists, func, select

from recruit.core.calendar import long_moment
from recruit.core.counters import RECORD_SEAL, Counter
from recruit.core.db import db, table_of
from recruit.core.errors import Conflict
from recruit.record.chain import SOURCES, START, Source, link
from recruit.record.models import Seal
from recruit.record.sealing import LOOKED_BACK

SEALS_A_STEP: Final = 1_000  # read at a time
GRACE: Final = timedelta(hours=1)  # from the moment that a row names to its commit, however slow; clocks differ too

_SEAL = table_of(Seal)


@dataclass(frozen=True, slots=True)
class Whole:
    """A record in which nothing is broken.

    Args:
        sealed: how many rows are sealed.
        waiting: how many rows the worker has not sealed yet.
        head: the last link, to be kept elsewhere; `START` where nothing is sealed.
        at: when it was sealed; None where nothing is.
    """

    sealed: int
    waiting: int
    head: str
    at: datetime | None


def verify_record(known: tuple[int, str] | None = None) -> Whole:
    """Check every seal, every sealed row, and that no row stands among them without one.

    Args:
        known: a position and the link that stood there, as an earlier check named it and somebody kept it elsewhere.

    Raises:
        Conflict: it is broken; the message names the first place, in the order of sealing.
    """
    before, expected, drained_at, at = START, 1, None, None
    for seal, row in _sealed():
        _check_link(seal, before, expected)
        if known and known[0] == seal.position and known[1] != seal.chain:
            raise Conflict(f"{_place(seal)} is not the one that was named before: the record was made again.")
        _check_row(seal, row, drained_at)
        before, expected, at = seal.chain, expected + 1, seal.at
        drained_at = seal.at if seal.is_last else drained_at
    counted = db.session.scalar(select(Counter.number).where(Counter.name == RECORD_SEAL)) or 0
    most = max(counted, known[0] if known else 0)
    if most >= expected:
        raise Conflict(f"Seal {expected} is missing: seals from there to {most} were removed.")
    waiting = sum(_count_waiting(source) for source in SOURCES.values())
    return Whole(expected - 1, waiting, before, at)


def _sealed() -> Iterator[tuple[Any, Any]]:
    """Give each seal in order with the row that it is about, or None where there is none."""
    position = 0
    while True:
        seals = db.session.execute(
            select(_SEAL).where(_SEAL.c.position > position).order_by(_SEAL.c.position).limit(SEALS_A_STEP)
        ).all()
        if not seals:
            return
        rows = _rows_of(seals)
        for seal in seals:
            yield seal, rows.get((seal.source, seal.row_id))
        position = seals[-1].position


def _rows_of(seals: Sequence[Any]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for name in {seal.source for seal in seals} & SOURCES.keys():
        columns = SOURCES[name].table.c
        wanted = [seal.row_id for seal in seals if seal.source == name]
        statement = select(*(columns[column] for column in SOURCES[name].columns)).where(columns.id.in_(wanted))
        found |= {(name, row.id): row for row in db.session.execute(statement)}
    return found


def _check_link(seal: Any, before: str, expected: int) -> None:
    if seal.position != expected:
        raise Conflict(f"Seal {expected} is missing: it was removed.")
    made = link(before, seal.position, seal.source, seal.row_id, seal.digest, seal.is_last, seal.at)
    if made != seal.chain or seal.source not in SOURCES:
        raise Conflict(f"{_place(seal)} does not follow from the one before: the seal was changed.")


def _check_row(seal: Any, row: Any, drained_at: datetime | None) -> None:
    if row is None:
        raise Conflict(f"{_place(seal)}: the row was removed.")
    if SOURCES[seal.source].digest(row._mapping) != seal.digest:
        raise Conflict(f"{_place(seal)}: the row was changed.")
    if drained_at is not None and row.at < drained_at - GRACE:
        raise Conflict(
            f"{_place(seal)}: the row is dated {long_moment(row.at)}, but was not there when all was sealed at"
            f" {long_moment(drained_at)}: it was inserted later."
        )


def _count_waiting(source: Source) -> int:
    """Return how many rows of a table are still to be sealed.

    Raises:
        Conflict: one stands so far behind what is sealed that it was never offered to be.
    """
    columns = source.table.c
    last = db.session.scalar(select(func.max(_SEAL.c.row_id)).where(_SEAL.c.source == source.name)) or 0
    unsealed = ~exists().where(_SEAL.c.source == source.name, _SEAL.c.row_id == columns.id)
    astray = db.session.scalar(select(func.min(columns.id)).where(unsealed, columns.id <= last - LOOKED_BACK))
    if astray is not None:
        raise Conflict(f"{source.name} {astray} has no seal, and those around it have: the row was inserted later.")
    return db.session.scalar(select(func.count()).select_from(source.table).where(unsealed)) or 0


def _place(seal: Any) -> str:
    return f"Seal {seal.position}, of {seal.source} {seal.row_id}"
