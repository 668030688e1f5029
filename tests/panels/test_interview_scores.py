"""Scoring interviews: by everybody who held one, each alone, settled by the chair, and closed by the outcome."""

from datetime import timedelta
from fractions import Fraction

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.panels import moderation, questions, setup, sheets
from recruit.panels.entry import Entry
from recruit.panels.feedback import interview_feedback
from recruit.panels.holding import interview_for_hr
from recruit.panels.interview_sheets import remove_interviewer, to_settle
from recruit.panels.models import ModeratedAnswer, QuestionScore, ScoreSheet
from recruit.panels.moderation import Chaired
from recruit.panels.own_panels import own_panels
from recruit.panels.reading import own_sheets
from recruit.panels.rounds import lines_of
from recruit.panels.standings import Stage
from recruit.record.scores import interview_sheets_of, sheets_of
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification
from recruit.rules.sift import Round, SheetStatus
from tests.panels.interview_scoring import WORDS, declare, interviewed, score, standing

pytestmark = pytest.mark.usefixtures("session")
KIND, ROUND = InterviewKind.COMPETENCY, Round.COMPETENCY


def panel_of(interviews):
    return Chaired(interviews.vacancy, interviews.members[0].id)


def moderate(interviews, entries, who=0):
    lines = lines_of(interviews.vacancy, ROUND)
    keyed = {lines[place].id: entry for place, entry in entries.items()}
    with transaction():
        moderation.moderate(
            interviews.members[who].as_actor(), panel_of(interviews), interviews.applications[0].id, keyed,
            round_=ROUND, lines=lines, now=clock.now(),
        )  # fmt: skip


def test_everybody_who_held_it_scores_and_the_mean_counts_as_often_as_its_criterion():
    interviews = interviewed(people=3)
    first, second, third, _ = interviews.members
    assert standing(interviews).stage == Stage.SCORING
    score(interviews, first, [2, 3])
    score(interviews, second, [3, 3])
    assert standing(interviews).stage == Stage.SCORING
    score(interviews, third, [2, 2])

    found = standing(interviews)
    assert found.stage == Stage.SCORED
    assert [sheet.scorer for sheet in found.sheets] == ["Member A", "Member B", "Member C"]
    assert found.all_points == Fraction(3 * 7 + 8, 3)


@pytest.mark.parametrize(
    ("one", "other", "differing"), [([1, 2], [2, 2], []), ([1, 2], [3, 2], [0]), ([0, 0], [2, 3], [0, 1])]
)
def test_the_chair_settles_two_points_and_both_scores_stay(one, other, differing):
    interviews = interviewed()
    first, second, _ = interviews.members
    score(interviews, first, one)
    score(interviews, second, other)
    lines = lines_of(interviews.vacancy, ROUND)
    assert standing(interviews).differing == [lines[place].id for place in differing]
    assert [one.slot_id for one in to_settle(first.as_actor())] == ([interviews.slots[0].id] if differing else [])
    assert to_settle(second.as_actor()) == []
    mails = db.session.query(OutboxMessage).filter_by(notification=Notification.PANEL_TO_SETTLE).all()
    assert [(mail.recipient, mail.context["path"]) for mail in mails] == [(first.email, "/interviews")] * bool(
        differing
    )
    if not differing:
        return

    with pytest.raises(NotAllowed):
        moderate(interviews, {place: Entry(2, "Why") for place in differing}, who=1)
    with pytest.raises(Incomplete):
        moderate(interviews, {place: Entry(2, "") for place in differing})
    moderate(interviews, {place: Entry(2, "Read together") for place in differing})
    with pytest.raises(Conflict, match="nothing to settle"):
        moderate(interviews, {place: Entry(3, "Again") for place in differing})

    assert standing(interviews).stage == Stage.SCORED
    assert db.session.query(ModeratedAnswer).count() == len(differing)
    assert sorted(row.score for row in db.session.query(QuestionScore)) == sorted([*one, *other])


def test_scores_are_blind_fixed_once_all_are_in_and_open_again_before():
    interviews = interviewed(people=3)
    first, second, third, _ = interviews.members
    sheet = score(interviews, first, [2, 2])
    score(interviews, second, [2, 2])
    assert all(not one.scores for one in interview_sheets_of(interviews.applications[0]))
    with transaction():
        sheets.reopen(first.as_actor(), sheet, "Heard it again", now=clock.now())
    score(interviews, first, [3, 2])
    score(interviews, third, [2, 2])

    with pytest.raises(Conflict, match="Everybody’s scores are in"), transaction():
        sheets.reopen(first.as_actor(), sheet, "Again", now=clock.now())
    shown = interview_sheets_of(interviews.applications[0])
    assert [one.who for one in shown][0] == "Panel interview, Member A"
    assert [(one.criterion, one.points) for one in shown[0].scores] == [(WORDS[0], 3), (WORDS[1], 2)]
    about, boundary = interviews.vacancy.criteria[0].text, WORDS[1]
    feedback = interview_feedback(interviews.applications[0].id)
    assert feedback == f"{about}\nSaid 3 Said 2\n\n{boundary}\nSaid 2", "what two wrote alike is said once"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([Entry(2, "")], "Select a score for “Tell us about a boundary”"),
        ([Entry(0, ""), Entry(2, "")], "Enter the evidence for your score of 0"),
        ([Entry(2, ""), Entry(4, "")], "A score is 0 to 3"),
    ],
)
def test_scores_are_whole_when_they_are_submitted(given, sentence):
    interviews = interviewed()
    sheet = declare(interviews.members[0], interviews.slots[0])
    lines = lines_of(interviews.vacancy, ROUND)
    entries = {line.id: entry for line, entry in zip(lines, given, strict=False)}

    with pytest.raises(Incomplete, match=sentence), transaction():
        sheets.save_scores(
            interviews.members[0].as_actor(), sheet, entries, seen_version=sheet.version, now=clock.now(), submit=True
        )


