"""Cards of vacancies that words have found, with those words marked and the sentence that says them.

They are found by the finder's own terms, so what is marked is what was found: stems and synonyms, on every database.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup, escape

from recruit.vacancies.finder_index import Index
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.passages import Passages, pieces_of, shortened
from recruit.vacancies.presentation import Card, card
from recruit.vacancies.vocabulary import Vocabulary
from recruit.web.finding import passages
from recruit.web.public.cards import cards_of, markup_of
from recruit.web.store import Store

KEPT = 1_024  # cards kept by one process, about two kilobytes each
NEWLY_QUALIFIED = "Newly qualified welcome"  # what the card says of it
_Key = tuple[int, tuple[str, ...]]
_kept: Store[_Key, tuple[tuple[int, Vocabulary], Card, str, Markup]] = Store(KEPT)


def found_cards(rows: Sequence[VacancyRow], words: str, index: Index, now: datetime) -> Markup:
    """Return the cards of `rows` as items of a list; plain ones where no word was asked for.

    Args:
        rows: what was found, in order.
        words: of the query.
        index: what found them.
        now: the moment, aware, UTC.
    """
    asked = tuple(index.vocabulary.query_terms(words))
    if not asked or not rows:
        return cards_of(rows, now)
    made = {row.id: _kept_card(row, asked, index, now) for row in rows}
    missing = [row for row in rows if not made[row.id]]
    for row, said in zip(missing, passages().of(missing, index) if missing else (), strict=True):
        made[row.id] = _make(row, said, asked, index, now)
    return Markup("".join(made.values()))  # noqa: S704  each is markup


def _kept_card(row: VacancyRow, terms: tuple[str, ...], index: Index, now: datetime) -> Markup:
    """The card of `row` that is kept for these terms, if it was made of the very same words; else empty."""
    kept = _kept.get((row.id, terms))
    if kept is None or kept[0] != index.mark_of(row):
        return Markup()
    _, one, urgency, markup = kept
    return markup if one.urgency(now) == urgency else Markup()


def _make(row: VacancyRow, said: Passages, terms: tuple[str, ...], index: Index, now: datetime) -> Markup:
    one, vocabulary = card(row), index.vocabulary
    urgency = one.urgency(now)
    shown = (one.title, one.grade, one.team, one.place, one.hours, NEWLY_QUALIFIED if one.newly_qualified else "")
    passage = said.best(terms, {term for text in shown for term in vocabulary.index_terms(text)})
    found = replace(
        one,
        title=marked(one.title, terms, vocabulary),
        grade=marked(one.grade, terms, vocabulary),
        team=marked(one.team, terms, vocabulary),
        place=marked(one.place, terms, vocabulary),
        hours=marked(one.hours, terms, vocabulary),
    )
    markup = markup_of(found, urgency, marked(shortened(passage, terms, vocabulary), terms, vocabulary))
    _kept.keep((row.id, terms), (index.mark_of(row), one, urgency, markup))
    return markup


def marked(text: str, terms: Collection[str], vocabulary: Vocabulary) -> Markup:
    """Return `text` with what is found by one of `terms` in `<mark>`."""
    pieces = (
        Markup("<mark>{}</mark>").format(piece) if is_found else escape(piece)
        for piece, is_found in pieces_of(text, terms, vocabulary)
    )
    return Markup("").join(pieces)
