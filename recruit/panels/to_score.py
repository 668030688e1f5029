"""What waits for somebody's scores in a sift: one rule for whoever shares out, tells and counts."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from recruit.applications.models import Application
from recruit.panels.models import ScoreSheet
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import Round, SheetStatus


def is_to_score(vacancy_id: int) -> Sequence[ColumnElement[bool]]:
    """Return the conditions of a sheet, beside its application, that waits for its scorer in the sift of a vacancy."""
    return (
        Application.vacancy_id == vacancy_id,
        Application.status == ApplicationStatus.SUBMITTED,
        ScoreSheet.round == Round.SIFT,
        ScoreSheet.status == SheetStatus.TO_SCORE,
    )
