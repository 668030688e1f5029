"""How far a panel is with an application, read in the statement that reads one: its page sends no other."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, exists, func, select

from recruit.applications.models import Application
from recruit.core.db import db, table_of
from recruit.panels.models import ScoreSheet, Sift
from recruit.review.dossier import READER, ROW
from recruit.rules.access import Actor
from recruit.rules.sift import Round, SheetStatus

_SENT, _OWN = table_of(Application).c, table_of(Application).alias("own").c
_SHEET, _SIFT = table_of(ScoreSheet).c, table_of(Sift).c
_IN_SIFT = (
    exists()
    .where(
        _SIFT.vacancy_id == _SENT.vacancy_id,
        _SIFT.opened_at.is_not(None),
        ~exists().where(_OWN.vacancy_id == _SIFT.vacancy_id, _OWN.candidate_id == READER),
    )
    .label("in_sift")
)
_SCORES_IN = (
    select(func.count())
    .where(
        _SHEET.application_id == _SENT.id,
        _SHEET.round == Round.SIFT.value,
        _SHEET.status == SheetStatus.SUBMITTED.value,
    )
    .scalar_subquery()
    .label("scores_in")
)
WITH_SCORES = ROW.add_columns(_IN_SIFT, _SCORES_IN)
"""As `review.dossier.ROW`, with what `scores_in` reads of it."""


def scores_in(row: Any) -> int | None:
    """Return how many scorers are through with the application of a row of `WITH_SCORES`.

    None where its sift was never opened, or the reader is to know nothing of it because they applied themselves.
    """
    found: int = row.scores_in
    return found if row.in_sift else None


def numbers_in(actor: Actor, application_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many scorers are through with each of several applications, in one statement; see `scores_in`."""
    found = db.session.execute(_NUMBERS, {"reader": actor.user_id, "ids": list(application_ids)})
    return {row.id: number for row in found if (number := scores_in(row)) is not None}


_NUMBERS = select(_SENT.id, _IN_SIFT, _SCORES_IN).where(_SENT.id.in_(bindparam("ids", expanding=True)))
