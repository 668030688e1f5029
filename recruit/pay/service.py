"""Keeping pay tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from recruit.core.calendar import short_date
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.pay.import_table import Spine
from recruit.pay.models import PayPoint, PayTable
from recruit.rules.access import Actor, Permission, authorise


class Change(StrEnum):
    """What importing a table would do."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    IN_USE = "in use"


@dataclass(frozen=True, slots=True)
class Import:
    """One table of a file, beside what is kept.  `points` counts those that differ; all of them when it is new.

    `kept_at` is when the table of that day that is kept was imported; none if there is none.
    """

    spine: Spine
    change: Change
    points: int
    kept_at: datetime | None = field(default=None, compare=False)


def import_pay_tables(
    actor: Actor,
    spines: Sequence[Spine],
    *,
    source: str,
    is_used: Callable[[PayTable], bool],
    now: datetime,
    effective_on: date | None = None,
    seen: Mapping[str, str] | None = None,
) -> list[Import]:
    """Keep the tables of a file.  A table that is kept already, point for point, is left alone.

    Args:
        actor: whoever asks.
        spines: what `read_spines` found.
        source: where the figures come from, as people are told.
        is_used: whether a vacancy stands on a table.
        now: the moment of the import.
        effective_on: import only the table of this day.
        seen: what `seen_of` said of the comparison that somebody looked at; None where nobody did.

    Returns:
        What was done, by date.

    Raises:
        NotAllowed: only administrators keep pay tables.
        Incomplete: the file has no table of `effective_on`.
        Conflict: the file would change a table that a vacancy stands on, or one that somebody imported after this one
            was looked at.  Nothing is kept.
    """
    authorise(actor, Permission.PAY_MANAGE)
    compared = compare_pay_tables(spines, is_used=is_used, effective_on=effective_on, lock=True)
    refuse_used(compared)
    _refuse_unseen(compared, seen)

    kept = {table.effective_on: table for table in _tables((item.spine.effective_on for item in compared), lock=False)}
    for item in compared:
        table = kept.get(item.spine.effective_on)
        if item.change is Change.SAME:
            continue
        if table is None:
            table = PayTable(effective_on=item.spine.effective_on)
            db.session.add(table)
        table.source, table.imported_at = source, now
        _set_points(table, item.spine)
    return compared


def compare_pay_tables(
    spines: Sequence[Spine],
    *,
    is_used: Callable[[PayTable], bool],
    effective_on: date | None = None,
    lock: bool = False,
) -> list[Import]:
    """Return what importing would do, by date.

    Args:
        spines: what `read_spines` found.
        is_used: whether a vacancy stands on a table.
        effective_on: only the table of this day.
        lock: keep others from choosing these tables until the transaction ends.

    Raises:
        Incomplete: the file has no table of `effective_on`.
    """
    wanted = [spine for spine in spines if effective_on in (None, spine.effective_on)]
    if not wanted:
        raise Incomplete(f"The file has no table from {effective_on}.")
    kept = {table.effective_on: table for table in _tables((spine.effective_on for spine in wanted), lock=lock)}
    return [_compare(spine, kept.get(spine.effective_on), is_used) for spine in wanted]


def refuse_used(compared: Iterable[Import]) -> None:
    """Raise Conflict if the import would change a table that vacancies stand on."""
    used = [short_date(item.spine.effective_on) for item in compared if item.change is Change.IN_USE]
    if used:
        raise Conflict(
            f"Vacancies use the pay table of {' and '.join(used)}, so it cannot be changed. Nothing was imported."
        )


def seen_of(compared: Iterable[Import]) -> dict[str, str]:
    """Return what tells whether the tables that are kept are still those that were compared with, by day."""
    return {
        str(item.spine.effective_on): item.kept_at.isoformat() if item.kept_at else ""
        for item in compared
        if item.change is not Change.SAME
    }


def _refuse_unseen(compared: Sequence[Import], seen: Mapping[str, str] | None) -> None:
    """Raise Conflict if a table that the import would write is not the one that was looked at."""
    if seen is not None and not seen_of(compared).items() <= seen.items():
        raise Conflict(
            "Somebody imported a pay table of the same day after you looked at yours. Nothing was imported over theirs:"
            " choose the file again to see what it would change."
        )


def _tables(days: Iterable[date], *, lock: bool) -> Sequence[PayTable]:
    statement = select(PayTable).where(PayTable.effective_on.in_(list(days))).options(selectinload(PayTable.points))
    return db.session.scalars(statement.with_for_update() if lock else statement).all()


def _compare(spine: Spine, table: PayTable | None, is_used: Callable[[PayTable], bool]) -> Import:
    if table is None:
        return Import(spine, Change.NEW, len(spine.points))
    before = {point.point: point.annual_pence for point in table.points}
    differing = len(dict(before.items() ^ spine.points.items()))
    if not differing:
        return Import(spine, Change.SAME, 0, table.imported_at)
    return Import(spine, Change.IN_USE if is_used(table) else Change.CHANGED, differing, table.imported_at)


def _set_points(table: PayTable, spine: Spine) -> None:
    """Make the table's points those of the file, changing rows that are there in place."""
    before = {point.point: point for point in table.points}
    for number, pence in spine.points.items():
        if number in before:
            before[number].annual_pence = pence
        else:
            table.points.append(PayPoint(point=number, annual_pence=pence))
    for number in before.keys() - spine.points.keys():
        table.points.remove(before[number])
