"""What is answered, as plain values: what is missing, and what is kept for good."""

import pytest

from recruit.rules.self_disclosure import ASKED, Question
from recruit.self_disclosures.answers import Answers, Given, Matter, missing_in, read, rows_of, written

NONE = Given(**{question.value: False for question in Question})
MATTER = Matter("March 2014", "“Theft”", "Fine\nof £50")


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        (Answers(), list(Question)),
        (Answers(NONE), []),
        (Answers(NONE._replace(barred=None)), [Question.BARRED]),
        (Answers(NONE._replace(spent=True)), [Question.SPENT]),
        (Answers(NONE._replace(spent=True)).with_matter(None, Question.KNOWN, MATTER), [Question.SPENT]),
        (Answers(NONE._replace(spent=True)).with_matter(None, Question.SPENT, MATTER), []),
    ],
)
def test_each_question_is_answered_and_each_yes_is_explained(answers, missing):
    assert [question for question, _ in missing_in(answers)] == missing


def test_a_number_of_a_matter_never_comes_again():
    answers = Answers(NONE._replace(spent=True))
    for _ in range(2):
        answers = answers.with_matter(None, Question.SPENT, MATTER)
    answers = answers.without_matter(1).with_matter(None, Question.SPENT, MATTER)

    assert list(answers.matters) == [2, 3]


def test_what_is_sent_keeps_the_questions_words_and_nothing_behind_a_no():
    answers = Answers(NONE._replace(spent=True, more="é"))
    answers = answers.with_matter(None, Question.SPENT, MATTER).with_matter(None, Question.BARRED, MATTER)
    kept = read(written(answers.as_sent()))

    assert list(kept.matters.values()) == [(Question.SPENT, MATTER)]
    assert kept.given == answers.given
    assert kept.text_of(Question.SPENT) == ASKED[Question.SPENT].text
    assert read(written(answers)) == answers


def test_what_was_not_answered_is_never_shown_as_a_no():
    rows = rows_of(Answers(Given(unspent=True, spent=False)))

    assert [row.answer for row in rows[:3]] == ["Yes", "No", "Not answered"]
