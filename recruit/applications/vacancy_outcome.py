"""What came of a vacancy: how many of its posts were filled."""

from datetime import datetime

from recruit.applications.steering import closing, short, steer, tell_drafts
from recruit.core.errors import Conflict, Incomplete
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ENDED, VacancyStatus
from recruit.rules.outcomes import REASONS, WORDS, OutcomeReason
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import take


def record_outcome(
    actor: Actor,
    vacancy: Vacancy,
    filled: int,
    comment: str = "",
    *,
    why: OutcomeReason | None = None,
    seen_version: int,
    now: datetime,
) -> None:
    """Keep how many posts were filled.  A vacancy that is paused ends with it.

    Args:
        actor: a recruiter of its team, or HR.
        vacancy: one that has closed, or is paused.
        filled: posts filled, of those that it was for.
        comment: more about it, for its history.
        why: the main reason why not all posts were filled; not kept where they were.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it takes applications still, or will; the outcome is recorded; or somebody changed it since.
        Incomplete: fewer posts than none or more than there are, no reason where not all were filled, no words about
            another reason, or a very long comment.
    """
    target = _outcome(filled, vacancy.posts)
    move = steer(actor, vacancy, target, seen_version)
    if vacancy.status is VacancyStatus.PUBLISHED and not vacancy.has_closed(now):
        raise Conflict("This vacancy has not closed. End it early first, then record the outcome.")
    if not 0 <= filled <= vacancy.posts:
        raise Incomplete(f"Posts filled must be between 0 and {vacancy.posts}")
    comment = short(comment, "What you write is too long")
    reasons = REASONS.get(target, ())
    if reasons and why not in reasons:
        raise Incomplete("Select the main reason why not all posts were filled")
    if reasons and why is OutcomeReason.OTHER and not comment:
        raise Incomplete("Write what the other reason is")

    before = closing(vacancy)
    if not vacancy.has_closed(now):
        vacancy.closes_at = now
    vacancy.filled, vacancy.outcome_reason = filled, why if reasons else None
    words = f"{filled} of {vacancy.posts} {'post' if vacancy.posts == 1 else 'posts'} filled"
    said = WORDS[why] if why and reasons and why is not OutcomeReason.OTHER else ""
    take(move, actor, vacancy, now, ". ".join(filter(None, (words, said, comment))))
    if move.notification:
        tell_drafts(move, vacancy, now, before=before)


def take_back_outcome(actor: Actor, vacancy: Vacancy, *, seen_version: int, now: datetime) -> None:
    """Forget the outcome that was recorded by mistake.  The vacancy is closed, and waits for another.

    Raises:
        NotAllowed: it is another team's.
        Conflict: there is none, or somebody changed it since.
    """
    move = steer(actor, vacancy, VacancyStatus.PUBLISHED, seen_version)
    if vacancy.status not in ENDED:
        raise Conflict("No outcome is recorded for this vacancy, so there is none to take back.")

    vacancy.filled = vacancy.outcome_reason = None
    take(move, actor, vacancy, now)


def _outcome(filled: int, posts: int) -> VacancyStatus:
    if filled <= 0:
        return VacancyStatus.UNFILLED
    return VacancyStatus.PART_FILLED if filled < posts else VacancyStatus.FILLED
