"""A draft of feedback from what scorers wrote beside their scores.  A person asks for it and decides what is sent.

Nothing here is sent: the notes were written for the panel, and only somebody who reads them knows what may be said.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.panels.models import CriterionScore, InterviewQuestion, QuestionScore, ScoreSheet
from recruit.panels.reading import panel_for_hr
from recruit.panels.standings import Line, Standing
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import OUTCOMES, ApplicationStatus
from recruit.rules.sift import SheetStatus
from recruit.vacancies.models import Criterion


def feedback_from_notes(actor: Actor, application: Application) -> str:
    """Return a draft with a paragraph for each criterion that a note was written about; "" where there is none.

    Args:
        actor: an HR person; who applied for the same vacancy reads no notes of its panel.
        application: one that is decided: while it is scored its notes are the scorers' own.
    """
    if application.status == ApplicationStatus.SUBMITTED:
        return ""
    try:
        panel_for_hr(actor, application.vacancy.reference)
    except NotFound:
        return ""
    rows = db.session.execute(
        select(Criterion.text, CriterionScore.note)
        .join(CriterionScore, CriterionScore.criterion_id == Criterion.id)
        .join(ScoreSheet, ScoreSheet.id == CriterionScore.sheet_id)
        .where(
            ScoreSheet.application_id == application.id,
            ScoreSheet.status == SheetStatus.SUBMITTED,
            CriterionScore.note != "",
        )
        .order_by(Criterion.position, Criterion.id, ScoreSheet.id)
    )
    draft = _paragraphs(rows.tuples())
    if application.status in OUTCOMES:
        draft = "\n\n".join(part for part in (interview_feedback(application.id), draft) if part)
    return draft[: limits.LETTER_CHARACTERS]


def interview_feedback(application_id: int) -> str:
    """Return the same of its interviews: by the criterion that a question was about, else by the question.

    The caller sees to it that everybody's scores are in: until then notes are the interviewers' own.
    """
    rows = db.session.execute(
        select(func.coalesce(Criterion.text, InterviewQuestion.text), QuestionScore.note)
        .select_from(QuestionScore)
        .join(InterviewQuestion, InterviewQuestion.id == QuestionScore.question_id)
        .join(ScoreSheet, ScoreSheet.id == QuestionScore.sheet_id)
        .outerjoin(Criterion, Criterion.id == InterviewQuestion.criterion_id)
        .where(
            ScoreSheet.application_id == application_id,
            ScoreSheet.status == SheetStatus.SUBMITTED,
            QuestionScore.note != "",
        )
        .order_by(InterviewQuestion.kind, InterviewQuestion.position, InterviewQuestion.id, ScoreSheet.id)
    )
    return _paragraphs(rows.tuples())


def feedback_of(standing: Standing, questions: Sequence[Line]) -> str:
    """Return the same of one interview whose scores are read already."""
    rows = []
    for question in questions:
        criterion = getattr(question, "criterion", None)
        about = criterion.text if criterion else question.text
        rows += [(about, note) for one in standing.sheets if (note := one.entries[question.id].note)]
    return _paragraphs(rows)


def _paragraphs(rows: Iterable[tuple[str, str]]) -> str:
    notes: dict[str, list[str]] = {}
    for about, note in rows:
        said = notes.setdefault(about, [])
        if note.strip() not in said:  # two who wrote the same say it to a candidate once
            said.append(note.strip())
    return "\n\n".join(f"{about}\n{' '.join(written)}" for about, written in notes.items())
