"""Decisions whose candidates do not know of them yet: read together, sent or undone together."""

from collections.abc import Iterable
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.references import normalise_reference
from recruit.core.transaction import transaction
from recruit.notifications.delivery import Sender, render, text_of
from recruit.review import releasing
from recruit.review.releasing import Held, RowResult, Ticked
from recruit.rules import limits
from recruit.rules.lifecycle import STAFF_WORDS
from recruit.web.forms import Form
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import whole_number
from recruit.web.review.listing import KINDS

NONE_TICKED = "Tick the decisions that you mean"


@blueprint.route("/ready", methods=["GET", "POST"])
def list_ready() -> ResponseReturnValue:
    """Every decision that can still be undone, with the message as the candidate will get it; send or undo them."""
    return _release() if request.method == "POST" else _page()


def _release() -> ResponseReturnValue:
    """Send, or undo, what was ticked; say of each row that was left why."""
    form, is_undo = Form(), request.form.get("do") == "undo"
    ticked = list(_ticked(request.form.getlist("ticked")[: limits.HELD_SHOWN]))
    if not ticked:
        form.form_errors.append(NONE_TICKED)
        return _page(form=form)
    do = releasing.take_back if is_undo else releasing.release
    with transaction():
        results = do(g.actor, ticked, now=clock.now())
    refused = [row for row in results if row.refusal]
    done = len(results) - len(refused)
    if done:
        flash(_said(done, is_undo))
    if not refused:
        return redirect(url_for(".list_ready"))
    form.form_errors.extend(f"{row.reference}: {row.refusal}" for row in refused)
    return _page(409, form=form, left=refused)


def _ticked(values: Iterable[str]) -> Iterable[Ticked]:
    """Return what was ticked, each as "reference:version"; what is none of these is left out."""
    for value in values:
        reference, _, version = value[:60].partition(":")
        found = normalise_reference(reference)
        if found is not None:
            yield Ticked(found, whole_number(version))


def _said(number: int, is_undo: bool) -> str:
    if is_undo:
        return f"{number} decision{' is' if number == 1 else 's are'} undone. Nobody was told."
    return f"{number} message{' is' if number == 1 else 's are'} on the way."


def _page(status: int = 200, *, form: Form | None = None, left: Iterable[RowResult] = ()) -> ResponseReturnValue:
    held = releasing.held_decisions(g.actor, now=clock.now())
    vacancies: dict[int, dict[str, Any]] = {}
    for one in held:
        vacancy = one.application.vacancy
        group = vacancies.setdefault(vacancy.id, {"vacancy": vacancy, "rows": []})
        group["rows"].append(_row(one))
    page = render_template(
        "review/list_ready.html",
        groups=list(vacancies.values()),
        number=len(held),
        is_all=len(held) < limits.HELD_SHOWN,
        left={row.reference for row in left},
        form=form,
    )
    return page, status


def _row(one: Held) -> dict[str, Any]:
    settings = current_app.config["SETTINGS"]
    site = {"name": settings.service_name, "organisation": settings.organisation, "public_url": settings.public_url}
    mail = render(one.message, Sender(settings.mail_from, site), at=clock.now())
    return {
        "application": one.application,
        "value": f"{one.application.reference}:{one.application.version}",
        "status": STAFF_WORDS[one.application.status],
        "kind": KINDS[one.application.status],
        "subject": mail["Subject"],
        "text": text_of(mail),
        "goes_at": one.message.due_at,
    }
