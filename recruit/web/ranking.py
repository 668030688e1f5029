"""The ranking of a sift as HR and the chair read it: points, how they are made, and a line that decides nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from recruit.panels.standings import Stage, Standing, ranked
from recruit.rules import limits
from recruit.rules.schemes import is_offered_interview
from recruit.vacancies.models import Criterion, CriterionKind


class Place(StrEnum):
    """Where a line leaves an application.  The value is what people read."""

    ABOVE = "Would be invited"
    SHORT = "Above the line, not all met"
    ADDED = "Would be invited: interview scheme"
    BELOW = "Below the line"


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One application in the ranking.

    Args:
        essential: the total of the essential criteria; `desirable` of the others.
        parts: the points for each criterion, in the order of `Ranking.lines`.
        asks: for an interview under a scheme; `is_offered` with every essential criterion met, whatever the points.
        place: where the line leaves it; None without one, and where it is decided.
        sifted: what became of it, where it is decided: it stays in the ranking, and is not offered again.
    """

    reference: str
    version: int
    essential: str
    desirable: str
    parts: Sequence[str]
    meets_all: bool
    asks: bool
    is_offered: bool
    place: Place | None
    sifted: str

    @property
    def is_ticked(self) -> bool:
        """Whether the line ticks it: nobody who fails an essential criterion, whatever their points are."""
        return self.place in (Place.ABOVE, Place.ADDED)


@dataclass(frozen=True, slots=True)
class RankedLine:
    """One criterion, by its number, and how often its points count."""

    number: int
    text: str
    kind: str
    weight: int


class Ranking:
    """What is scored, in order, and what a line through it would mean.

    Args:
        standings: of all applications that wait for a decision, and of those scored before theirs.
        criteria: the vacancy's.
        asked: the line as an address gives it: essential points.
        asking: references of those who ask for an interview under a scheme; empty where that is not to be known.
    """

    def __init__(
        self, standings: Sequence[Standing], criteria: Sequence[Criterion], asked: str, asking: Collection[str] = ()
    ) -> None:
        essential = [line for line in criteria if line.kind == CriterionKind.ESSENTIAL]
        desirable = [line for line in criteria if line.kind == CriterionKind.DESIRABLE]
        self.lines = [
            RankedLine(number, line.text, line.kind.value.capitalize(), line.weight)
            for number, line in enumerate((*essential, *desirable), 1)
        ]
        self.most_essential, self.most_desirable = _most(essential), _most(desirable)
        self.line, self._asked = _line(asked, self.most_essential), asked.strip()[:10]
        self.is_odd = bool(asked.strip()) and self.line is None
        self.shows_schemes = bool(asking)
        self.rows = [self._row(one, one.reference in asking) for one in ranked(standings)]
        self.waiting = [row for row in self.rows if not row.sifted]
        self.above = [row for row in self.rows if row.place == Place.ABOVE]
        self.added = [row for row in self.rows if row.place == Place.ADDED]
        self.below = [row for row in self.rows if row.place == Place.BELOW]
        self.above_short = sum(row.place == Place.SHORT for row in self.rows)
        self.below_whole = sum(row.meets_all for row in self.below)
        self.unready = [(one.reference, one.stage) for one in standings if one.stage != Stage.SCORED]

    def _row(self, one: Standing, asks: bool) -> RankedRow:
        is_offered = is_offered_interview(asks=asks, meets_all=one.meets_all)
        return RankedRow(
            one.reference,
            one.version,
            points(one.essential_points),
            points(one.desirable_points),
            [points(one.points(key)) for key in (*one.essential, *one.desirable)],
            one.meets_all,
            asks,
            is_offered,
            None if one.sifted else self._place(one, is_offered),
            one.sifted,
        )

    def _place(self, one: Standing, is_offered: bool) -> Place | None:
        if self.line is None:
            return None
        if one.essential_points >= self.line:
            return Place.ABOVE if one.meets_all else Place.SHORT
        return Place.ADDED if is_offered else Place.BELOW

    @property
    def shown_line(self) -> str:
        """What stands in the box: the line, or what was typed and is none."""
        return self._asked if self.line is None else points(self.line)


def points(number: Fraction) -> str:
    """Return points as people write them: "7", "7.5"; of three who score also "4.67"."""
    return f"{round(float(number), 2):g}"


def _most(criteria: Sequence[Criterion]) -> int:
    return sum(line.weight for line in criteria) * limits.SCORES[1]


def _line(asked: str, most: int) -> Fraction | None:
    text = asked.strip()[:10]
    whole, _, half = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and half in ("", "0", "5")):
        return None
    line = Fraction(int(whole)) + (Fraction(1, 2) if half == "5" else 0)
    return line if line <= most else None
