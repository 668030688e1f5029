"""Interviews that were held, with questions, and members who score them."""

from collections.abc import Sequence

from recruit.accounts.models import User
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews.models import InterviewSlot, SlotInterviewer
from recruit.panels import questions, sheets
from recruit.panels.entry import Entry
from recruit.panels.holding import held_interview
from recruit.panels.interview_sheets import take_sheet
from recruit.panels.models import ScoreSheet
from recruit.panels.moderation import Chaired
from recruit.panels.rounds import lines_of
from recruit.panels.standings import Standing, standings_of
from recruit.rules.interviews import InterviewKind
from recruit.rules.sift import Round
from recruit.vacancies.models import Assessment
from tests.interviews.planning import Interviews, held, planned

WORDS = ("Tell us about a plan that changed", "Tell us about a boundary")


def interviewed(number: int = 1, people: int = 2) -> Interviews:
    """Return so many interviews that all but the last of `people` + 1 members held, with two questions.

    The first question is of a criterion that counts three times; the first member is the chair.
    """
    interviews = planned(number, people=people + 1)
    panel = Chaired(interviews.vacancy, interviews.members[0].id)
    with transaction():
        criterion = interviews.vacancy.criteria[0]
        criterion.assessed_at, criterion.weight = Assessment.INTERVIEW, 3
    for words, key in zip(WORDS, (criterion.id, None), strict=True):
        with transaction():
            questions.add_question(
                interviews.hr.as_actor(), panel, InterviewKind.COMPETENCY, words, criterion_id=key, now=clock.now()
            )
    for application in interviews.applications:
        slot = held(interviews, application)
        with transaction():
            for member in interviews.members[:people]:
                db.session.add(SlotInterviewer(slot_id=slot.id, user_id=member.id))
        interviews.slots.append(slot)
    return interviews


def declare(member: User, slot: InterviewSlot) -> ScoreSheet:
    actor = member.as_actor()
    with transaction():
        sheet = take_sheet(actor, held_interview(actor, slot.id), now=clock.now())
        sheets.declare_none(actor, sheet, now=clock.now())
    return sheet


def score(
    interviews: Interviews, member: User, points: Sequence[int], *, place: int = 0, submit: bool = True
) -> ScoreSheet:
    """Declare and score every question in order."""
    sheet = declare(member, interviews.slots[place])
    lines = lines_of(interviews.vacancy, Round.COMPETENCY)
    entries = {line.id: Entry(one, f"Said {one}") for line, one in zip(lines, points, strict=True)}
    with transaction():
        sheets.save_scores(
            member.as_actor(), sheet, entries, seen_version=sheet.version, now=clock.now(), submit=submit
        )
    return sheet


def standing(interviews: Interviews, place: int = 0) -> Standing:
    lines = lines_of(interviews.vacancy, Round.COMPETENCY)
    key = interviews.applications[place].id
    return standings_of(interviews.vacancy.id, lines, round_=Round.COMPETENCY, application_id=key)[0]
