"""Where each application of a sift stands, and what its two scorers and the chair made of it.  No identity is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.panels.entry import Entry
from recruit.panels.models import CriterionScore, ModeratedScore, ScoreSheet
from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, SheetStatus
from recruit.vacancies.models import Criterion, CriterionKind

_WAITS = Application.status == ApplicationStatus.SUBMITTED
NONE = Entry(None, "")  # of a criterion that came after the scores were in


class Stage(StrEnum):
    """How far the scoring of an application is.  The value is what people read."""

    LACKS = "Needs another scorer"
    SCORING = "Being scored"
    DIFFERS = "For the chair"
    SCORED = "Scored"


@dataclass(frozen=True, slots=True)
class Scored:
    """One live sheet: whose, how far, and what was scored, by criterion."""

    id: int
    scorer_id: int
    scorer: str
    status: SheetStatus
    entries: dict[int, Entry] = field(default_factory=dict)

    def complete(self, criteria: Sequence[Criterion]) -> None:
        """Say of submitted scores that nothing was entered for what was not asked then."""
        if self.status == SheetStatus.SUBMITTED:
            self.entries.update({line.id: NONE for line in criteria if line.id not in self.entries})

    def meets(self, essential: Sequence[int]) -> bool:
        """Say whether this scorer found every essential criterion met: the line between two sides."""
        return all((self.entries[key].score or 0) >= limits.MEETS for key in essential)


@dataclass(frozen=True, slots=True)
class Standing:
    """One application in the sift.

    Args:
        sheets: of the scorers who count, in the order of their ids.
        moderated: what the chair settled for this pair, by criterion: points and the reason.
        essential: ids of the essential criteria; `desirable` of the others.
        weights: how often each criterion counts, by its id.
    """

    application_id: int
    reference: str
    version: int
    sheets: Sequence[Scored]
    moderated: Mapping[int, tuple[int, str]]
    essential: Sequence[int]
    desirable: Sequence[int]
    weights: Mapping[int, int]

    @property
    def both_in(self) -> bool:
        return len(self.sheets) == limits.SCORERS and all(one.status == SheetStatus.SUBMITTED for one in self.sheets)

    @property
    def differing(self) -> list[int]:
        """The criteria for the chair: two points or more apart, and those that put the scorers on different sides."""
        if not self.both_in:
            return []
        first, second = self.sheets
        sides_differ = first.meets(self.essential) != second.meets(self.essential)
        found = []
        for key in (*self.essential, *self.desirable):
            one, other = first.entries[key].score or 0, second.entries[key].score or 0
            crosses = sides_differ and key in self.essential and (one >= limits.MEETS) != (other >= limits.MEETS)
            if abs(one - other) >= limits.DISAGREEMENT or crosses:
                found.append(key)
        return found

    @property
    def stage(self) -> Stage:
        if len(self.sheets) < limits.SCORERS:
            return Stage.LACKS
        if not self.both_in:
            return Stage.SCORING
        return Stage.DIFFERS if set(self.differing) - set(self.moderated) else Stage.SCORED

    def points(self, key: int) -> Fraction:
        """Return the points for one criterion: the chair's, else half of what the two scorers gave together."""
        if key in self.moderated:
            return Fraction(self.moderated[key][0])
        return sum((Fraction(one.entries[key].score or 0) for one in self.sheets), Fraction(0)) / limits.SCORERS

    @property
    def essential_points(self) -> Fraction:
        return self._sum(self.essential)

    @property
    def desirable_points(self) -> Fraction:
        return self._sum(self.desirable)

    def _sum(self, keys: Sequence[int]) -> Fraction:
        """Add up the points of criteria, each as often as it counts.  Nothing else is in a total."""
        return sum((self.points(key) * self.weights[key] for key in keys), Fraction(0))

    @property
    def meets_all(self) -> bool:
        """Whether every essential criterion is met (domain research, 4.6, rule 6)."""
        return all(self.points(key) >= limits.MEETS for key in self.essential)


def standings_of(
    vacancy_id: int, criteria: Sequence[Criterion], *, application_id: int | None = None, decided: bool = False
) -> Sequence[Standing]:
    """Return where the applications that wait for a decision stand, in the order of references, in three statements.

    Args:
        application_id: only this one.
        decided: those too that were decided, or withdrawn.
    """
    stands = Application.status != ApplicationStatus.DRAFT if decided else _WAITS
    wanted = [Application.vacancy_id == vacancy_id, stands]
    if application_id is not None:
        wanted.append(Application.id == application_id)
    rows = db.session.execute(
        select(Application.id, Application.reference, Application.version, ScoreSheet, User.name)
        .outerjoin(ScoreSheet, (ScoreSheet.application_id == Application.id) & ScoreSheet.status.in_(LIVE))
        .outerjoin(User, User.id == ScoreSheet.scorer_id)
        .where(*wanted)
        .order_by(Application.reference, ScoreSheet.scorer_id)
        .execution_options(populate_existing=True)  # whoever waited for their turn decides on what is true now
    ).all()
    sheets: dict[int, Scored] = {}
    found: dict[int, tuple[str, int, list[Scored]]] = {}
    for key, reference, version, sheet, name in rows:
        found.setdefault(key, (reference, version, []))
        if sheet is not None:
            sheets[sheet.id] = Scored(sheet.id, sheet.scorer_id, name, sheet.status)
            found[key][2].append(sheets[sheet.id])
    of_these = select(ScoreSheet.id).join(Application, Application.id == ScoreSheet.application_id).where(*wanted)
    for row in db.session.scalars(select(CriterionScore).where(CriterionScore.sheet_id.in_(of_these))):
        if row.sheet_id in sheets:
            sheets[row.sheet_id].entries[row.criterion_id] = Entry(row.score, row.note)
    for one in sheets.values():
        one.complete(criteria)
    settled: dict[tuple[int, int], dict[int, tuple[int, str]]] = {}
    for made in db.session.scalars(select(ModeratedScore).where(ModeratedScore.first_sheet_id.in_(of_these))):
        settled.setdefault((made.first_sheet_id, made.second_sheet_id), {})[made.criterion_id] = (
            made.score,
            made.reason,
        )
    essential = [line.id for line in criteria if line.kind == CriterionKind.ESSENTIAL]
    desirable = [line.id for line in criteria if line.kind == CriterionKind.DESIRABLE]
    weights = {line.id: line.weight for line in criteria}
    return [
        Standing(key, reference, version, own, settled.get(_pair(own), {}), essential, desirable, weights)
        for key, (reference, version, own) in found.items()
    ]


def _pair(sheets: Sequence[Scored]) -> tuple[int, int]:
    first, second = sorted(one.id for one in sheets) if len(sheets) == limits.SCORERS else (0, 0)
    return first, second


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """Return what is scored, most essential points first, then most desirable ones, then by reference."""
    done = [one for one in standings if one.stage == Stage.SCORED]
    return sorted(done, key=lambda one: (-one.essential_points, -one.desirable_points, one.reference))
