"""Where each application of a round stands, and what its scorers and the chair made of it.  No identity is in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement, Select, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.interviews.models import InterviewBooking, SlotInterviewer
from recruit.interviews.prompting import AFTER_SHORTLIST
from recruit.panels.entry import Entry
from recruit.panels.models import CriterionScore, ModeratedAnswer, ModeratedScore, QuestionScore, ScoreSheet
from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, SIFTED_WORDS, Round, SheetStatus
from recruit.vacancies.models import CriterionKind

NONE = Entry(None, "")  # of a criterion that came after the scores were in


class Tables(NamedTuple):
    """Where scores are kept, and what the chair settled: models with `line_id`, `score` and a note or a reason."""

    scores: Any
    moderated: Any


_OF_INTERVIEWS = Tables(QuestionScore, ModeratedAnswer)
TABLES: Mapping[Round, Tables] = {
    Round.SIFT: Tables(CriterionScore, ModeratedScore),
    Round.COMPETENCY: _OF_INTERVIEWS,
    Round.SAFEGUARDING: _OF_INTERVIEWS,
    Round.PRACTICAL: _OF_INTERVIEWS,
}
"""By round."""
WHILE: Mapping[Round, Sequence[ApplicationStatus]] = {
    Round.SIFT: (ApplicationStatus.SUBMITTED,),
    Round.COMPETENCY: AFTER_SHORTLIST,
    Round.SAFEGUARDING: AFTER_SHORTLIST,
    Round.PRACTICAL: AFTER_SHORTLIST,
}
"""The statuses of the applications of a round."""
_APPLICATION = (Application.id, Application.vacancy_id, Application.reference, Application.version, Application.status)
People = Select[Any]


class Line(Protocol):
    """What is scored: a criterion or a question."""

    @property
    def id(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def weight(self) -> int: ...


class Stage(StrEnum):
    """How far the scoring of an application is.  The value is what people read."""

    LACKS = "Needs another scorer"
    SCORING = "Being scored"
    DIFFERS = "For the chair"
    SCORED = "Scored"


@dataclass(frozen=True, slots=True)
class Scored:
    """One live sheet: whose, how far, and what was scored, by criterion."""

    id: int | None  # none: an interviewer who has entered nothing yet
    scorer_id: int
    scorer: str
    status: SheetStatus
    entries: dict[int, Entry] = field(default_factory=dict)

    def complete(self, criteria: Sequence[Line]) -> None:
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
        status: of the application; who reads this is told no more of it than `sifted`.
        sheets: of the scorers who count, in the order of their ids.
        moderated: what the chair settled for this pair, by criterion: points and the reason.
        essential: ids of the essential criteria, which draw a line; `desirable` of the others, and of all questions.
        weights: how often each of them counts, by its id.
    """

    application_id: int
    reference: str
    version: int
    status: ApplicationStatus
    sheets: Sequence[Scored]
    moderated: Mapping[int, tuple[int, str]]
    essential: Sequence[int]
    desirable: Sequence[int]
    weights: Mapping[int, int]

    @property
    def sifted(self) -> str:
        """What became of it in the sift, in words; "" while it waits for a decision."""
        return SIFTED_WORDS.get(self.status, "")

    @property
    def both_in(self) -> bool:
        """Whether all scores are in: of both who sift, or of everybody who interviewed."""
        return len(self.sheets) >= limits.SCORERS and all(one.status == SheetStatus.SUBMITTED for one in self.sheets)

    @property
    def differing(self) -> list[int]:
        """The lines for the chair: two points or more apart, and those that put the scorers on different sides."""
        if not self.both_in:
            return []
        sides_differ = len({one.meets(self.essential) for one in self.sheets}) > 1
        found = []
        for key in (*self.essential, *self.desirable):
            points = [one.entries[key].score or 0 for one in self.sheets]
            crosses = sides_differ and key in self.essential and min(points) < limits.MEETS <= max(points)
            if max(points) - min(points) >= limits.DISAGREEMENT or crosses:
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
        """Return the points for one line: the chair's, else the mean of what the scorers gave."""
        if key in self.moderated:
            return Fraction(self.moderated[key][0])
        return sum((Fraction(one.entries[key].score or 0) for one in self.sheets), Fraction(0)) / len(self.sheets)

    @property
    def all_points(self) -> Fraction:
        return self.essential_points + self.desirable_points

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
    vacancy_id: int,
    lines: Sequence[Line],
    *,
    round_: Round = Round.SIFT,
    application_id: int | None = None,
    decided: bool = False,
) -> Sequence[Standing]:
    """Return where applications stand in one round, in the order of references, in three statements.

    In the sift these are the ones that wait for a decision; in interviews those that chose a time.

    Args:
        lines: what is scored: criteria, or questions.
        application_id: only this one.
        decided: those too that were decided, or withdrawn.
    """
    stands = Application.status != ApplicationStatus.DRAFT if decided else Application.status.in_(WHILE[round_])
    wanted: list[ColumnElement[bool]] = [Application.vacancy_id == vacancy_id, stands]
    if application_id is not None:
        wanted.append(Application.id == application_id)
    return _standings(wanted, {vacancy_id: lines}, round_)


def sifts_of(application_ids: Collection[int], lines: Mapping[int, Sequence[Line]]) -> Sequence[Standing]:
    """Return where applications of several vacancies that wait for a decision stand, as `standings_of` each.

    Args:
        lines: what is scored, by vacancy.
    """
    stands = Application.status.in_(WHILE[Round.SIFT])
    return _standings([Application.id.in_(application_ids), stands], lines, Round.SIFT)


