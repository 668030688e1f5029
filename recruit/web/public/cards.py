"""Cards of vacancies as markup.

A list page is mostly cards, and a card says the same for as long as its vacancy does: it is made once, and found again
by its vacancy.
"""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app
from markupsafe import Markup

from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.presentation import Card, card
from recruit.web.store import Store

KEPT = 4_096  # cards kept by one process, about two kilobytes each
_kept: Store[int, tuple[VacancyRow, Card, str, Markup]] = Store(KEPT)


def cards_of(rows: Iterable[VacancyRow], now: datetime) -> Markup:
    """Return the cards of `rows` as items of a list, with what is urgent at `now`; empty when there are none."""
    return Markup("".join([_card(row, now) for row in rows]))  # noqa: S704  each is markup


def _card(row: VacancyRow, now: datetime) -> Markup:
    """The card of `row`: what is kept under its number, if that was made of the very same words."""
    kept = _kept.get(row.id)
    if kept is None or (kept[0] is not row and kept[0] != row):
        return _make(row, card(row), now)
    _, one, urgency, markup = kept
    return markup if one.urgency(now) == urgency else _make(row, one, now)


def _make(row: VacancyRow, one: Card, now: datetime) -> Markup:
    urgency = one.urgency(now)
    markup = markup_of(one, urgency)
    _kept.keep(row.id, (row, one, urgency, markup))
    return markup


def markup_of(one: Card, urgency: str, passage: str = "") -> Markup:
    """Return a card as an item of a list.

    Args:
        one: its words; those that are `Markup` stand as they are.
        urgency: as `Card.urgency`.
        passage: a sentence to show with it; none when empty.
    """
    template = current_app.jinja_env.get_template("components/vacancy_card.html")
    return Markup(template.render(card=one, urgency=urgency, passage=passage))  # noqa: S704  the template has escaped it
