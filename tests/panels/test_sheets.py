"""What a scorer can do with their sheet, and what is refused."""

import pytest

from recruit.applications import service as candidates
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.panels import moderation, opening, reading, setup, sheets
from recruit.panels.entry import Entry
from recruit.panels.models import CriterionScore, ModeratedScore, ScoreSheet, SiftEvent
from recruit.panels.moderation import Chaired
from recruit.panels.standings import Stage, standings_of
from recruit.rules.sift import LIVE, SHEET_MOVES, SheetStatus
from tests.panels.sifting import (
    closed_vacancy,
    entries,
    hr_person,
    open_sift,
    panel_member,
    score,
    sheet_of,
    with_panel,
)

pytestmark = pytest.mark.usefixtures("session")


def save(scorer, sheet, given, *, version=None, submit=True):
    with transaction():
        sheets.save_scores(
            scorer.as_actor(), sheet, given, seen_version=version or sheet.version, now=clock.now(), submit=submit
        )


def standing(vacancy, application):
    return standings_of(vacancy.id, vacancy.criteria, application_id=application.id)[0]


def scorers_of(application):
    rows = db.session.query(ScoreSheet).filter_by(application_id=application.id).order_by(ScoreSheet.scorer_id)
    return [row.scorer_id for row in rows if row.status in LIVE]


def test_every_status_is_reached_and_each_move_is_one_row():
    pairs = [(move.source, move.target) for move in SHEET_MOVES]

    assert sorted(set(pairs)) == sorted(pairs)
    assert {target for _, target in pairs} == set(SheetStatus)


def test_nothing_is_scored_before_a_declaration():
    _, (one,), (scorer, _), _ = open_sift(1)

    with pytest.raises(Conflict, match="Say first whether you know of a connection"):
        save(scorer, sheet_of(one, scorer), entries(one, [2, 2, 2]))


def test_what_is_there_is_taken_again_and_anything_else_of_an_old_page_is_refused():
    _, (one,), (scorer, _), _ = open_sift(1)
    sheet = score(one, scorer, [2, 2, 2], submit=False)
    old, given = sheet.version, entries(one, [1, 2, 2])
    save(scorer, sheet, given, submit=False)
    now_it_is = sheet.version

    save(scorer, sheet, given, version=old, submit=False)  # the first answer was lost on the way
    assert sheet.version == now_it_is
    with pytest.raises(Conflict, match="in another window since"):
        save(scorer, sheet, entries(one, [1, 2, 1]), version=old, submit=False)
    for _ in range(2):
        save(scorer, sheet, given, version=old)
    with pytest.raises(Conflict, match="not open to you any more"):
        save(scorer, sheet, entries(one, [1, 2, 1]))

    what = [row.what for row in db.session.query(SiftEvent) if "submitted" in row.what]
    assert (sheet.status, len(what)) == (SheetStatus.SUBMITTED, 1)
    assert [reading.entries_of(sheet)[line.id].score for line in one.vacancy.criteria] == [1, 2, 2]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([Entry(2, ""), Entry(2, "")], "Select a score for “Knows the family court”"),
        ([Entry(0, " "), Entry(2, ""), Entry(2, "")], "Enter the evidence for your score of 0"),
        ([Entry(2, ""), Entry(3, ""), Entry(2, "")], "Enter the evidence for your score of 3"),
        ([Entry(4, "a"), Entry(2, ""), Entry(2, "")], "A score is 0 to 3"),
        ([Entry(2, "a" * 1001), Entry(2, ""), Entry(2, "")], "1,000 characters or fewer"),
    ],
)
def test_scores_are_whole_when_they_are_submitted(given, sentence):
    _, (one,), (scorer, _), _ = open_sift(1)
    sheet = score(one, scorer, [2, 2, 2], submit=False)
    keyed = {line.id: entry for line, entry in zip(one.vacancy.criteria, given, strict=False)}

    with pytest.raises(Incomplete, match=sentence):
        save(scorer, sheet, keyed)

    assert sheet.status == SheetStatus.TO_SCORE
    assert [row.score for row in db.session.query(CriterionScore)] == [2, 2, 2]


