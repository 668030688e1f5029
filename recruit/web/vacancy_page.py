"""A vacancy in the words of its page at a moment: the public one, and the preview of those who write it."""

from datetime import datetime

from recruit.core.calendar import london_day, time_left
from recruit.rules import limits
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.finder_index import Index
from recruit.vacancies.finder_rows import VacancyRow
from recruit.web.vacancy_words import VacancyWords

SIMILAR = 4  # vacancies shown with another one


class VacancyPage:
    """What the page of one vacancy says at a moment.

    Args:
        words: what it says at any moment.
        now: the moment, aware, UTC.
    """

    def __init__(self, words: VacancyWords, now: datetime) -> None:
        self.words, self.vacancy, self.cancelled_at = words, words.vacancy, words.cancelled_at
        self._now = now
        self.is_open = self.vacancy.is_open(now)
        self.is_paused = self.vacancy.status == VacancyStatus.PAUSED
        self.paused_at = words.paused_at

    @property
    def has_opened(self) -> bool:
        """Say whether the public may read it."""
        return self.vacancy.opens_at is not None and self.vacancy.opens_at <= self._now

    @property
    def next_boundary(self) -> datetime:
        """When the clock changes this page: it closes, and long after that it goes."""
        is_to_close = self.is_open or (self.is_paused and not self.is_past_closing)
        return self.words.closes_at if is_to_close else self._goes_at

    @property
    def is_past_closing(self) -> bool:
        """Say whether its closing moment has passed: that of a paused vacancy closes nothing until it is resumed."""
        return self.words.closes_at <= self._now

    @property
    def status(self) -> str:
        """Where it stands, in a word that programs read."""
        if self.is_paused:
            return "paused"
        return "open" if self.is_open else "cancelled" if self.cancelled_at else "closed"

    @property
    def closes_label(self) -> str:
        """What stands before its closing moment."""
        if self.is_open:
            return "Closes"
        return "Was to close" if self.cancelled_at or self.is_paused else "Closed"

    @property
    def is_gone(self) -> bool:
        """Say whether it ended so long ago that its page is no longer shown."""
        return self._now >= self._goes_at

    @property
    def _goes_at(self) -> datetime:
        ended_at = min(self.words.closes_at, self.cancelled_at or self.words.closes_at)
        return ended_at + limits.CLOSED_VACANCY_KEPT

    @property
    def time_left(self) -> str:
        """ "closes in 5 hours" on the last day, else ""."""
        return time_left(self.words.closes_at, self._now) or ""

    @property
    def is_being_read(self) -> bool:
        """Say whether the day by which everybody hears is still to come, or today."""
        return london_day(self._now) <= self.words.hear_by_day

    def similar(self, index: Index) -> list[VacancyRow]:
        """Return at most `SIMILAR` other open vacancies: of the same team first, then of the same grade."""
        found = index.similar(self.vacancy.team_id, self.vacancy.grade_id, self._now, SIMILAR + 1)
        return [row for row in found if row.id != self.vacancy.id][:SIMILAR]
