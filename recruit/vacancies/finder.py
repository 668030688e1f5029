"""Public search, in memory: the same on every database, and as quick on page 200 as on page 1 (see docs/adr/0006).

One `Finder` a process.  It reads the public vacancies when it is first asked, and again when the public revision has
moved; between two reads the clock decides what is open.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Lock

from recruit.rules import limits
from recruit.vacancies.finder_index import Index
from recruit.vacancies.finder_query import Query, Result
from recruit.vacancies.finder_rows import GradeRow, TeamRow, VacancyRow, read_rows
from recruit.vacancies.synonym_groups import vocabulary_now
from recruit.vacancies.vocabulary import SHIPPED, Vocabulary


class Finder:
    """Answers searches from an index that follows the database.

    Args:
        revision: says at which revision the public pages stand; asked at each search, so it must be quick.
        reading: opens a database session of its own.  The caller's may have begun before the revision was read, and
            would then show older rows.
    """

    def __init__(self, revision: Callable[[], int], reading: Callable[[], AbstractContextManager[object]]) -> None:
        self._revision, self._reading = revision, reading
        self._index: Index | None = None
        self._at = -1
        self._lock = Lock()

    def search(self, query: Query, now: datetime, page_size: int = limits.VACANCIES_A_PAGE) -> Result:
        """Return the page of vacancies that match `query` and take applications at `now`, with counts."""
        return self.index(now).search(query, now, page_size)

    def rows(self, ids: Sequence[int], now: datetime) -> list[VacancyRow]:
        """Return what a list shows of the vacancies `ids`, in their order; without those that are no longer public."""
        return self.index(now).rows(ids)

    def live_rows(self, now: datetime) -> list[VacancyRow]:
        """Return all vacancies that take applications at `now`, newest first."""
        return self.index(now).live_rows(now)

    def teams(self, now: datetime) -> Sequence[TeamRow]:
        """Return every team, by name."""
        return self.index(now).teams

    def grades(self, now: datetime) -> Sequence[GradeRow]:
        """Return every grade, from the lowest."""
        return self.index(now).grades

    def index(self, now: datetime) -> Index:
        """Return the index as of the current revision, reading the database if that has moved."""
        revision = self._revision()
        index = self._index
        if index is None or self._at != revision or now < index.loaded_at:
            with self._lock:
                index = self._index
                if index is None or self._at != revision or now < index.loaded_at:
                    with self._reading():
                        vocabulary = vocabulary_now(index.vocabulary if index else SHIPPED)
                        index = _next(index, vocabulary, now)
                    self._index, self._at = index, revision
        return index

    def trial(self, vocabulary: Vocabulary, now: datetime) -> Index:
        """Return the index that `vocabulary` would make of what is public; nobody else searches it."""
        index = self.index(now)
        with self._reading():
            return _next(index, vocabulary, now)


def _next(before: Index | None, vocabulary: Vocabulary, now: datetime) -> Index:
    """Return the index that follows `before`: what says the same, in the same words, is taken over from it."""
    again = before.said_otherwise(vocabulary) if before else frozenset()
    return Index(read_rows(now, before.read if before else None, again=again), now, before, vocabulary)
