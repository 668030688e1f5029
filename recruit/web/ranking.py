"""The ranking of a sift as HR and the chair read it: points, and a line that is tried and decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from recruit.panels.standings import Stage, Standing, ranked
from recruit.rules import limits


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One application in the ranking."""

    reference: str
    version: int
    essential: str
    desirable: str
    meets_all: bool
    is_above: bool


class Ranking:
    """What is scored, in order, and what a line through it would mean.

    Args:
        standings: of all applications that wait for a decision.
        asked: the line as an address gives it: essential points.
    """

    def __init__(self, standings: Sequence[Standing], asked: str) -> None:
        rows = ranked(standings)
        essential = len(standings[0].essential) if standings else 0
        desirable = len(standings[0].desirable) if standings else 0
        self.most_essential, self.most_desirable = essential * limits.SCORES[1], desirable * limits.SCORES[1]
        self.line = _line(asked, self.most_essential)
        self.is_odd = bool(asked.strip()) and self.line is None
        self.rows = [
            RankedRow(
                one.reference,
                one.version,
                points(one.essential_points),
                points(one.desirable_points),
                one.meets_all,
                self.line is not None and one.essential_points >= self.line,
            )
            for one in rows
        ]
        self.invited = [row for row in self.rows if row.is_above]
        self.above_short = sum(not row.meets_all for row in self.invited)
        self.below_whole = sum(row.meets_all and not row.is_above for row in self.rows) if self.line is not None else 0
        self.unready = [(one.reference, one.stage) for one in standings if one.stage != Stage.SCORED]

    @property
    def shown_line(self) -> str:
        return "" if self.line is None else points(self.line)


def points(number: Fraction) -> str:
    """Return points as people write them: "7", "7.5"."""
    return f"{float(number):g}"


def _line(asked: str, most: int) -> Fraction | None:
    text = asked.strip()[:10]
    whole, _, half = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and half in ("", "0", "5")):
        return None
    line = Fraction(int(whole)) + (Fraction(1, 2) if half == "5" else 0)
    return line if line <= most else None
