"""When the scoring of a sift ends: closed by HR or the chair, and reopened with a reason."""

from collections.abc import Sequence
from datetime import datetime

from recruit.core.db import hold
from recruit.core.errors import Conflict
from recruit.panels.lacking import tell_of_lack
from recruit.panels.moderation import Chaired
from recruit.panels.offering import offer, waiting_applications
from recruit.panels.opening import refuse_unless_open, refuse_when_over, sift_of
from recruit.panels.records import record
from recruit.panels.standings import Stage, Standing, standings_of
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.reasons import needed_reason
from recruit.vacancies.models import Vacancy


def unscored(vacancy: Vacancy) -> Sequence[Standing]:
    """Return the applications that wait for a decision and are not scored, in the order of references."""
    return [one for one in standings_of(vacancy.id, vacancy.asked) if one.stage != Stage.SCORED]


def close_sift(actor: Actor, panel: Chaired, *, now: datetime) -> None:
    """End the scoring: nobody scores or settles anything more.  Decisions are as before.

    Raises:
        NotAllowed: neither HR nor the chair of this panel.
        Conflict: the sift is not open.
    """
    authorise(actor, Permission.SIFT_CLOSE, panel)
    vacancy = panel.vacancy
    hold(f"panel:{vacancy.id}")
    refuse_unless_open(vacancy)
    left = len(unscored(vacancy))
    sift_of(vacancy.id).closed_at = now
    what = "Sift closed with everything scored"
    if left:
        what = f"Sift closed with {left} application{'' if left == 1 else 's'} not scored"
    record(actor, vacancy.id, what, now=now)


def reopen_sift(actor: Actor, panel: Chaired, reason: str, *, now: datetime) -> None:
    """Let the panel score again; what came in meanwhile, or lacks a scorer, is given out.

    Args:
        reason: why; kept in the panel's history.

    Raises:
        NotAllowed: neither HR nor the chair of this panel.
        Conflict: the sift is not closed, or the vacancy is over.
        Incomplete: no reason, or one that is too long.
    """
    authorise(actor, Permission.SIFT_CLOSE, panel)
    vacancy = panel.vacancy
    hold(f"panel:{vacancy.id}")
    sift = sift_of(vacancy.id)
    if sift.closed_at is None:
        raise Conflict("The sift is not closed, so there is nothing to reopen.")
    reason = needed_reason(reason, missing="Enter why it is reopened", most=limits.SCORE_NOTE_CHARACTERS)
    refuse_when_over(vacancy)
    sift.closed_at = None
    record(actor, vacancy.id, "Sift reopened", now=now, note=reason)
    if offer(waiting_applications(vacancy.id), vacancy.id, now=now).lacking:
        tell_of_lack(actor, vacancy, None, now=now)
