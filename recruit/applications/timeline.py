"""A history as a candidate reads it: newest first, with each stretch that nothing covers where it falls."""

from dataclasses import dataclass
from datetime import date

from recruit.applications.answers import Answers, period_of
from recruit.applications.chronology import Gap, Month
from recruit.applications.models import HistoryEntry


@dataclass(frozen=True, slots=True)
class Row:
    """Either an entry or a gap, and its months in words."""

    months: str
    entry: HistoryEntry | None = None
    gap: Gap | None = None


def rows_of(answers: Answers, today: date) -> list[Row]:
    """Return the entries and the gaps, what goes on or ended last first; a gap stands before what it follows."""
    entries = [
        (_last(entry), Month.of(entry.started_month), entry.id, Row(months_of(entry), entry))
        for entry in answers.history
    ]
    gaps = [(gap.end, gap.start, 0, Row(gap.label, gap=gap)) for gap in answers.gaps(today)]
    in_order = sorted([*entries, *gaps], key=lambda item: item[:3], reverse=True)
    return [row for *_key, row in in_order]


def months_of(entry: HistoryEntry) -> str:
    """Return the months of an entry: "September 2019 to now", "May 2018 to August 2018", "May 2018"."""
    start = Month.of(entry.started_month)
    if entry.ended_month is None:
        return f"{start.label} to now"
    end = Month.of(entry.ended_month)
    return start.label if start == end else f"{start.label} to {end.label}"


def _last(entry: HistoryEntry) -> Month:
    return period_of(entry).end or Month(9999, 12)
