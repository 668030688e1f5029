"""Saying of all that was filled in from before, at once, that it is still right."""

from collections.abc import Sequence
from datetime import datetime

from recruit.applications import queries, saving
from recruit.applications.answers import Answers
from recruit.applications.carrying import is_unchecked
from recruit.applications.completeness import problems_of
from recruit.applications.models import Application, Section
from recruit.core.calendar import london_day
from recruit.rules.access import Actor


def unchecked_sections(answers: Answers) -> Sequence[Section]:
    """Return the sections that are as they were filled in from before, in the order of the form."""
    started_at = answers.application.created_at
    return [
        section
        for section in Section
        if section in answers.states and is_unchecked(answers.states[section], started_at)
    ]


def confirm_sections(actor: Actor, application: Application, *, now: datetime) -> int:
    """Finish each section that is as it was filled in from before and lacks nothing.

    What was changed meanwhile in another window is not finished by it: it is no longer what they looked through.

    Returns:
        How many sections are finished by it.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it was sent, or the vacancy has closed.
    """
    saving.begin(actor, application, now=now)
    answers, today = queries.answers_of(application), london_day(now)
    whole = [section for section in unchecked_sections(answers) if not problems_of(answers, section, today)]
    for section in whole:
        saving.touch(application, section, changed=False, now=now).is_complete = True
    return len(whole)
