"""Saving what is typed while it is typed: the same form, sent by a script, which is told how it went."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import clock_time
from recruit.web.forms import Form


def is_autosave() -> bool:
    """Say whether a script sent the form, which reads JSON; a browser by itself asks for a page."""
    return request.method == "POST" and request.accept_mimetypes.best == "application/json"


def saved_answer(version: Any) -> ResponseReturnValue:
    """Tell the script that all is saved: words to show, and the version to send the next time."""
    return {"saved": f"Saved at {clock_time(clock.now())}", "version": version}, 200


def refused_answer(form: Form, status: int) -> ResponseReturnValue:
    """Tell the script why nothing is saved: the first fault of `form`."""
    messages = [*form.form_errors, *(str(message) for field in form for message in field.errors)]
    return {"message": (messages or [""])[0]}, status
