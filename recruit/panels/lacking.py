"""Applications of an open sift that nobody on the panel is left to score, and who stopped being their scorers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.core.db import db
from recruit.panels.models import ScoreSheet, Sift, SiftEvent
from recruit.panels.opening import OVER
from recruit.panels.standings import Stage, Standing
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, STOPPED_WORDS, Round, SheetStatus
from recruit.vacancies.models import Vacancy


class Stopped(NamedTuple):
    """Somebody who stopped being a scorer of an application.

    Args:
        reason: what they or HR gave; "" for none. It may say who the candidate is, so it is for HR alone.
    """

    name: str
    status: SheetStatus
    reason: str


class Lacking(NamedTuple):
    """An application that needs a member more: nobody whom it was not given to yet is on the panel."""

    reference: str
    scorers: int
    stopped: Sequence[Stopped]

    @property
    def words(self) -> str:
        """What keeps it from being scored; it names nobody."""
        return f"{self.reference} has {'one scorer' if self.scorers else 'no scorer'}"


def lacking_of(vacancy: Vacancy, sift: Sift | None, standings: Sequence[Standing]) -> Sequence[Lacking]:
    """Return which applications of a sift need a member more; none in no statement, others in two.

    What arrived and was given to nobody yet is not among them: it is given out within minutes.  Of a sift that is not
    open there are none.
    """
    if sift is None or sift.opened_at is None or sift.closed_at is not None or vacancy.status in OVER:
        return []
    lacks = [one for one in standings if one.stage == Stage.LACKS and one.status == ApplicationStatus.SUBMITTED]
    stopped = _stopped([one.application_id for one in lacks]) if lacks else {}
    return [
        Lacking(one.reference, len(one.sheets), stopped.get(one.application_id, []))
        for one in lacks
        if one.sheets or one.application_id in stopped
    ]


def _stopped(application_ids: Sequence[int]) -> Mapping[int, list[Stopped]]:
    sheets = db.session.execute(
        select(ScoreSheet.application_id, User.name, ScoreSheet.status)
        .join(User, User.id == ScoreSheet.scorer_id)
        .where(
            ScoreSheet.application_id.in_(application_ids),
            ScoreSheet.round == Round.SIFT,
            ScoreSheet.status.not_in(LIVE),
        )
        .order_by(ScoreSheet.id)
    )
    events = db.session.execute(
        select(SiftEvent.application_id, SiftEvent.what, SiftEvent.note)
        .where(SiftEvent.application_id.in_(application_ids), SiftEvent.note != "")
        .order_by(SiftEvent.id)
    )
    reasons = {(key, what): note for key, what, note in events.tuples()}
    found: dict[int, list[Stopped]] = {}
    for key, name, status in sheets.tuples():
        what = f"{name} {STOPPED_WORDS[status]}"
        found.setdefault(key, []).append(Stopped(name, status, reasons.get((key, what), "")))
    return found
