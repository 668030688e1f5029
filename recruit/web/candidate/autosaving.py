"""Saving long text while it is typed: the same form, sent by a script, which is told how it went."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from recruit.applications.saving import version_of
from recruit.core import clock
from recruit.core.calendar import clock_time
from recruit.web.candidate.section_form import AnswersForm, Outcome


def is_autosave() -> bool:
    """Say whether a script sent the form, which reads JSON; a browser by itself asks for a page."""
    return request.method == "POST" and request.accept_mimetypes.best == "application/json"


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
        return {"saved": f"Saved at {clock_time(clock.now())}", "version": version_of(row)}, 200
    messages = [*form.form_errors, *(str(message) for field in form for message in field.errors)]
    is_elsewhere = outcome.elsewhere is not None
    message = "Other answers were saved here in another window." if is_elsewhere else (messages or [""])[0]
    return {"message": message}, outcome.status if outcome.status >= 400 else 422
