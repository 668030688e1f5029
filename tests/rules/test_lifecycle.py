from pathlib import Path

import pytest

from recruit.rules.interview_stages import stage_diagram, stage_table
from recruit.rules.lifecycle import (
    APPLICATION_MOVES,
    APPLICATION_REOPENINGS,
    CANDIDATE_WORDS,
    REVISION_MOVES,
    STAFF_WORDS,
    VACANCY_CHANGES,
    VACANCY_MOVES,
    ApplicationStatus,
    RevisionStatus,
    VacancyStatus,
    mermaid,
)

ROOT = Path(__file__).resolve().parents[2]
TABLES = [
    (APPLICATION_MOVES, ApplicationStatus),
    (VACANCY_MOVES, VacancyStatus),
    (REVISION_MOVES, RevisionStatus),
]


@pytest.mark.parametrize(("moves", "statuses"), TABLES)
def test_each_status_can_be_reached_from_draft(moves, statuses):
    reached = {statuses("draft")}
    for _ in statuses:
        reached |= {move.target for move in moves if move.source in reached}

    assert reached == set(statuses)


@pytest.mark.parametrize(("moves", "statuses"), TABLES)
def test_each_move_is_one_row(moves, statuses):
    pairs = [(move.source, move.target) for move in moves]

    assert sorted(set(pairs)) == sorted(pairs)


def test_every_status_has_words_for_staff_and_for_candidates():
    assert set(STAFF_WORDS) == set(CANDIDATE_WORDS) == set(ApplicationStatus)


def test_no_words_to_candidates_say_rejected():
    assert [words for words in CANDIDATE_WORDS.values() if "reject" in words.lower()] == []
    files = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix in {".html", ".txt"}]
    assert len(files) > 200
    assert [path.name for path in files if "reject" in path.read_text().lower()] == []


def test_a_live_application_can_always_be_withdrawn():
    over = {ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN, ApplicationStatus.VACANCY_CANCELLED}
    live = set(ApplicationStatus) - over

    assert {move.source for move in APPLICATION_MOVES if move.target == ApplicationStatus.WITHDRAWN} == live


def test_the_diagram_has_a_line_for_each_move():
    assert len(mermaid(VACANCY_MOVES).splitlines()) == len(VACANCY_MOVES) + 1


def test_the_docs_show_the_diagrams_of_the_tables():
    page = (ROOT / "docs" / "lifecycle.md").read_text()

    vacancy = (*VACANCY_MOVES, *VACANCY_CHANGES.values())
    application = (*APPLICATION_MOVES, *APPLICATION_REOPENINGS)
    assert [mermaid(moves) in page for moves in (vacancy, REVISION_MOVES, application)] == [True, True, True]
    assert [stage_diagram() in page, stage_table() in page] == [True, True]


def test_a_decision_is_reopened_to_where_it_came_from_and_that_is_undone():
    decided = {(move.source, move.target) for move in APPLICATION_MOVES if move.is_undo}
    reopened = {(move.source, move.target) for move in APPLICATION_REOPENINGS if not move.is_undo}
    undone = {(move.target, move.source) for move in APPLICATION_REOPENINGS if move.is_undo}

    assert reopened == undone == decided
