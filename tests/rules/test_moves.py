"""Every move that there could be: each status to each other, for each role and thing.  Unwritten is refused."""

from itertools import product
from types import SimpleNamespace

import pytest

from recruit.core.errors import Conflict, NotAllowed
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import (
    APPLICATION_MOVES,
    APPLICATION_REOPENINGS,
    VACANCY_CHANGES,
    VACANCY_MOVES,
    ApplicationStatus,
    VacancyChange,
    VacancyStatus,
    moves_open_to,
    permit,
)

pytestmark = pytest.mark.one_database

ME, SOMEBODY, MY_TEAM, OTHER_TEAM = 7, 8, 70, 80
WHOSE = {"own": (ME, MY_TEAM), "other": (SOMEBODY, OTHER_TEAM)}
STEERED = {
    ("published", "paused"),
    ("paused", "published"),
    *((source, target) for source in ("published", "paused") for target in ("filled", "part_filled", "unfilled")),
    *((source, "published") for source in ("filled", "part_filled", "unfilled")),
}
"""Moves of a vacancy that its team and HR make alike."""
STEERS = (("recruiter", "own"), ("hr", "own"), ("hr", "other"))
REOPENED = {
    ("shortlisted", "submitted"),
    ("not_shortlisted", "submitted"),
    ("appointed", "shortlisted"),
    ("appointed", "reserve"),
    ("reserve", "shortlisted"),
    ("not_appointed", "shortlisted"),
    ("not_appointed", "reserve"),
}
"""Ways back from a decision that its candidate knows of; each can be undone."""
CANCELLED = ("submitted", "shortlisted", "reserve", "appointed")
ALLOWED = {
    "application": {
        ("draft", "submitted", "candidate", "own"),
        ("submitted", "shortlisted", "hr", "other"),
        ("submitted", "not_shortlisted", "hr", "other"),
        ("shortlisted", "submitted", "hr", "other"),
        ("not_shortlisted", "submitted", "hr", "other"),
        ("shortlisted", "appointed", "hr", "other"),
        ("shortlisted", "reserve", "hr", "other"),
        ("shortlisted", "not_appointed", "hr", "other"),
        ("reserve", "appointed", "hr", "other"),
        ("reserve", "not_appointed", "hr", "other"),
        ("appointed", "shortlisted", "hr", "other"),
        ("appointed", "reserve", "hr", "other"),
        ("reserve", "shortlisted", "hr", "other"),
        ("not_appointed", "shortlisted", "hr", "other"),
        ("not_appointed", "reserve", "hr", "other"),
        ("submitted", "withdrawn", "candidate", "own"),
        ("shortlisted", "withdrawn", "candidate", "own"),
        ("not_shortlisted", "withdrawn", "candidate", "own"),
        ("appointed", "withdrawn", "candidate", "own"),
        ("reserve", "withdrawn", "candidate", "own"),
        ("not_appointed", "withdrawn", "candidate", "own"),
        *((source, "vacancy_cancelled", *who) for source in CANCELLED for who in STEERS),
    },
    "reopening": {
        *((*pair, "hr", "other") for pair in REOPENED),
        *((target, source, "hr", "other") for source, target in REOPENED),
    },
    "vacancy": {
        ("draft", "awaiting_approval", "recruiter", "own"),
        ("awaiting_approval", "draft", "recruiter", "own"),
        ("awaiting_approval", "changes_requested", "hr", "other"),
        ("changes_requested", "awaiting_approval", "recruiter", "own"),
        ("awaiting_approval", "published", "hr", "other"),
        ("published", "cancelled", "recruiter", "own"),
        ("published", "cancelled", "hr", "own"),
        ("published", "cancelled", "hr", "other"),
        ("draft", "cancelled", "recruiter", "own"),
        ("changes_requested", "cancelled", "recruiter", "own"),
        *((*pair, *who) for pair in (*STEERED, ("paused", "cancelled")) for who in STEERS),
    },
}
"""From, to, by whom, and whose it is."""
UNDOES = {
    ("shortlisted", "submitted"),
    ("not_shortlisted", "submitted"),
    ("awaiting_approval", "draft"),
    ("filled", "published"),
    ("part_filled", "published"),
    ("unfilled", "published"),
    ("appointed", "shortlisted"),
    ("appointed", "reserve"),
    ("reserve", "shortlisted"),
    ("not_appointed", "shortlisted"),
    ("not_appointed", "reserve"),
}
NEEDS_REASON = {
    ("submitted", "not_shortlisted"),
    ("submitted", "withdrawn"),
    ("shortlisted", "withdrawn"),
    ("not_shortlisted", "withdrawn"),
    ("shortlisted", "not_appointed"),
    ("reserve", "not_appointed"),
    ("appointed", "withdrawn"),
    ("reserve", "withdrawn"),
    ("not_appointed", "withdrawn"),
    ("published", "cancelled"),
    ("published", "paused"),
    ("paused", "cancelled"),
    ("awaiting_approval", "changes_requested"),
}
TOLD = {
    ("draft", "submitted"): "application_submitted",
    ("submitted", "shortlisted"): "application_shortlisted",
    ("submitted", "not_shortlisted"): "application_not_shortlisted",
    ("submitted", "withdrawn"): "application_withdrawn",
    ("shortlisted", "withdrawn"): "application_withdrawn",
    ("not_shortlisted", "withdrawn"): "application_withdrawn",
    ("shortlisted", "appointed"): "application_appointed",
    ("reserve", "appointed"): "application_appointed",
    ("shortlisted", "reserve"): "application_reserve",
    ("shortlisted", "not_appointed"): "application_not_appointed",
    ("reserve", "not_appointed"): "application_not_appointed",
    ("appointed", "withdrawn"): "application_withdrawn",
    ("reserve", "withdrawn"): "application_withdrawn",
    ("not_appointed", "withdrawn"): "application_withdrawn",
    ("submitted", "vacancy_cancelled"): "application_vacancy_cancelled",
    ("shortlisted", "vacancy_cancelled"): "application_vacancy_cancelled",
    ("reserve", "vacancy_cancelled"): "application_vacancy_cancelled",
    ("appointed", "vacancy_cancelled"): "application_vacancy_cancelled",
    ("awaiting_approval", "changes_requested"): "vacancy_changes_requested",
    ("awaiting_approval", "published"): "vacancy_approved",
    ("published", "paused"): "vacancy_paused",
    ("paused", "published"): "vacancy_resumed",
    ("paused", "filled"): "vacancy_ended",
    ("paused", "part_filled"): "vacancy_ended",
    ("paused", "unfilled"): "vacancy_ended",
}
EVERY_START = [
    *(
        (kind, moves, source)
        for kind, moves in (("application", APPLICATION_MOVES), ("reopening", APPLICATION_REOPENINGS))
        for source in ApplicationStatus
    ),
    *(("vacancy", VACANCY_MOVES, source) for source in VacancyStatus),
]
CHANGED = "This has changed since you opened the page, so that is no longer possible."


