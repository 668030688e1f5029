"""Decisions whose candidates do not know of them yet: read together, released or undone together."""

from collections.abc import Iterable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications.delivery import Sender, render, text_of
from recruit.review import letters, releasing
from recruit.review.releasing import Held, Ticked
from recruit.review.rows import RowResult
from recruit.rules import limits
from recruit.rules.lifecycle import STAFF_WORDS
from recruit.rules.notifications import Notification
from recruit.web.forms import Form
from recruit.web.review.blueprint import blueprint
from recruit.web.review.list_words import KINDS
from recruit.web.row_values import row_values
from recruit.web.sender import sender

NONE_TICKED = "Tick the decisions that you mean"


@blueprint.route("/ready", methods=["GET", "POST"])
def list_ready() -> ResponseReturnValue:
    """Every decision that waits, with the message as the candidate will get it; release or undo them."""
    return _release() if request.method == "POST" else _page()


def _release() -> ResponseReturnValue:
    """Release, or undo, what was ticked; say of each row that was left why."""
    form, is_undo = Form(), request.form.get("do") == "undo"
    ticked = _ticked(request.form.getlist("ticked"))
    if not ticked:
        form.form_errors.append(NONE_TICKED)
        return _page(form=form)
    now = clock.now()
    try:
        with transaction():
            if is_undo:
                results = releasing.take_back(g.actor, ticked, now=now)
            else:
                results = releasing.release(g.actor, ticked, sender(), now=now)
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return _page(409, form=form)
    refused = [row for row in results if row.refusal]
    done = len(results) - len(refused)
    if done:
        flash(_said(done, is_undo))
    if not refused:
        return redirect(url_for(".list_ready"))
    form.form_errors.extend(f"{row.reference}: {row.refusal}" for row in refused)
    return _page(409, form=form, left=refused)


def _ticked(values: list[str]) -> list[Ticked]:
    """Return what was ticked, each as "reference:version:version of its letter"."""
    rows = row_values(values[: limits.HELD_SHOWN], numbers=2)
    return [Ticked(found, version, letter) for found, (version, letter) in rows]


def _said(number: int, is_undo: bool) -> str:
    if is_undo:
        return f"{number} decision{' is' if number == 1 else 's are'} undone. Nobody was told."
    return f"{number} message{' is' if number == 1 else 's are'} on the way."


def _page(status: int = 200, *, form: Form | None = None, left: Iterable[RowResult] = ()) -> ResponseReturnValue:
    held = releasing.held_decisions(g.actor)
    vacancies: dict[int, dict[str, Any]] = {}
    writes = sender()
    for one in held:
        vacancy = one.application.vacancy
        group = vacancies.setdefault(vacancy.id, {"vacancy": vacancy, "rows": []})
        group["rows"].append(_row(one, writes))
    page = render_template(
        "review/list_ready.html",
        groups=list(vacancies.values()),
        number=len(held),
        is_all=len(held) < limits.HELD_SHOWN,
        left={row.reference for row in left},
        form=form,
    )
    return page, status


def _row(one: Held, writes: Sender) -> dict[str, Any]:
    application, letter = one.application, one.letter
    message = letters.as_message(application, letter, now=clock.now(), told_on=one.told_on)
    mail = render(message, writes, at=clock.now())
    is_correction = letter.notification == Notification.APPLICATION_CORRECTED
    return {
        "application": application,
        "value": f"{application.reference}:{application.version}:{letter.version}",
        "status": "Correction" if is_correction else STAFF_WORDS[application.status],
        "kind": "wait" if is_correction else KINDS[application.status],
        "subject": mail["Subject"],
        "text": text_of(mail),
        "by": letter.event.actor.name if letter.event.actor else "",
        "edited_by": letter.edited_by.name if letter.edited_by else "",
        "edited_at": letter.edited_at,
    }
