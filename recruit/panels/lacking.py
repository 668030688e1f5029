"""Applications of an open sift that nobody on the panel is left to score, and who stopped being their scorers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from recruit.accounts.models import RoleGrant, User
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.panels.composition import has_applied
from recruit.panels.models import ScoreSheet, Sift, SiftEvent
from recruit.panels.offering import can_score
from recruit.panels.standings import Stage, Standing, standings_of
from recruit.panels.telling import tell_lacking
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, OVER, STOPPED_WORDS, Round, SheetStatus
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

    application_id: int
    reference: str
    scorers: int
    stopped: Sequence[Stopped]

    @property
    def words(self) -> str:
        """What keeps it from being scored; it names nobody."""
        return f"{self.reference} has {'one scorer' if self.scorers else 'no scorer'}"


def lacking_of(vacancy: Vacancy, sift: Sift | None, standings: Sequence[Standing]) -> Sequence[Lacking]:
    """Return which applications of a sift need a member more; none in no statement, others in two or three.

    What arrived and was given to nobody yet is not among them unless nobody on the panel can score: it is given out
    within minutes.  Of a sift that is not open there are none.
    """
    if sift is None or sift.opened_at is None or sift.closed_at is not None or vacancy.status in OVER:
        return []
    lacks = [one for one in standings if one.stage == Stage.LACKS and one.status == ApplicationStatus.SUBMITTED]
    stopped = stopped_at([one.application_id for one in lacks]) if lacks else {}
    found = [
        Lacking(one.application_id, one.reference, len(one.sheets), stopped.get(one.application_id, []))
        for one in lacks
    ]
    were_given = [one for one in found if one.scorers or one.stopped]
    if len(were_given) == len(found) or db.session.scalar(select(can_score(vacancy.id))):
        return were_given
    return found


def tell_of_lack(actor: Actor, vacancy: Vacancy, lost: Collection[int] | None, *, now: datetime) -> None:
    """Write to HR when a sift begins to need a member more: once for all that lack a scorer, until none does.

    Whoever has these applications is written to, else everybody in HR; nobody where one of them brought it about.

    Args:
        lost: the ids of the applications that may have begun to; none: all, because the sift was reopened.
    """
    db.session.flush()
    found = lacking_of(vacancy, db.session.get(Sift, vacancy.id), standings_of(vacancy.id, vacancy.asked))
    has_begun = lost is None or all(
        one.application_id in lost and one.scorers == limits.SCORERS - 1
        for one in found  # the others lacked one before
    )
    if not found or not has_begun:
        return
    readers = who_may_add(vacancy, [one.application_id for one in found])
    if actor.user_id not in readers:
        tell_lacking(vacancy, readers, now=now)


def who_may_add(vacancy: Vacancy, application_ids: Collection[int]) -> set[int]:
    """Return who of HR is to add a member: whoever has these applications, else everybody who did not apply too."""
    people = set(
        db.session.scalars(
            select(User.id)
            .join(RoleGrant, RoleGrant.user_id == User.id)
            .where(RoleGrant.role == Role.HR, User.disabled_at.is_(None), ~has_applied(User.id, vacancy.id))
        )
    )
    have = select(Application.assigned_to_id).where(Application.id.in_(application_ids))
    return people & set(db.session.scalars(have)) or people


def stopped_at(application_ids: Sequence[int]) -> Mapping[int, list[Stopped]]:
    """Return who stopped being a scorer of which application, in two statements."""
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
