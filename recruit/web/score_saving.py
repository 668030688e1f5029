"""Keeping what scorers and the chair enter, in the sift and in interviews."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, DomainError, Incomplete
from recruit.core.transaction import transaction
from recruit.panels import reading, sheets
from recruit.panels.entry import Entry
from recruit.panels.models import ScoreSheet
from recruit.panels.standings import Line
from recruit.rules.sift import SheetStatus
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


def refused(sheet: ScoreSheet, form: Any, entries: Mapping[int, Entry], refusal: DomainError) -> Mapping[int, Entry]:
    """Say in a form why its scores were not kept; return what another window kept meanwhile, where that differs.

    What was typed stays, and whoever has seen what was kept can send it again.

    Args:
        sheet: as it is now.
        entries: what the form holds, by line.

    Raises:
        DomainError: the same, where there is no form to show again: what was typed is shown by itself.
    """
    if sheet.status != SheetStatus.TO_SCORE:
        raise refusal
    if form.seen_version() == sheet.version:
        form.form_errors.append(str(refusal))
        return {}
    form.version.data = str(sheet.version)
    others = {key: kept for key, kept in reading.entries_of(sheet).items() if kept != entries.get(key)}
    is_shown = others or isinstance(refusal, Conflict)  # what lacks something, and is what was kept, has none beside it
    more = " What that saved is shown with each score. Save again to put this in its place." if is_shown else ""
    form.form_errors.append(f"{refusal}{more}")
    return others


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
