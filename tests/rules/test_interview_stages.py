"""Every move of interviews that there could be: each act at each stage, for each role and application."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from recruit.core.errors import Conflict, NotAllowed
from recruit.rules.access import Actor, Role
from recruit.rules.interview_stages import (
    BY_CLOCK,
    INTERVIEW_MOVES,
    LEAVINGS,
    STAGE_WORDS,
    Guard,
    InterviewAct,
    InterviewStage,
    check,
    permit_act,
    stage_of,
)
from recruit.rules.lifecycle import APPLICATION_MOVES, APPLICATION_REOPENINGS, ApplicationStatus
from tests.factories import NOW

pytestmark = pytest.mark.one_database

ME, SOMEBODY = 7, 8
WHOSE = {"own": ME, "other": SOMEBODY}
HR = (("hr", "own"), ("hr", "other"))
CANDIDATE = (("candidate", "own"),)
ALLOWED = {
    ("invite", "to_invite", "invited"): HR,
    ("choose", "invited", "booked"): CANDIDATE,
    ("change", "booked", "booked"): CANDIDATE,
    ("give_up", "booked", "invited"): CANDIDATE,
    ("move", "booked", "booked"): HR,
    ("take_off", "booked", "invited"): HR,
}
"""What is done, from where, to where, by whom and to whose application.  HR's own has no page for them at all."""
TOLD = {
    "invite": ("interview_invited", None),
    "choose": ("interview_booked", "interview_panel_booked"),
    "change": ("interview_booked", "interview_panel_booked"),
    "give_up": ("interview_cancelled", "interview_panel_cancelled"),
    "move": ("interview_booked", "interview_panel_booked"),
    "take_off": ("interview_cancelled", "interview_panel_cancelled"),
}
LEAVES = {
    "to_invite": {"submitted", "not_appointed", "withdrawn", "vacancy_cancelled"},
    "invited": {"submitted", "not_appointed", "withdrawn", "vacancy_cancelled"},
    "booked": {"withdrawn", "vacancy_cancelled"},
    "interviewed": {"appointed", "reserve", "not_appointed", "withdrawn", "vacancy_cancelled"},
}
BEFORE, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@pytest.mark.parametrize("stage", InterviewStage)
@pytest.mark.parametrize("act", InterviewAct)
def test_an_act_is_for_whom_it_is_written_at_its_stage_and_for_nobody_else(act, stage):
    (source, target, people), *more = [
        (source, target, people) for (one, source, target), people in ALLOWED.items() if one == act
    ]
    assert more == []
    for role in Role:
        for whose, candidate_id in WHOSE.items():
            actor, thing = Actor(ME, frozenset({role})), SimpleNamespace(candidate_id=candidate_id)
            if (role.value, whose) not in people:
                with pytest.raises(NotAllowed):
                    permit_act(act, actor, thing, stage)
            elif stage == source:
                move = permit_act(act, actor, thing, stage)
                assert (move.source, move.target) == (source, target)
            else:
                with pytest.raises(Conflict, match=f"^{INTERVIEW_MOVES[act].otherwise}$"):
                    permit_act(act, actor, thing, stage)


def test_what_each_act_tells():
    assert {act.value: (move.notification, move.panel_told) for act, move in INTERVIEW_MOVES.items()} == TOLD


@pytest.mark.parametrize(
    ("ends", "is_invited", "stage"),
    [
        ([], False, "to_invite"),
        ([], True, "invited"),
        ([LATER], True, "booked"),
        ([BEFORE], True, "interviewed"),
        ([NOW], True, "interviewed"),
        ([BEFORE, LATER], True, "booked"),
        ([BEFORE, BEFORE], True, "interviewed"),
        ([BEFORE], False, "interviewed"),
    ],
)
def test_the_stage_follows_from_invitation_times_and_clock(ends, is_invited, stage):
    assert stage_of(ends, is_invited=is_invited, now=NOW) == stage


def test_each_stage_is_reached_by_an_act_or_by_the_clock():
    reached = {InterviewStage.TO_INVITE}
    pairs = [*((move.source, move.target) for move in INTERVIEW_MOVES.values()), BY_CLOCK[:2]]
    for _ in InterviewStage:
        reached |= {target for source, target in pairs if source in reached}

    assert reached == set(InterviewStage) == set(STAGE_WORDS)


def test_from_where_the_shortlist_is_left_for_what():
    ways = {
        stage.value: {status.value for status, stages in LEAVINGS.items() if stage in stages} for stage in STAGE_WORDS
    }

    assert ways == LEAVES


def test_every_way_off_the_shortlist_says_from_which_stages():
    moves = [move for move in (*APPLICATION_MOVES, *APPLICATION_REOPENINGS) if not move.is_undo]

    assert set(LEAVINGS) == {move.target for move in moves if move.source == ApplicationStatus.SHORTLISTED}


def test_guards_are_asked_in_the_order_of_the_row_and_none_is_left_out():
    move = INTERVIEW_MOVES[InterviewAct.MOVE]
    asked = []

    check(move, {guard: lambda guard=guard: asked.append(guard) for guard in Guard})

    assert asked == [Guard.AS_SEEN, Guard.NOT_BEGUN, Guard.NO_CLASH]
    with pytest.raises(KeyError):
        check(move, {Guard.AS_SEEN: lambda: None})


def test_each_guard_is_asked_for_somewhere():
    assert {guard for move in INTERVIEW_MOVES.values() for guard in move.guards} == set(Guard)
