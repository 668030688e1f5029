"""What interviews ask: written by HR or the chair, until scoring begins."""

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.panels import questions
from recruit.panels.moderation import Chaired
from recruit.rules import limits
from recruit.rules.interviews import BANK, InterviewKind
from recruit.vacancies.models import Assessment
from tests.interviews.planning import planned

pytestmark = pytest.mark.usefixtures("session")
ASKED, SAFE = InterviewKind.COMPETENCY, InterviewKind.SAFEGUARDING


@pytest.fixture
def panel(session):
    interviews = planned(1)
    return interviews, Chaired(interviews.vacancy, interviews.members[0].id)


def add(actor, panel, text="Tell us about a plan that changed", kind=ASKED, **given):
    with transaction():
        return questions.add_question(actor.as_actor(), panel, kind, text, now=clock.now(), **given)


def texts(panel, kind=ASKED):
    return [one.text for one in questions.questions_of(panel.vacancy.id, kind)]


def test_hr_and_the_chair_write_questions_and_nobody_else(panel):
    interviews, chaired = panel
    add(interviews.hr, chaired, "First")
    add(interviews.members[0], chaired, "Second")
    with pytest.raises(NotAllowed):
        add(interviews.members[1], chaired, "Third")

    assert texts(chaired) == ["First", "Second"]


def test_a_question_of_a_criterion_has_its_weight_and_only_those_judged_at_interview_are_offered(panel):
    interviews, chaired = panel
    first, second, *_ = interviews.vacancy.criteria
    with transaction():
        first.assessed_at, first.weight = Assessment.INTERVIEW, 3
    question = add(interviews.hr, chaired, criterion_id=first.id)

    assert (question.weight, question.criterion_id) == (3, first.id)
    with pytest.raises(Incomplete, match="assessed at interview"):
        add(interviews.hr, chaired, "Another", criterion_id=second.id)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(" ", "Enter the question"), ("a" * 501, "500 characters or fewer"), ("FIRST", "asked already")],
)
def test_questions_say_something_and_are_asked_once(panel, text, sentence):
    interviews, chaired = panel
    add(interviews.hr, chaired, "First")

    with pytest.raises(Incomplete, match=sentence):
        add(interviews.hr, chaired, text)


def test_there_are_not_more_than_anybody_can_ask(panel, monkeypatch):
    interviews, chaired = panel
    monkeypatch.setattr(limits, "INTERVIEW_QUESTIONS", 2)
    add(interviews.hr, chaired, "First")
    with pytest.raises(Incomplete, match="2 questions at most"), transaction():
        questions.add_banked(interviews.hr.as_actor(), chaired, list(BANK)[:3], now=clock.now())


def test_those_of_the_bank_are_taken_once(panel):
    interviews, chaired = panel
    first, second, *_ = BANK
    for names, added in (({first, "nonsense"}, 1), ({first, second}, 1)):
        with transaction():
            assert questions.add_banked(interviews.hr.as_actor(), chaired, names, now=clock.now()) == added

    assert texts(chaired, SAFE) == [BANK[first], BANK[second]]
    assert first not in questions.banked_left(chaired.vacancy.id)
    with pytest.raises(Incomplete, match="at least one"), transaction():
        questions.add_banked(interviews.hr.as_actor(), chaired, {"nonsense"}, now=clock.now())


def test_they_are_put_in_order_changed_and_taken_out(panel):
    interviews, chaired = panel
    actor = interviews.hr.as_actor()
    first, second, third = (add(interviews.hr, chaired, text) for text in ("First", "Second", "Third"))
    for question, down in ((first, True), (third, False), (third, False), (third, False)):
        with transaction():
            questions.move_question(actor, chaired, question, down=down)
    assert texts(chaired) == ["Third", "Second", "First"]

    seen = second.version
    with transaction():
        questions.change_question(actor, chaired, second, "Other words", seen_version=seen, now=clock.now())
    with pytest.raises(Conflict, match="changed or taken out meanwhile"), transaction():
        questions.change_question(actor, chaired, second, "Again", seen_version=seen, now=clock.now())
    with transaction():
        questions.remove_question(actor, chaired, first, now=clock.now())
    with pytest.raises(Conflict, match="taken out meanwhile"), transaction():
        questions.remove_question(actor, chaired, first, now=clock.now())

    db.session.expire_all()
    assert texts(chaired) == ["Third", "Other words"]
