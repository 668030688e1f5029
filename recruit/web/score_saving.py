"""Keeping what scorers and the chair enter, in the sift and in interviews."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.panels import sheets
from recruit.panels.entry import Entry
from recruit.panels.models import ScoreSheet
from recruit.panels.standings import Line
from recruit.web.autosaving import refused_answer, saved_answer
from recruit.web.score_forms import entries_in, show_unsettled


def keep_scores(sheet: ScoreSheet, form: Any, entries: Mapping[int, Entry], *, submit: bool) -> None:
    """Keep scores to go on later, or hand them in.

    Raises:
        NotAllowed, Conflict, Incomplete: as `sheets.save_scores`.
    """
    with transaction():
        version = form.seen_version()
        sheets.save_scores(g.actor, sheet, entries, seen_version=version, now=clock.now(), submit=submit)


def autosave(sheet: ScoreSheet, form: Any, lines: Sequence[Line]) -> ResponseReturnValue:
    """Keep what is typed so far; the script that sends it is told how it went.  Nothing is handed in."""
    if not form.validate():
        return refused_answer(form, 422)
    try:
        keep_scores(sheet, form, entries_in(form, [line.id for line in lines]), submit=False)
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return refused_answer(form, 409)
    return saved_answer(sheet.version)


def settle(form: Any, lines: Sequence[Line], keep: Callable[[Mapping[int, Entry]], None]) -> int | None:
    """Keep what the chair enters where scorers differ.

    Args:
        form: a score form of `lines`, those on which they differ.
        keep: keeps the entries, or refuses them.

    Returns:
        None once it is kept; else the status of the page that shows `form`, with what is wrong in it.
    """
    if request.method != "POST" or not form.validate():
        return 200
    entries = entries_in(form, [line.id for line in lines])
    show_unsettled(form, entries)
    if form.errors:
        return 200
    try:
        with transaction():
            keep(entries)
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return 409
    return None
