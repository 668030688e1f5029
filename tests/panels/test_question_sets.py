"""Sets of interview questions: kept from one vacancy, used in another, renamed, retired."""

import pytest
from sqlalchemy import select

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.panels import question_sets, questions
from recruit.panels.models import QuestionSet, SiftEvent
from recruit.panels.moderation import Chaired
from recruit.rules import limits
from recruit.rules.interviews import BANK, InterviewKind
from recruit.vacancies.models import Assessment
from tests.panels.sifting import closed_vacancy, hr_person, panel_member

ASKED, SAFE = InterviewKind.COMPETENCY, InterviewKind.SAFEGUARDING


@pytest.fixture
def people(session):
    return hr_person(), panel_member("Member A"), panel_member("Member B")


@pytest.fixture
def panel(people):
    return Chaired(closed_vacancy(0)[0], people[1].id)


@pytest.fixture
def other(people):
    return Chaired(closed_vacancy(0)[0], people[2].id)


def write(hr, panel, *texts, kind=ASKED, **given):
    for text in texts:
        with transaction():
            questions.add_question(hr.as_actor(), panel, kind, text, now=clock.now(), **given)


def keep(who, panel, name="The usual", kind=ASKED):
    with transaction():
        return question_sets.keep_set(who.as_actor(), panel, kind, name, now=clock.now())


def use(who, panel, one):
    with transaction():
        return question_sets.use_set(who.as_actor(), panel, one, now=clock.now())


def retire(who, panel, one):
    with transaction():
        question_sets.retire_set(who.as_actor(), panel, one, now=clock.now())


def rename(who, panel, one, name, seen="The usual"):
    with transaction():
        question_sets.rename_set(who.as_actor(), panel, one, name, seen_name=seen, now=clock.now())


def asked(panel, kind=ASKED):
    db.session.expire_all()
    return [(one.text, one.weight, one.banked) for one in questions.questions_of(panel.vacancy.id, kind)]


def judge_at_interview(panel, weight):
    criterion = panel.vacancy.criteria[0]
    with transaction():
        criterion.assessed_at, criterion.weight = Assessment.INTERVIEW, weight
    return criterion


def test_a_set_is_used_elsewhere_and_what_is_asked_there_stays(people, panel, other):
    hr, chair, second = people
    write(hr, panel, "First", "Second", "Third")
    write(hr, other, "SECOND")

    kept = keep(chair, panel)

    assert use(second, other, kept) == 2
    assert asked(other) == [("SECOND", 1, ""), ("First", 1, ""), ("Third", 1, "")]
    with pytest.raises(Incomplete, match=r"^All questions of this set are asked already$"):
        use(hr, other, kept)


@pytest.mark.parametrize(("judged", "weight"), [(True, 2), (False, 1)])
def test_a_question_about_a_criterion_counts_as_the_vacancy_says_that_uses_it(people, panel, other, judged, weight):
    hr = people[0]
    write(hr, panel, "About it", criterion_id=judge_at_interview(panel, 3).id)
    if judged:
        judge_at_interview(other, 2)

    use(hr, other, keep(hr, panel))

    assert asked(panel) == [("About it", 3, "")]
    assert asked(other) == [("About it", weight, "")]


def test_questions_of_the_bank_stay_those_of_the_bank(people, panel, other):
    hr, (name, *_) = people[0], BANK
    for one in (panel, other):
        with transaction():
            questions.add_banked(hr.as_actor(), one, {name}, now=clock.now())
    write(hr, panel, "Our own", kind=SAFE)

    use(hr, other, keep(hr, panel, kind=SAFE))

    assert asked(other, SAFE) == [(BANK[name], 1, name), ("Our own", 1, "")]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "Enter a name of at most 200 characters"),
        ("a" * 201, "Enter a name of at most 200"),
        ("THE USUAL", "There is a set of this name"),
    ],
)
def test_a_set_has_a_name_of_its_own(people, panel, name, sentence):
    write(people[0], panel, "First")
    keep(people[0], panel)

    with pytest.raises(Incomplete, match=f"^{sentence}"):
        keep(people[0], panel, name)
    assert db.session.query(QuestionSet).count() == 1


