"""Cards of vacancies as markup.

A list page is mostly cards, and a card says the same for as long as its vacancy does: it is made once, and found again
by its words.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.presentation import Card, card

KEPT = 4_096  # cards kept by one process, about a kilobyte each


def cards_of(rows: Iterable[VacancyRow], now: datetime) -> list[Markup]:
    """Return the cards of `rows` as items of a list, with what is urgent at `now`."""
    return [_markup(one, one.urgency(now)) for one in map(card, rows)]


@lru_cache(maxsize=KEPT)
def _markup(one: Card, urgency: str) -> Markup:
    template = current_app.jinja_env.get_template("components/vacancy_card.html")
    return Markup(template.render(card=one, urgency=urgency))  # noqa: S704  the template has escaped it
