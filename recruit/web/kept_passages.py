"""The sentences of vacancies that searches have found, kept for as long as those vacancies say the same."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from recruit.vacancies.finder_index import Index
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.passages import NO_PASSAGES, Passages, read_passages
from recruit.vacancies.vocabulary import Vocabulary
from recruit.web.store import Store

KEPT = 1_024  # vacancies kept by one process, about twenty kilobytes each


class KeptPassages:
    """The sentences of one process.

    Args:
        reading: opens a database session of its own: the caller's may have begun before the index was made, and would
            then show older words under a newer mark.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[object]]) -> None:
        self._reading = reading
        self._kept: Store[int, tuple[tuple[int, Vocabulary], Passages]] = Store(KEPT)

    def of(self, rows: Sequence[VacancyRow], index: Index) -> list[Passages]:
        """Return the sentences of each of `rows`, which `index` found; one statement at most."""
        kept = [self._kept.get(row.id) for row in rows]
        missing = [row for row, one in zip(rows, kept, strict=True) if one is None or one[0] != index.mark_of(row)]
        if not missing:
            return [one[1] for one in kept if one]
        with self._reading():
            read = read_passages(missing, index.vocabulary)
        for row in missing:
            self._kept.keep(row.id, (index.mark_of(row), read.get(row.id, NO_PASSAGES)))
        found = {row.id: one[1] for row, one in zip(rows, kept, strict=True) if one}
        return [read[row.id] if row.id in read else found.get(row.id, NO_PASSAGES) for row in rows]