def test_questions_stay_once_somebody_has_begun_to_score():
    interviews = interviewed()
    declare(interviews.members[0], interviews.slots[0])
    actor, panel = interviews.hr.as_actor(), panel_of(interviews)
    with transaction():
        questions.add_question(actor, panel, KIND, "A third one", now=clock.now())
    score(interviews, interviews.members[0], [2, 2, 2], submit=False)
    (first, *_) = questions.questions_of(interviews.vacancy.id)

    for change in (
        lambda: questions.add_question(actor, panel, KIND, "A fourth one", now=clock.now()),
        lambda: questions.change_question(actor, panel, first, "Else", seen_version=first.version, now=clock.now()),
        lambda: questions.remove_question(actor, panel, first, now=clock.now()),
        lambda: questions.move_question(actor, panel, first, down=True),
    ):
        with pytest.raises(Conflict, match="Scores of this interview have begun"), transaction():
            change()
    with transaction():
        questions.add_banked(actor, panel, {"power"}, now=clock.now())  # of another interview


def try_to_score(interviews, who=0):
    member = interviews.members[who]
    sheet = db.session.query(ScoreSheet).filter_by(scorer_id=member.id, round=ROUND).one()
    entries = {line.id: Entry(2, "") for line in lines_of(interviews.vacancy, ROUND)}
    with transaction():
        sheets.save_scores(member.as_actor(), sheet, entries, seen_version=sheet.version, now=clock.now(), submit=True)


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        ("decided", "decided or withdrawn"),
        ("left_panel", "You do not hold this interview any more"),
        ("to_come", "The interview has not begun"),
        ("connected", "not open to you any more"),
        ("no_questions", "No questions are written"),
    ],
)
def test_scores_that_come_too_late_or_too_early_are_refused(meanwhile, sentence):
    interviews = interviewed()
    member, slot = interviews.members[1], interviews.slots[0]
    sheet = declare(member, slot)
    with transaction():
        if meanwhile == "decided":
            interviews.applications[0].status = ApplicationStatus.NOT_APPOINTED
        elif meanwhile == "left_panel":
            setup.remove_member(interviews.hr.as_actor(), interviews.vacancy, member.id, now=clock.now())
            sheet.status = SheetStatus.TO_SCORE  # as a page that was open still believes
        elif meanwhile == "to_come":
            slot.starts_at, slot.ends_at = clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=2)
        elif meanwhile == "connected":
            sheets.leave(member.as_actor(), sheet, SheetStatus.CONNECTED, "", now=clock.now())
        else:
            for question in questions.questions_of(interviews.vacancy.id):
                db.session.delete(question)

    with pytest.raises(Conflict, match=sentence):
        try_to_score(interviews, 1)

    assert db.session.query(QuestionScore).count() == 0


def test_who_is_connected_or_did_not_come_does_not_count():
    interviews = interviewed(people=3)
    first, second, third, other = interviews.members
    hr, slot = interviews.hr.as_actor(), interviews.slots[0]
    held = interview_for_hr(hr, interviews.vacancy.id, slot.id)
    score(interviews, first, [2, 2])
    score(interviews, second, [2, 2])
    with pytest.raises(NotAllowed), transaction():
        remove_interviewer(first.as_actor(), held, third.id, "No", now=clock.now())
    with pytest.raises(NotFound), transaction():
        remove_interviewer(hr, held, other.id, "Never held it", now=clock.now())
    with pytest.raises(Incomplete, match="Enter a reason"), transaction():
        remove_interviewer(hr, held, third.id, " ", now=clock.now())
    with transaction():
        remove_interviewer(hr, held, third.id, "Was ill", now=clock.now())
    assert standing(interviews).stage == Stage.SCORED

    with transaction():
        remove_interviewer(hr, held, second.id, "A cousin", now=clock.now())
    assert standing(interviews).stage == Stage.LACKS


def test_interviews_and_the_sift_are_scored_apart():
    interviews = interviewed()
    first, second, _ = interviews.members
    score(interviews, first, [2, 2])

    assert sheets_of(interviews.applications[0]) == []
    assert own_sheets(first.as_actor(), interviews.vacancy.id) == []
    assert [(one.scored, one.given, one.is_waiting) for one in own_panels(first.as_actor())] == [(0, 0, False)]
    with pytest.raises(NotAllowed), transaction():
        sheets.declare_none(second.as_actor(), db.session.query(ScoreSheet).one(), now=clock.now())