def _standings(
    wanted: Sequence[ColumnElement[bool]], lines: Mapping[int, Sequence[Line]], round_: Round
) -> Sequence[Standing]:
    people = _sifting(wanted) if round_ == Round.SIFT else _interviewing(wanted, round_)
    sheets: dict[int, Scored] = {}
    found: dict[int, tuple[int, str, int, ApplicationStatus, list[Scored]]] = {}
    for key, vacancy_id, reference, version, stands_at, scorer_id, name, sheet_id, status in db.session.execute(people):
        found.setdefault(key, (vacancy_id, reference, version, stands_at, []))
        if scorer_id is not None and (status is None or status in LIVE):
            one = Scored(sheet_id, scorer_id, name, status or SheetStatus.TO_SCORE)
            found[key][-1].append(one)
            if sheet_id is not None:
                sheets[sheet_id] = one
    of_these = (
        select(ScoreSheet.id)
        .join(Application, Application.id == ScoreSheet.application_id)
        .where(ScoreSheet.round == round_, *wanted)
    )
    scores, moderated = TABLES[round_]
    for row in db.session.scalars(select(scores).where(scores.sheet_id.in_(of_these))):
        if row.sheet_id in sheets:
            sheets[row.sheet_id].entries[row.line_id] = Entry(row.score, row.note)
    settled, scales = _settled(of_these, moderated), {key: _scale(own) for key, own in lines.items()}
    standings = []
    for key, (vacancy_id, reference, version, stands_at, own) in found.items():
        for one in own:
            one.complete(lines[vacancy_id])
        pair = settled.get(pair_of(own), {})
        standings.append(Standing(key, reference, version, stands_at, own, pair, *scales[vacancy_id]))
    return standings


def _scale(lines: Sequence[Line]) -> tuple[Sequence[int], Sequence[int], Mapping[int, int]]:
    """Return the ids of what is essential and of the rest, and how often each line counts."""
    essential = [line.id for line in lines if getattr(line, "kind", None) == CriterionKind.ESSENTIAL]
    others = [line.id for line in lines if line.id not in essential]
    return essential, others, {line.id: line.weight for line in lines}


def in_sift(vacancy_id: int, lines: Sequence[Line]) -> Sequence[Standing]:
    """Return the applications of a sift as its pages count them: those that wait, and those decided once scored."""
    found = standings_of(vacancy_id, lines, decided=True)
    waits = ApplicationStatus.SUBMITTED
    return [one for one in found if one.status == waits or (one.sifted and one.stage == Stage.SCORED)]


def _settled(of_these: Select[tuple[int]], moderated: Any) -> dict[tuple[int, int], dict[int, tuple[int, str]]]:
    """Return what the chair settled, by the first and the last sheet, then by line."""
    settled: dict[tuple[int, int], dict[int, tuple[int, str]]] = {}
    for made in db.session.scalars(select(moderated).where(moderated.first_sheet_id.in_(of_these))):
        settled.setdefault((made.first_sheet_id, made.second_sheet_id), {})[made.line_id] = (made.score, made.reason)
    return settled


def _sifting(wanted: Sequence[ColumnElement[bool]]) -> People:
    """Select every application with the scorers that were given it."""
    is_live = ScoreSheet.status.in_(LIVE) & (ScoreSheet.round == Round.SIFT)
    return (
        select(*_APPLICATION, ScoreSheet.scorer_id, User.name, ScoreSheet.id, ScoreSheet.status)
        .outerjoin(ScoreSheet, (ScoreSheet.application_id == Application.id) & is_live)
        .outerjoin(User, User.id == ScoreSheet.scorer_id)
        .where(*wanted)
        .order_by(Application.reference, ScoreSheet.scorer_id)
    )


def _interviewing(wanted: Sequence[ColumnElement[bool]], round_: Round) -> People:
    """Select every application that chose a time with those who interview then, whether or not they have a sheet."""
    is_theirs = (ScoreSheet.application_id == Application.id) & (ScoreSheet.scorer_id == SlotInterviewer.user_id)
    return (
        select(*_APPLICATION, SlotInterviewer.user_id, User.name, ScoreSheet.id, ScoreSheet.status)
        .join(InterviewBooking, InterviewBooking.application_id == Application.id)
        .join(SlotInterviewer, SlotInterviewer.slot_id == InterviewBooking.slot_id)
        .join(User, User.id == SlotInterviewer.user_id)
        .outerjoin(ScoreSheet, is_theirs & (ScoreSheet.round == round_))
        .where(InterviewBooking.kind == round_.value, *wanted)
        .order_by(Application.reference, SlotInterviewer.user_id)
    )


def pair_of(sheets: Sequence[Scored]) -> tuple[int, int]:
    """Return the first and the last of the sheets that count, which name what was settled between them."""
    keys = sorted(one.id for one in sheets if one.id is not None)
    return (keys[0], keys[-1]) if len(keys) == len(sheets) >= limits.SCORERS else (0, 0)


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """Return what is scored, most essential points first, then most desirable ones, then by reference."""
    done = [one for one in standings if one.stage == Stage.SCORED]
    return sorted(done, key=lambda one: (-one.essential_points, -one.desirable_points, one.reference))
