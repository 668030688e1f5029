"""Moving a vacancy, and its history.  The only writer of `Vacancy.status`, but for new drafts."""

from datetime import datetime

from recruit.core.calendar import long_moment
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.rules.access import NOBODY, Actor
from recruit.rules.lifecycle import ENDED, Move, VacancyStatus
from recruit.vacancies.authoring_queries import last_change
from recruit.vacancies.models import Vacancy, VacancyEvent

_DID = {
    VacancyStatus.DRAFT: "took this vacancy back",
    VacancyStatus.AWAITING_APPROVAL: "sent this vacancy for approval",
    VacancyStatus.CHANGES_REQUESTED: "asked for changes to this vacancy",
    VacancyStatus.PUBLISHED: "approved this vacancy",
    VacancyStatus.PAUSED: "paused this vacancy",
    VacancyStatus.FILLED: "recorded the outcome of this vacancy",
    VacancyStatus.PART_FILLED: "recorded the outcome of this vacancy",
    VacancyStatus.UNFILLED: "recorded the outcome of this vacancy",
    VacancyStatus.CANCELLED: "cancelled this vacancy",
}
"""What whoever moved it last did, in words."""
_BACK = {VacancyStatus.PAUSED: "resumed this vacancy"} | dict.fromkeys(ENDED, "took back the outcome of this vacancy")
"""The same of what was published again."""


def take(move: Move[VacancyStatus], actor: Actor, vacancy: Vacancy, now: datetime, reason: str = "") -> None:
    """Do the move, and keep who did it, when and why."""
    source, vacancy.status = vacancy.status, move.target
    note(actor, vacancy, source, now, reason)


def note(actor: Actor, vacancy: Vacancy, source: VacancyStatus, now: datetime, reason: str = "") -> None:
    """Add to the vacancy's history; where source and target are one, its words were changed or somebody commented."""
    actor_id = actor.user_id if actor.user_id != NOBODY else None
    db.session.add(
        VacancyEvent(vacancy=vacancy, actor_id=actor_id, source=source, target=vacancy.status, reason=reason, at=now)
    )


def refuse_stale(vacancy: Vacancy, seen_version: int) -> None:
    """Wait for the vacancy's row, and refuse if it was changed since the page that showed `seen_version`.

    Raises:
        Conflict: it was; the message says who did what, and when.
    """
    db.session.refresh(vacancy, with_for_update={"of": Vacancy})  # its row alone: not what it was loaded with
    if vacancy.version == seen_version:
        return
    event = last_change(vacancy)
    who = event.actor.name if event and event.actor else "Somebody"
    when = f" at {long_moment(event.at)}" if event else ""
    did = _did(event) if event else "saved this vacancy"
    raise Conflict(f"{who} {did}{when}, after you opened it. Nothing of yours was saved over theirs.")


def _did(event: VacancyEvent) -> str:
    source, target = VacancyStatus(event.source), VacancyStatus(event.target)
    if source is target:
        return "saved this vacancy"
    if target is VacancyStatus.PUBLISHED and source in _BACK:
        return _BACK[source]
    return _DID[target]
