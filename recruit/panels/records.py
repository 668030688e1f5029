"""The one writer of the sift's history, and of a score sheet's status."""

from datetime import datetime

from recruit.core.db import db
from recruit.panels.models import ScoreSheet, SiftEvent
from recruit.rules.access import Actor
from recruit.rules.lifecycle import Move
from recruit.rules.sift import SheetStatus


def record(
    actor: Actor, vacancy_id: int, what: str, *, now: datetime, note: str = "", application_id: int | None = None
) -> None:
    """Keep that `actor` did something with a vacancy's panel, or with one application in its sift.

    Args:
        what: what was done, as a heading; no score is in it.
        note: why, in their words.
    """
    db.session.add(
        SiftEvent(
            vacancy_id=vacancy_id,
            application_id=application_id,
            actor_id=actor.user_id,
            what=what[:200],
            note=note,
            at=now,
        )
    )


def take(move: Move[SheetStatus], actor: Actor, sheet: ScoreSheet, what: str, *, now: datetime, note: str = "") -> None:
    """Do `move`, which `rules.lifecycle.permit` returned for this actor and sheet, and keep that it was done."""
    sheet.status = move.target
    record(actor, sheet.application.vacancy_id, what, now=now, note=note, application_id=sheet.application_id)
