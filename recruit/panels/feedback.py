"""A draft of feedback from what scorers wrote beside their scores.  A person asks for it and decides what is sent.

Nothing here is sent: the notes were written for the panel, and only somebody who reads them knows what may be said.
"""

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.panels.models import CriterionScore, ScoreSheet
from recruit.panels.reading import panel_for_hr
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
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
    notes: dict[str, list[str]] = {}
    for criterion, note in rows.tuples():
        notes.setdefault(criterion, []).append(note.strip())
    paragraphs = [f"{criterion}\n{' '.join(written)}" for criterion, written in notes.items()]
    return "\n\n".join(paragraphs)[: limits.LETTER_CHARACTERS]
