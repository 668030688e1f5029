"""Vacancies whose pages were asked for, kept for as long as nothing that the public can see has changed.

What is kept is what the database says, and its words; a page is made from them for each visitor, and the clock is asked
each time.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from recruit.core.errors import NotFound
from recruit.vacancies.shown import NOT_FOUND, shown_publicly
from recruit.web.store import Store
from recruit.web.vacancy_page import VacancyPage
from recruit.web.vacancy_words import VacancyWords

KEPT = 1_024  # vacancies kept by one process, about ten kilobytes each


class KeptVacancies:
    """The vacancies of one process.

    Args:
        revision: says at which revision the public pages stand; asked for each page, so it must be quick.
        reading: opens a database session of its own.  The caller's may have begun before the revision was read, and
            would then show an older row, which would be kept as the newer one.
    """

    def __init__(self, revision: Callable[[], int], reading: Callable[[], AbstractContextManager[object]]) -> None:
        self._revision, self._reading = revision, reading
        self._kept: tuple[int, Store[str, VacancyWords]] = (-1, Store(KEPT))

    def page(self, slug: str, now: datetime) -> VacancyPage:
        """Return the page of the vacancy that the public knows by `slug`, as `now` has it.

        Raises:
            NotFound: as `shown_publicly`; that is not kept.
        """
        page = VacancyPage(self._found(slug, now), now)
        if not page.has_opened:  # a clock was put back
            raise NotFound(NOT_FOUND)
        return page

    def _found(self, slug: str, now: datetime) -> VacancyWords:
        revision = self._revision()
        at, store = self._kept
        if at != revision:
            store = Store(KEPT)  # one for each revision: a slow reader fills the one that it began with
            self._kept = (revision, store)
        words = store.get(slug)
        if words is None:
            with self._reading():
                words = VacancyWords(shown_publicly(slug, now=now))
            store.keep(slug, words)
        return words