def test_notes_are_not_needed_between_and_a_draft_may_be_partial():
    _, (one,), (scorer, _), _ = open_sift(1)
    sheet = score(one, scorer, [2, 2, 2], submit=False)

    save(scorer, sheet, {one.vacancy.criteria[0].id: Entry(1, "")}, submit=False)

    assert [entry.score for entry in reading.entries_of(sheet).values()] == [1, None, None]


def test_of_two_windows_the_later_one_saves_nothing():
    _, (one,), (scorer, _), _ = open_sift(1)
    sheet = score(one, scorer, [2, 2, 2], submit=False)
    old = sheet.version - 1

    with pytest.raises(Conflict, match="in another window"):
        save(scorer, sheet, entries(one, [0, 0, 0]), version=old)


def test_submitted_scores_are_fixed_but_for_opening_them_while_the_other_is_not_in():
    vacancy, (one,), (first, second), _ = open_sift(1)
    sheet = score(one, first, [2, 2, 2])

    with pytest.raises(Conflict):
        save(first, sheet, entries(one, [3, 3, 3]))
    assert not standing(vacancy, one).both_in
    with transaction():
        sheets.reopen(first.as_actor(), sheet, "Read the second example again", now=clock.now())
    save(first, sheet, entries(one, [2, 3, 2]))
    score(one, second, [2, 3, 2])
    with pytest.raises(Conflict, match="can no longer be changed"), transaction():
        sheets.reopen(first.as_actor(), sheet, "Again", now=clock.now())

    assert standing(vacancy, one).stage == Stage.SCORED
    assert "opened their scores again" in " ".join(event.what for event in db.session.query(SiftEvent))


@pytest.mark.parametrize("target", [SheetStatus.ABSTAINED, SheetStatus.CONNECTED])
def test_who_leaves_an_application_is_replaced_and_does_not_see_it_again(target):
    vacancy, (one,), people, _ = open_sift(1, people=3)
    before = scorers_of(one)
    leaver = next(person for person in people if person.id == before[0])
    free = next(person for person in people if person.id not in before)

    with transaction():
        sheets.leave(leaver.as_actor(), sheet_of(one, leaver), target, "I know the project", now=clock.now())

    assert scorers_of(one) == sorted([before[1], free.id])
    with pytest.raises(NotFound):
        reading.own_sheet(leaver.as_actor(), vacancy.reference, one.reference)


def test_where_nobody_is_left_hr_reads_that_a_member_is_needed_and_a_new_one_is_given_it():
    vacancy, (one,), (first, second), hr = open_sift(1)
    with transaction():
        sheets.leave(first.as_actor(), sheet_of(one, first), SheetStatus.CONNECTED, "", now=clock.now())
    assert standing(vacancy, one).stage == Stage.LACKS

    third = panel_member("Member C")
    with transaction():
        setup.add_member(hr.as_actor(), vacancy, third.id, now=clock.now())

    assert scorers_of(one) == sorted([second.id, third.id])


def test_hr_takes_a_scorer_off_whose_scores_then_do_not_count():
    vacancy, (one,), people, hr = open_sift(1, people=3)
    first = next(person for person in people if person.id == scorers_of(one)[0])
    sheet = score(one, first, [3, 3, 3])

    with transaction():
        sheets.remove_scorer(hr.as_actor(), sheet, "A cousin of the candidate", now=clock.now())

    assert sheet.status == SheetStatus.REMOVED
    assert first.id not in scorers_of(one)
    assert len(scorers_of(one)) == 2
    assert len(reading.entries_of(sheet)) == 3


