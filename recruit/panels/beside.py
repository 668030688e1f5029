"""How far a panel is with one application, read in the statement that reads it: its page sends no other."""

from typing import Any

from sqlalchemy import exists, func, select

from recruit.applications.models import Application
from recruit.core.db import table_of
from recruit.panels.models import ScoreSheet, Sift
from recruit.review.dossier import READER, ROW
from recruit.rules.sift import Round, SheetStatus

_SENT, _OWN = table_of(Application).c, table_of(Application).alias("own").c
_SHEET, _SIFT = table_of(ScoreSheet).c, table_of(Sift).c
WITH_SCORES = ROW.add_columns(
    exists()
    .where(
        _SIFT.vacancy_id == _SENT.vacancy_id,
        _SIFT.opened_at.is_not(None),
        ~exists().where(_OWN.vacancy_id == _SIFT.vacancy_id, _OWN.candidate_id == READER),
    )
    .label("in_sift"),
    select(func.count())
    .where(
        _SHEET.application_id == _SENT.id,
        _SHEET.round == Round.SIFT.value,
        _SHEET.status == SheetStatus.SUBMITTED.value,
    )
    .scalar_subquery()
    .label("scores_in"),
)
"""As `review.dossier.ROW`, with what `scores_in` reads of it."""


def scores_in(row: Any) -> int | None:
    """Return how many scorers are through with the application of a row of `WITH_SCORES`.

    None where its sift was never opened, or the reader is to know nothing of it because they applied themselves.
    """
    found: int = row.scores_in
    return found if row.in_sift else None
