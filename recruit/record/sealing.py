"""Sealing what was done, a few rows at a time.  The worker calls it each minute, in a transaction that it opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, func, insert, select, update

from recruit.core.counters import RECORD_SEAL, Counter
from recruit.core.db import db, table_of
from recruit.record.chain import SOURCES, START, Source, link
from recruit.record.models import Seal

ROWS_A_STEP: Final = 500  # sealed in one transaction: about 30 ms of SQLite’s writer, while there is a backlog
LOOKED_BACK: Final = 10_000  # rows behind the last sealed one: a slow transaction keeps rows with lower ids later

_SEAL = table_of(Seal)


def seal_events(now: datetime) -> bool:
    """Seal a few rows that are not sealed yet; say whether there are more.

    One worker at a time does it: it holds the row that counts the seals, and whoever finds it held leaves the work.
    """
    held = select(Counter.number).where(Counter.name == RECORD_SEAL).with_for_update(skip_locked=True)
    if db.session.scalar(held) is None:
        return False
    found: list[tuple[Source, Any]] = []
    for source in SOURCES.values():
        found += [(source, row) for row in _unsealed(source, ROWS_A_STEP + 1 - len(found))]
    is_more = len(found) > ROWS_A_STEP
    if found:
        _seal(found[:ROWS_A_STEP], not is_more, now)
    return is_more


def _unsealed(source: Source, most: int) -> Sequence[Any]:
    """Return up to `most` rows of a table that have no seal, in the order of their ids."""
    if most <= 0:
        return []
    columns = source.table.c
    last = db.session.scalar(select(func.max(_SEAL.c.row_id)).where(_SEAL.c.source == source.name)) or 0
    statement = (
        select(*(columns[name] for name in source.columns))
        .where(columns.id > last - LOOKED_BACK)
        .where(~exists().where(_SEAL.c.source == source.name, _SEAL.c.row_id == columns.id))
        .order_by(columns.id)
        .limit(most)
    )
    return db.session.execute(statement).all()


def _seal(rows: Sequence[tuple[Source, Any]], is_drained: bool, now: datetime) -> None:
    last = db.session.execute(
        select(_SEAL.c.position, _SEAL.c.chain).order_by(_SEAL.c.position.desc()).limit(1)
    ).first()
    position, chain = (last.position, last.chain) if last else (0, START)
    end, seals = position + len(rows), []
    for source, row in rows:
        position += 1
        digest = source.digest(row._mapping)
        is_last = is_drained and position == end
        chain = link(chain, position, source.name, row.id, digest, is_last, now)
        seals.append(
            {
                "position": position,
                "source": source.name,
                "row_id": row.id,
                "digest": digest,
                "chain": chain,
                "is_last": is_last,
                "at": now,
            }
        )
    db.session.execute(insert(_SEAL), seals)
    db.session.execute(update(Counter).where(Counter.name == RECORD_SEAL).values(number=position))
