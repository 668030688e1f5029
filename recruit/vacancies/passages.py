"""What a vacancy says in sentences, to show those in which a search found its words."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from recruit.core.db import db
from recruit.vacancies.finder_rows import VacancyRow, hybrid_words
from recruit.vacancies.models import Criterion, Vacancy
from recruit.vacancies.presentation import CONTRACT_WORDS
from recruit.vacancies.vocabulary import Vocabulary

LONGEST = 200  # characters of a passage that is shown
BEFORE = 60  # characters of a longer one that are shown before the first word found
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_MARKS = re.compile(r"^[#>*+\-|\s]+|^\d+[.)]\s+|[*_`|]+|\[([^\]]*)\]\([^)]*\)", re.MULTILINE)  # of Markdown


class Sentence(NamedTuple):
    """One sentence without marks, and the terms that it is found by."""

    text: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passages:
    """The sentences of one vacancy.

    Args:
        summary: those that say the most in the fewest words.
        others: criteria, then the description, then what a card does not show.
    """

    summary: tuple[Sentence, ...]
    others: tuple[Sentence, ...]

    def best(self, terms: Sequence[str], shown: Collection[str]) -> str:
        """Return the sentence to show under a vacancy that `terms` found; "" if its card says it all.

        Args:
            terms: of the query.
            shown: the terms that the card itself says.
        """
        missing = {term for term in terms if term not in shown}
        if missing:
            best = max((*self.summary, *self.others), key=lambda one: len(missing & one.terms), default=None)
            return best.text if best and missing & best.terms else ""
        return next((one.text for one in self.summary if not one.terms.isdisjoint(terms)), "")


NO_PASSAGES = Passages((), ())


def passages_of(row: VacancyRow, summary: str, criteria: str, description: str, vocabulary: Vocabulary) -> Passages:
    """Return the sentences of the vacancy `row`, by the terms that `vocabulary` finds them by."""

    def said(text: str) -> Sentence:
        return Sentence(text, frozenset(vocabulary.index_terms(text)))

    aside = (row.team.service_area, CONTRACT_WORDS[row.contract], f"Reference {row.reference}")
    return Passages(
        tuple(map(said, _sentences(summary))),
        tuple(map(said, (*_sentences(criteria), *_sentences(_MARKS.sub(r"\1", description)), *aside))),
    )


def read_passages(rows: Iterable[VacancyRow], vocabulary: Vocabulary) -> dict[int, Passages]:
    """Return the sentences of `rows` by number, in one statement; without those that have gone since."""
    by_number = {row.id: row for row in rows}
    criteria = (
        select(func.aggregate_strings(Criterion.text, "\n"))
        .where(Criterion.vacancy_id == Vacancy.id, Criterion.retired_at.is_(None))
        .scalar_subquery()
    )
    statement = select(Vacancy.id, Vacancy.summary, criteria, Vacancy.description, Vacancy.hybrid).where(
        Vacancy.id.in_(by_number)
    )
    return {
        number: passages_of(
            by_number[number], summary, lines or "", f"{description}\n{hybrid_words(hybrid)}", vocabulary
        )
        for number, summary, lines, description, hybrid in db.session.execute(statement).tuples()
    }


def pieces_of(text: str, terms: Collection[str], vocabulary: Vocabulary) -> list[tuple[str, bool]]:
    """Return `text` in pieces that are found by one of `terms` or not, in order; joined they are the text."""
    pieces, done = [], 0
    for start, end in vocabulary.places_of(text, terms):
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [piece for piece in (*pieces, (text[done:], False)) if piece[0]]


def shortened(text: str, terms: Collection[str], vocabulary: Vocabulary) -> str:
    """Return at most about `LONGEST` characters of `text`, cut between words, with its first place of `terms`."""
    if len(text) <= LONGEST:
        return text
    first = next((start for start, _ in vocabulary.places_of(text, terms)), 0)
    start = 0 if first + BEFORE < LONGEST else text.find(" ", first - BEFORE) + 1
    start = start if start <= first else first
    end = text.rfind(" ", start, start + LONGEST) if start + LONGEST < len(text) else len(text)
    end = end if end > first else min(start + LONGEST, len(text))
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _sentences(text: str) -> Iterable[str]:
    return filter(None, map(str.strip, _SENTENCE_END.split(text)))