def test_an_interview_without_questions_is_no_set_and_there_are_not_too_many(people, panel, monkeypatch):
    with pytest.raises(Incomplete, match="at least 1 question"):
        keep(people[0], panel)
    write(people[0], panel, "First")
    monkeypatch.setattr(limits, "QUESTION_SETS", 1)
    keep(people[0], panel)
    with pytest.raises(Incomplete, match="There are 1 sets already"):
        keep(people[0], panel, "Another")


def test_a_set_that_would_be_too_much_adds_nothing(people, panel, other, monkeypatch):
    write(people[0], panel, "First", "Second")
    write(people[0], other, "Theirs")
    monkeypatch.setattr(limits, "INTERVIEW_QUESTIONS", 2)

    with pytest.raises(Incomplete, match="2 questions at most"):
        use(people[0], other, keep(people[0], panel))
    assert asked(other) == [("Theirs", 1, "")]


def test_hr_and_chairs_keep_and_use_sets_and_hr_or_whoever_kept_one_retires_it(people, panel, other):
    hr, chair, second = people
    write(hr, panel, "First")
    with pytest.raises(NotAllowed):
        keep(second, panel)
    kept = keep(chair, panel)
    with pytest.raises(NotAllowed):
        use(chair, other, kept)
    with pytest.raises(NotAllowed):
        retire(second, other, kept)

    retire(chair, panel, kept)

    assert question_sets.sets_of(ASKED) == []
    for act in (use, retire):
        with pytest.raises(Conflict, match="retired meanwhile"):
            act(hr, other, kept)
    retire(hr, panel, keep(chair, panel))  # its name is free again


def test_hr_or_whoever_kept_a_set_renames_it_and_its_history_says_so(people, panel, other):
    hr, chair, second = people
    write(hr, panel, "First")
    kept = keep(chair, panel)
    keep(hr, panel, "Another")

    rename(chair, panel, kept, " Six  questions ")
    rename(hr, other, kept, "SIX questions", seen="Six questions")
    rename(chair, panel, kept, "SIX questions")  # the same again, from an old page

    assert [one.name for one in question_sets.sets_of(ASKED)] == ["Another", "SIX questions"]
    notes = select(SiftEvent.note).where(SiftEvent.what.endswith("was renamed")).order_by(SiftEvent.id)
    assert db.session.scalars(notes).all() == [
        "The usual is called Six questions",
        "Six questions is called SIX questions",
    ]
    with pytest.raises(NotAllowed):
        rename(second, other, kept, "Mine")
    with pytest.raises(Conflict, match="renamed this set to “SIX questions” meanwhile"):
        rename(chair, panel, kept, "Yet another")
    with pytest.raises(Incomplete, match="There is a set of this name"):
        rename(hr, panel, kept, "another", seen="SIX questions")
    retire(hr, panel, kept)
    with pytest.raises(Conflict, match="retired meanwhile"):
        rename(hr, panel, kept, "Late", seen="SIX questions")


def test_a_set_is_of_one_kind_of_interview(people, panel):
    write(people[0], panel, "First")
    kept = keep(people[0], panel)

    assert question_sets.set_of(ASKED, kept.id) is kept
    assert question_sets.sets_of(SAFE) == []
    for kind, key in ((SAFE, kept.id), (ASKED, kept.id + 1), (ASKED, 10**30)):
        with pytest.raises(NotFound):
            question_sets.set_of(kind, key)


@pytest.mark.parametrize("number", [1, 3])
def test_sets_are_read_in_one_statement(people, panel, queries, number):
    write(people[0], panel, "First")
    for place in range(number):
        keep(people[0], panel, f"Set {place}")
    queries.clear()

    assert len([one.author.name for one in question_sets.sets_of(ASKED)]) == number
    assert len(queries) == 1
