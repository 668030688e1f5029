"""What a candidate answers: eight times yes or no, and for each yes what it is about.  Plain values, kept as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from recruit.rules.self_disclosure import ASKED, Asked, Question


class Given(NamedTuple):
    """The answers to the questions, each None until it is given, and whatever else somebody wants to say."""

    unspent: bool | None = None
    spent: bool | None = None
    barred: bool | None = None
    referred: bool | None = None
    known: bool | None = None
    dismissed: bool | None = None
    disciplined: bool | None = None
    regulator: bool | None = None
    more: str = ""


class Matter(NamedTuple):
    """One thing behind a yes."""

    when: str = ""
    what: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """All that somebody has answered.

    Args:
        matters: by a number that never comes again, in the order they were added.
        texts: the questions as they read when it was sent; empty before.
    """

    given: Given = Given()
    matters: Mapping[int, tuple[Question, Matter]] = field(default_factory=dict)
    texts: Mapping[Question, str] = field(default_factory=dict)

    def answer_to(self, question: Question) -> bool | None:
        """Return yes, no, or None where it is not answered."""
        answer: bool | None = getattr(self.given, question.value)
        return answer

    def matters_of(self, question: Question) -> Sequence[tuple[int, Matter]]:
        """Return what stands behind a yes, with its number; nothing behind a no."""
        if not self.answer_to(question):
            return []
        return [(number, matter) for number, (about, matter) in self.matters.items() if about is question]

    def text_of(self, question: Question) -> str:
        """Return the question as it read when it was answered for good."""
        return self.texts.get(question) or ASKED[question].text

    def with_matter(self, number: int | None, question: Question, matter: Matter) -> "Answers":
        """Return these answers with a matter changed, or added where `number` is None."""
        number = max(self.matters, default=0) + 1 if number is None else number
        return replace(self, matters={**self.matters, number: (question, matter)})

    def without_matter(self, number: int) -> "Answers":
        return replace(self, matters={key: one for key, one in self.matters.items() if key != number})

    def as_sent(self) -> "Answers":
        """Return what is kept for good: with the questions' words, without what stands behind an answer that is no."""
        kept = {key: one for key, one in self.matters.items() if self.answer_to(one[0])}
        return Answers(self.given, kept, {question: ASKED[question].text for question in Question})


class Row(NamedTuple):
    """One question as it is read: its words, yes or no, and what stands behind a yes with the labels of each."""

    text: str
    answer: str
    matters: Sequence[Matter]
    asked: Asked


def rows_of(answers: Answers) -> Sequence[Row]:
    """Return what was answered, question by question."""
    return [
        Row(
            answers.text_of(question),
            _ANSWERS[answers.answer_to(question)],
            [matter for _, matter in answers.matters_of(question)],
            ASKED[question],
        )
        for question in Question
    ]


_ANSWERS = {True: "Yes", False: "No", None: "Not answered"}


def missing_in(answers: Answers) -> Iterator[tuple[Question, str]]:
    """Return what must be mended before it can be sent: the question it is about, and how."""
    for question in Question:
        answer = answers.answer_to(question)
        if answer is None:
            yield question, f"Answer yes or no about {ASKED[question].short}"
        elif answer and not answers.matters_of(question):
            yield question, f"Tell us about {ASKED[question].short}"
        elif not all(all(matter) for _, matter in answers.matters_of(question)):
            yield question, f"Tell us when it was, what it was and what came of it, about {ASKED[question].short}"


def written(answers: Answers) -> str:
    """Return the answers as they are kept."""
    whole: dict[str, Any] = {
        "given": answers.given._asdict(),
        "matters": [[number, about.value, *matter] for number, (about, matter) in answers.matters.items()],
        "texts": {question.value: text for question, text in answers.texts.items()},
    }
    return json.dumps(whole, ensure_ascii=False)


def read(kept: str) -> Answers:
    """Return what `written` made."""
    whole = json.loads(kept)
    return Answers(
        Given(**whole["given"]),
        {number: (Question(about), Matter(*words)) for number, about, *words in whole["matters"]},
        {Question(name): text for name, text in whole["texts"].items()},
    )