def test_nobody_uses_another_ones_sheet_and_abstaining_needs_a_reason():
    _, (one,), (first, second), hr = open_sift(1)
    sheet = sheet_of(one, first)

    for actor in (second.as_actor(), hr.as_actor(), one.candidate.as_actor()):
        with pytest.raises(NotAllowed), transaction():
            sheets.declare_none(actor, sheet, now=clock.now())
    with pytest.raises(Incomplete, match="Enter a reason"), transaction():
        sheets.leave(first.as_actor(), sheet, SheetStatus.ABSTAINED, " ", now=clock.now())


def test_what_was_withdrawn_is_not_scored_any_more():
    vacancy, (one,), (first, _), _ = open_sift(1)
    sheet = score(one, first, [2, 2, 2], submit=False)
    with transaction():
        candidates.withdraw_application(one.candidate.as_actor(), one, reason="another_job", now=clock.now())

    with pytest.raises(Conflict, match="decided or withdrawn"):
        save(first, sheet, entries(one, [2, 2, 2]))
    assert list(standings_of(vacancy.id, vacancy.criteria)) == []


@pytest.mark.parametrize(
    ("one", "other", "differing"),
    [
        ([2, 2, 2], [2, 2, 2], []),
        ([2, 2, 1], [3, 3, 2], []),
        ([3, 2, 2], [1, 2, 2], [0]),
        ([2, 2, 3], [2, 2, 1], [2]),
        ([2, 2, 2], [2, 1, 2], [1]),
        ([1, 2, 2], [2, 1, 2], []),
    ],
)
def test_the_chair_settles_two_points_and_different_sides_of_the_line(one, other, differing):
    vacancy, (application,), (first, second), _ = open_sift(1)
    score(application, first, one)
    score(application, second, other)

    found = standing(vacancy, application)

    assert found.differing == [vacancy.criteria[index].id for index in differing]
    assert found.stage == (Stage.DIFFERS if differing else Stage.SCORED)


def test_what_the_chair_settles_stands_beside_both_scores_and_counts():
    vacancy, (one,), (chair, second), _ = open_sift(1)
    score(one, chair, [3, 2, 2])
    score(one, second, [1, 2, 1])
    key, panel = vacancy.criteria[0].id, Chaired(vacancy, chair.id)

    with pytest.raises(NotAllowed), transaction():
        moderation.moderate(second.as_actor(), panel, one.id, {key: Entry(2, "Why")}, now=clock.now())
    for wrong in ({}, {key: Entry(None, "Why")}, {key: Entry(4, "Why")}, {key: Entry(2, "")}):
        with pytest.raises(Incomplete), transaction():
            moderation.moderate(chair.as_actor(), panel, one.id, wrong, now=clock.now())
    with transaction():
        moderation.moderate(chair.as_actor(), panel, one.id, {key: Entry(2, "One example")}, now=clock.now())
    with pytest.raises(Conflict, match="nothing to settle"), transaction():
        moderation.moderate(chair.as_actor(), panel, one.id, {key: Entry(3, "Again")}, now=clock.now())

    found = standing(vacancy, one)
    assert [sheet.entries[key].score for sheet in found.sheets] == [3, 1]
    assert (found.stage, found.essential_points, found.desirable_points) == (Stage.SCORED, 4, 1.5)
    assert [(row.score, row.reason) for row in db.session.query(ModeratedScore)] == [(2, "One example")]


def test_a_sift_opens_after_closing_with_a_whole_panel_and_once():
    vacancy, _ = closed_vacancy(1)
    members, hr = [panel_member("Member A"), panel_member("Member B")], hr_person()
    with pytest.raises(Incomplete, match="It needs 2 more members"), transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    with_panel(vacancy, members, hr)
    with pytest.raises(Conflict, match="has not closed"), transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=vacancy.opens_at)
    with transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    with pytest.raises(Conflict, match="open already"), transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    with pytest.raises(Conflict, match="without Member B the panel is not complete"), transaction():
        setup.remove_member(hr.as_actor(), vacancy, members[1].id, now=clock.now())
    with pytest.raises(Conflict, match="all scorers are shown the same"), transaction():
        setup.choose_employers(hr.as_actor(), vacancy, hides=False, now=clock.now())
