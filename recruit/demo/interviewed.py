"""Interviews of the demo that were held: one for the chair to settle, one that somebody has still to score."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.calendar import is_working_day, london_day
from recruit.core.db import db
from recruit.interviews import choosing
from recruit.interviews.models import InterviewInvitation
from recruit.interviews.prompting import Told, note_answers, prompts_for
from recruit.panels import interviewing, sheets
from recruit.panels.entry import Entry
from recruit.panels.holding import held_interview
from recruit.panels.interview_sheets import take_sheet
from recruit.panels.interviewing import Plan
from recruit.panels.rounds import lines_of
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.interviews import InterviewKind
from recruit.rules.sift import Round
from recruit.vacancies.models import Vacancy

PLACE = "Civic Centre, Middlesbrough, room 2. Ask for the panel at reception."
BEFORE = timedelta(days=7)  # times were set and chosen so long ago
NOTES = (
    "Spoke of what a team should do, not of their own part.",
    "A real case, but could not say what changed for the family.",
    "Clear about what they did and why; went back to the father, who had not been asked.",
    "Named their own mistake unprompted, whom they told, and what they do differently since.",
)
EXPLAINED = "Told us the same as the form, with names and dates. We believed it."


def hold_interviews(
    vacancy: Vacancy,
    applications: Sequence[Application],
    members: Sequence[User],
    hr: Actor,
    *,
    is_over: bool = False,
    now: datetime,
) -> None:
    """Let each of `applications` have had an interview on the last working day, scored by most of `members`.

    Args:
        is_over: whether all of `members` have scored, and agree.
        now: this moment.
    """
    at, day = now - BEFORE, _last_working_day(now)
    plan = Plan(day, time(10), 60, PLACE, "", frozenset(member.id for member in members))
    slots = interviewing.add_slots(
        hr, vacancy, InterviewKind.COMPETENCY, plan, number=len(applications), pause=30, now=at
    )
    lines = lines_of(vacancy, Round.COMPETENCY)
    for place, (application, slot) in enumerate(zip(applications, slots, strict=True)):
        db.session.add(InterviewInvitation(application_id=application.id, invited_by_id=hr.user_id, invited_at=at))
        db.session.flush()
        limit = limits.INTERVIEW_CHANGE_LIMIT
        choosing.choose_slot(application.candidate.as_actor(), application, slot.id, limit=limit, now=at)
        db.session.flush()
        for number, member in enumerate(members if is_over else members[: len(members) - place]):
            actor, after = member.as_actor(), slot.ends_at + timedelta(minutes=10 * (number + 1))
            held = held_interview(actor, slot.id)
            sheet = take_sheet(actor, held, now=at + timedelta(days=1))
            sheets.declare_none(actor, sheet, now=at + timedelta(days=1))
            db.session.flush()
            if number == 0:
                told = {asked.prompt.key: Told(EXPLAINED, True) for asked in prompts_for(application)[:1]}
                note_answers(actor, held, told, now=slot.ends_at)
            entries = {}
            for index, line in enumerate(lines):
                score = 1 if (place, number, index) == (0, 1, 0) and not is_over else 3 if index == 0 else 2
                entries[line.id] = Entry(score, NOTES[score])
            sheets.save_scores(actor, sheet, entries, seen_version=sheet.version, now=after, submit=True)
            db.session.flush()


def _last_working_day(now: datetime) -> date:
    day = london_day(now) - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
