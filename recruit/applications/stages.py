"""Kept counts: how many applications stand where, for the service, each vacancy and each team."""

from sqlalchemy import text

from recruit.core.db import change_at_once
from recruit.rules.lifecycle import ApplicationStatus

ALL = "all"


def of_vacancy(vacancy_id: int) -> str:
    """Return the scope of one vacancy's counts."""
    return f"vacancy:{vacancy_id}"


def of_team(team_id: int) -> str:
    """Return the scope of one team's counts."""
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
    rows = [
        {"scope": scope, "status": status.value, "change": change} for scope in scopes for status, change in changes
    ]
    # A draft is counted nowhere: how many people are still writing is nobody's business.
    change_at_once(_ADD, *[row for row in rows if row["status"] != ApplicationStatus.DRAFT])
