"""Kept counts: how many applications stand where, for the service, each vacancy and each team."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import text

from recruit.core.db import change_at_once
from recruit.rules.lifecycle import ApplicationStatus

ALL = "all"


def of_vacancy(vacancy_id: int | str) -> str:
    """Return the scope of one vacancy's counts; of "" what such scopes begin with."""
    return f"vacancy:{vacancy_id}"


def of_team(team_id: int | str) -> str:
    """Return the scope of one team's counts; of "" what such scopes begin with."""
    return f"team:{team_id}"


_ADD = text(
    "INSERT INTO stage_count (scope, status, number) VALUES (:scope, :status, :change)"
    " ON CONFLICT (scope, status) DO UPDATE SET number = stage_count.number + :change"
)


def count_move(vacancy_id: int, team_id: int, source: ApplicationStatus, target: ApplicationStatus) -> None:
    """Take one application out of the count of `source` and into that of `target`, in the caller's transaction.

    The rows are always taken in the same order, smallest scope first, so that two moves cannot wait for each other.
    """
    scopes = (of_vacancy(vacancy_id), of_team(team_id), ALL)
    changes = sorted([(source, -1), (target, 1)])
    rows = [(rank, scope, status.value, change) for rank, scope in enumerate(scopes) for status, change in changes]
    # A draft is counted nowhere: how many people are still writing is nobody's business.
    counted = [row for row in rows if row[2] != ApplicationStatus.DRAFT]
    together = _together.get()
    if together is None:
        _add(counted)
    else:
        for rank, scope, status, change in counted:
            together[rank, scope, status] += change


@contextmanager
def counted_together() -> Iterator[None]:
    """Write the counts of all moves that are made within once, at the end, in the order that a single move takes.

    Moves for several vacancies would else hold the row that all share while they wait for another vacancy's.
    """
    changes: Counter[tuple[int, str, str]] = Counter()
    token = _together.set(changes)
    try:
        yield
    finally:
        _together.reset(token)
    _add([(*key, change) for key, change in sorted(changes.items()) if change])


_together: ContextVar[Counter[tuple[int, str, str]] | None] = ContextVar("together", default=None)
"""Changes of counts that are written together, if they are."""


def _add(rows: list[tuple[int, str, str, int]]) -> None:
    if rows:
        change_at_once(_ADD, *[{"scope": scope, "status": status, "change": n} for _, scope, status, n in rows])
