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
from recruit.vacancies.presentation import card
from recruit.vacancies.vocabulary import index_terms
from recruit.web.finding import passages
from recruit.web.public.cards import cards_of, markup_of
from recruit.web.store import Store

KEPT = 1_024  # cards kept by one process, about two kilobytes each
NEWLY_QUALIFIED = "Newly qualified welcome"  # what the card says of it
_Key = tuple[int, tuple[str, ...]]
_kept: Store[_Key, tuple[int, str, Markup]] = Store(KEPT)


def found_cards(rows: Sequence[VacancyRow], terms: Sequence[str], index: Index, now: datetime) -> Markup:
    """Return the cards of `rows` as items of a list; plain ones where no word was asked for.

    Args:
        rows: what was found, in order.
        terms: those of the query.
        index: what found them.
        now: the moment, aware, UTC.
    """
    if not terms or not rows:
        return cards_of(rows, now)
    asked = tuple(terms)
    made = [
        _card(row, said, asked, index.read.marks[row.id], now)
        for row, said in zip(rows, passages().of(rows, index), strict=True)
    ]
    return Markup("".join(made))  # noqa: S704  each is markup


def _card(row: VacancyRow, said: Passages, terms: tuple[str, ...], mark: int, now: datetime) -> Markup:
    """The card of `row`: what is kept for these terms, if that was made of the very same words."""
    one = card(row)
    urgency = one.urgency(now)
    kept = _kept.get((row.id, terms))
    if kept is not None and kept[:2] == (mark, urgency):
        return kept[2]
    shown = (one.title, one.grade, one.team, one.place, one.hours, NEWLY_QUALIFIED if one.newly_qualified else "")
    passage = said.best(terms, {term for text in shown for term in index_terms(text)})
    found = replace(
        one,
        title=marked(one.title, terms),
        grade=marked(one.grade, terms),
        team=marked(one.team, terms),
        place=marked(one.place, terms),
        hours=marked(one.hours, terms),
    )
    markup = markup_of(found, urgency, marked(shortened(passage, terms), terms))
    _kept.keep((row.id, terms), (mark, urgency, markup))
    return markup


def marked(text: str, terms: Collection[str]) -> Markup:
    """Return `text` with what is found by one of `terms` in `<mark>`."""
    pieces = (
        Markup("<mark>{}</mark>").format(piece) if is_found else escape(piece)
        for piece, is_found in pieces_of(text, terms)
    )
    return Markup("").join(pieces)