def actor(*roles: Role) -> Actor:
    return Actor(ME, frozenset(roles), frozenset({MY_TEAM}))


def thing(status: ApplicationStatus | VacancyStatus, whose: str) -> SimpleNamespace:
    candidate_id, team_id = WHOSE[whose]
    people = {"author_id": candidate_id, "edited_by_id": candidate_id, "sent_by_id": candidate_id}
    return SimpleNamespace(status=status, candidate_id=candidate_id, team_id=team_id, **people)


def ending(moves, who: Actor, one: SimpleNamespace, target: ApplicationStatus | VacancyStatus) -> str:
    """Return how it ends that somebody tries a move."""
    try:
        move = permit(moves, who, one, target)
    except NotAllowed:
        return "not allowed"
    except Conflict as refusal:
        return str(refusal)
    return f"made: {move.source} to {move.target}"


@pytest.mark.parametrize(("kind", "moves", "source"), EVERY_START)
def test_a_move_is_made_by_whom_it_is_written_for_and_by_nobody_else(kind, moves, source):
    written = ALLOWED[kind]
    steps = {row[:2] for row in written}
    found, expected = {}, {}
    for target, role, whose in product(type(source), Role, WHOSE):
        case = (source.value, target.value, role.value, whose)
        found[case] = ending(moves, actor(role), thing(source, whose), target)
        if case in written:
            expected[case] = f"made: {source} to {target}"
        else:
            expected[case] = "not allowed" if case[:2] in steps else CHANGED

    assert found == expected


