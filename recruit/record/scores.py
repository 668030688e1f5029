"""What a panel scored in one application, whatever became of it since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.panels.models import CriterionScore, ModeratedScore
from recruit.panels.questions import questions_of
from recruit.panels.reading import all_sheets, entries_of
from recruit.panels.standings import standings_of
from recruit.rules import limits
from recruit.rules.interviews import KIND_WORDS, InterviewKind
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, SHEET_WORDS, Round, SheetStatus
from recruit.vacancies.models import Criterion


@dataclass(frozen=True, slots=True)
class Score:
    """The points for one criterion, in whose words why, and what it was about."""

    criterion: str
    points: int
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person made of an application: a scorer, or the chair where two differed.  `scores` may be empty.

    `declared_at` is when a scorer said that they know of no connection with whoever sent it.
    """

    who: str
    standing: str
    declared_at: datetime | None
    scores: Sequence[Score]


def sheets_of(application: Application) -> Sequence[Sheet]:
    """Return every sheet of an application, of those too who score it no more, then what the chair settled.

    Scores are in it once both scorers have sent theirs, or once the application is decided: before, neither may learn
    the other's, and whoever reads this could tell them.
    """
    sheets = all_sheets(application.id)
    live = [sheet for sheet in sheets if sheet.status in LIVE]
    both_in = len(live) == limits.SCORERS and all(sheet.status == SheetStatus.SUBMITTED for sheet in live)
    is_open = both_in or application.status != ApplicationStatus.SUBMITTED
    texts = _criteria(application.vacancy_id)
    keys = [sheet.id for sheet in sheets]
    given: dict[int, list[Score]] = {key: [] for key in keys}
    if is_open and keys:
        for row in db.session.scalars(select(CriterionScore).where(CriterionScore.sheet_id.in_(keys))):
            if row.score is not None:
                given[row.sheet_id].append(Score(texts[row.criterion_id], row.score, row.note))
    order = {text: place for place, text in enumerate(texts.values())}
    found = [
        Sheet(
            sheet.scorer.name,
            SHEET_WORDS[sheet.status],
            sheet.declared_at,
            sorted(given[sheet.id], key=lambda score: order[score.criterion]),
        )
        for sheet in sheets
    ]
    return [*found, *_settled(keys, texts)]


def interview_sheets_of(application: Application) -> Sequence[Sheet]:
    """Return what was scored in its interviews, in the same way: nothing of a kind before all who held it are in."""
    found: list[Sheet] = []
    sheets = all_sheets(application.id, *(Round(kind.value) for kind in InterviewKind))
    for kind in InterviewKind:
        round_ = Round(kind.value)
        own = [sheet for sheet in sheets if sheet.round == round_]
        if not own:
            continue
        lines = {line.id: line.text for line in questions_of(application.vacancy_id, kind)}
        (standing,) = standings_of(
            application.vacancy_id,
            questions_of(application.vacancy_id, kind),
            round_=round_,
            application_id=application.id,
        ) or (None,)
        is_open = (standing is not None and standing.both_in) or application.status != ApplicationStatus.SHORTLISTED
        for sheet in own:
            scores = [
                Score(lines[key], entry.score, entry.note)
                for key, entry in entries_of(sheet).items()
                if is_open and entry.score is not None
            ]
            who = f"{KIND_WORDS[kind]}, {sheet.scorer.name}"
            found.append(Sheet(who, SHEET_WORDS[sheet.status], sheet.declared_at, scores))
        if standing is not None and standing.moderated:
            settled = [Score(lines[key], points, why) for key, (points, why) in standing.moderated.items()]
            found.append(
                Sheet(f"{KIND_WORDS[kind]}, the chair", "Settled where the interviewers differed", None, settled)
            )
    return found


def _settled(keys: Sequence[int], texts: dict[int, str]) -> Sequence[Sheet]:
    """Return what the chair settled, which is only possible when both scorers had sent theirs."""
    statement = select(ModeratedScore).where(ModeratedScore.first_sheet_id.in_(keys))
    rows = db.session.scalars(statement.order_by(ModeratedScore.at, ModeratedScore.criterion_id)).all()
    scores = [Score(texts[row.criterion_id], row.score, row.reason) for row in rows]
    return [Sheet("The chair", "Settled where the scorers differed", None, scores)] if scores else []


def _criteria(vacancy_id: int) -> dict[int, str]:
    statement = select(Criterion.id, Criterion.text).where(Criterion.vacancy_id == vacancy_id)
    return dict(db.session.execute(statement.order_by(Criterion.position, Criterion.id)).tuples().all())
