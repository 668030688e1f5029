"""How the saving of an answer while it is typed went."""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from recruit.applications.saving import version_of
from recruit.web.autosaving import is_autosave, refused_answer, saved_answer
from recruit.web.candidate.section_form import AnswersForm, Outcome

__all__ = ["autosaved", "is_autosave"]


def autosaved(form: AnswersForm, outcome: Outcome, row: Any) -> ResponseReturnValue:
    """Tell the script how it went.

    Args:
        form: as sent.
        outcome: what became of it.
        row: what is kept now; None if nothing is.

    Returns:
        200 with words to show and the version to send the next time; 409 if another window, or the end of the vacancy,
        kept it from being saved, 422 if it was refused, each with why.
    """
    texts = [field for field in form if isinstance(field, TextAreaField)]
    is_kept = row is not None and all(getattr(row, field.name) == field.data for field in texts)
    if is_kept and outcome.status < 400:
        return saved_answer(version_of(row))
    status = outcome.status if outcome.status >= 400 else 422
    if outcome.elsewhere is not None:
        return {"message": "Other answers were saved here in another window."}, status
    return refused_answer(form, status)