@pytest.mark.parametrize(("kind", "moves", "source"), EVERY_START)
def test_the_buttons_are_the_moves_that_would_be_made(kind, moves, source):
    for role, whose in product(Role, WHOSE):
        offered = {(move.source, move.target) for move in moves_open_to(moves, actor(role), thing(source, whose))}

        assert offered == {row[:2] for row in ALLOWED[kind] if (row[0], row[2], row[3]) == (source, role, whose)}


@pytest.mark.parametrize("nobody", [Actor(), Actor(ME)])
@pytest.mark.parametrize(("kind", "moves", "source"), EVERY_START)
def test_who_holds_no_role_moves_nothing(kind, moves, source, nobody):
    endings = {ending(moves, nobody, thing(source, whose), target) for target in type(source) for whose in WHOSE}

    assert endings <= {"not allowed", CHANGED}


def test_nobody_decides_on_their_own_application_whatever_else_they_are():
    everybody = actor(*Role)
    offered = {
        (move.source.value, move.target.value)
        for source in ApplicationStatus
        for moves in (APPLICATION_MOVES, APPLICATION_REOPENINGS)
        for move in moves_open_to(moves, everybody, thing(source, "own"))
    }

    assert offered == {row[:2] for row in ALLOWED["application"] if row[3] == "own"}


def test_nobody_approves_their_own_vacancy_whatever_else_they_are():
    everybody = actor(*Role)

    offered = {
        move.target.value
        for move in moves_open_to(VACANCY_MOVES, everybody, thing(VacancyStatus.AWAITING_APPROVAL, "own"))
    }

    assert offered == {"draft"}


def test_what_each_move_needs_and_tells():
    every_move = [*APPLICATION_MOVES, *VACANCY_MOVES]
    pairs = {(move.source.value, move.target.value): move for move in every_move}

    assert {pair for pair, move in pairs.items() if move.is_undo} == UNDOES
    assert {pair for pair, move in pairs.items() if move.needs_reason} == NEEDS_REASON
    assert {pair: move.notification.value for pair, move in pairs.items() if move.notification} == TOLD


@pytest.mark.parametrize("source", VacancyStatus)
@pytest.mark.parametrize("change", VacancyChange)
def test_a_change_of_what_is_published_is_made_by_its_team_and_by_hr(change, source):
    rows = (VACANCY_CHANGES[change],)
    for role, whose in product(Role, WHOSE):
        found = ending(rows, actor(role), thing(source, whose), VacancyStatus.PUBLISHED)
        if source is not VacancyStatus.PUBLISHED:
            assert found == CHANGED, (role, whose)
        elif (role.value, whose) in STEERS:
            assert found == "made: published to published", (role, whose)
        else:
            assert found == "not allowed", (role, whose)


def test_what_each_reopening_needs_and_tells():
    rows = {(move.source.value, move.target.value): move for move in APPLICATION_REOPENINGS if not move.is_undo}

    assert set(rows) == REOPENED
    assert {(move.needs_reason, move.notification) for move in rows.values()} == {(True, "application_corrected")}


def test_what_each_change_needs_and_tells():
    told = {change.value: (row.needs_reason, row.notification) for change, row in VACANCY_CHANGES.items()}

    assert told == {"extend": (True, "vacancy_extended"), "end": (True, "vacancy_ended")}
