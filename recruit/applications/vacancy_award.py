"""A pay award, applied to live vacancies: who has begun to apply for one, or asks for a change of it, is told."""

from collections.abc import Sequence
from datetime import datetime

from recruit.applications.steering import write_to_drafts
from recruit.applications.vacancy_change import tell_of_overtaken
from recruit.rules.access import Actor
from recruit.rules.notifications import Notification
from recruit.vacancies import awards
from recruit.vacancies.awards import Raise
from recruit.vacancies.before_and_after import pay_words
from recruit.vacancies.revisions import open_revisions


def apply_award(actor: Actor, marks: Sequence[str], *, now: datetime) -> tuple[list[Raise], int]:
    """Put the vacancies that were chosen on the pay table in force, as `awards.apply_award` does, and write to drafts.

    Returns:
        What was changed, and how many candidates are told.

    Raises: as there.
    """
    done = awards.apply_award(actor, marks, now=now)
    revisions = open_revisions(one.vacancy.id for one in done)
    for one in done:
        tell_of_overtaken(actor, revisions.get(one.vacancy.id), _told(one), now=now)
    told = [write_to_drafts(Notification.VACANCY_CHANGED, one.vacancy, now, changed=_change(one)) for one in done]
    return done, sum(told)


def _told(one: Raise) -> str:
    return f"by a pay award it pays {one.after} a year now, and {one.before} a year before"


def _change(one: Raise) -> str:
    hours, weeks = one.vacancy.weekly_hours, one.vacancy.paid_weeks
    before, after = pay_words(*one.was, hours, weeks), pay_words(one.low, one.high, hours, weeks)
    return f"- Pay: {after} (before: {before})"
