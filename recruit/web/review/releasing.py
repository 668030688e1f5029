"""Decisions whose candidates do not know of them yet: read together, released or undone together."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications.delivery import Sender, render, text_of
from recruit.review import letters, releasing
from recruit.review.releasing import Held, Ticked, told_of
from recruit.rules import limits
from recruit.rules.lifecycle import STAFF_WORDS
from recruit.rules.notifications import MESSAGE_WORDS, Notification
from recruit.web.forms import Form
from recruit.web.review.blueprint import blueprint
from recruit.web.review.list_words import KINDS
from recruit.web.row_values import row_values
from recruit.web.sender import sender

NONE_TICKED = "Tick the decisions that you mean"
ALL, UNDO = "all", "undo"


@blueprint.route("/ready", methods=["GET", "POST"])
def list_ready() -> ResponseReturnValue:
    """Every decision that waits, with the message as the candidate will get it; release or undo them."""
    if request.method == "GET":
        return _page(tick=None if request.args.get("tick") == ALL else ())
    ticked = _ticked(request.form.getlist("ticked"))
    if not ticked:
        form = Form()
        form.form_errors.append(NONE_TICKED)
        return _page(form=form)
    if "change" in request.form:
        return _page(tick={one.reference for one in ticked})
    if len(ticked) > 1 and "sure" not in request.form:
        return _ask(ticked)
    return _do(ticked)


def _do(ticked: list[Ticked]) -> ResponseReturnValue:
    """Release, or undo, what was ticked; say of each row that was left why."""
    form, is_undo, now = Form(), request.form.get("do") == UNDO, clock.now()
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
    if done := [row.reference for row in results if not row.refusal]:
        flash(_said_of_undone(done) if is_undo else _said_of_released(len(done)))
    if not refused:
        return redirect(url_for(".list_ready"))
    form.form_errors.extend(f"{row.reference}: {row.refusal}" for row in refused)
    return _page(409, form=form)


def _ask(ticked: list[Ticked]) -> ResponseReturnValue:
    """Name what happens to whom, before it happens to several at one press."""
    wanted = {one.reference for one in ticked}
    held = [one for one in releasing.held_decisions(g.actor) if one.application.reference in wanted]
    there = {one.application.reference for one in held}
    return render_template(
        "review/_check_ready.html",
        groups=_by_vacancy(held, _named),
        gone=sorted(wanted - there),
        number=len(held),
        is_undo=request.form.get("do") == UNDO,
        values=[f"{one.reference}:{one.version}:{one.letter_version}" for one in ticked],
        form=Form(),
    )


def _named(one: Held) -> dict[str, Any]:
    """Return who is told what, or where an undone decision leaves them."""
    application, letter = one.application, one.letter
    return {
        "application": application,
        "told": MESSAGE_WORDS[letter.notification].removeprefix("Letter: "),
        "before": STAFF_WORDS[application.told_status or application.status],
        "is_worded": letter.edited_at is not None,
        "passed": letters.passed_day(application, letter, now=clock.now()),
    }


def _ticked(values: list[str]) -> list[Ticked]:
    """Return what was ticked, each as "reference:version:version of its letter"."""
    rows = row_values(values[: limits.HELD_SHOWN], numbers=2)
    return list({found: Ticked(found, version, letter) for found, (version, letter) in rows}.values())


def _said_of_undone(references: list[str]) -> str:
    number = len(references)
    them = "is undone. Nobody was told of it." if number == 1 else "are undone. Nobody was told of them."
    done = f"{number} decision{'' if number == 1 else 's'} {them}"
    known = [f"{one.candidate.name} was told before: {STAFF_WORDS[one.status].lower()}." for one in told_of(references)]
    return " ".join([done, *known, *(["That stands."] if known else [])])


def _said_of_released(number: int) -> str:
    return f"{number} message{' is' if number == 1 else 's are'} on the way."


def _page(status: int = 200, *, form: Form | None = None, tick: Collection[str] | None = ()) -> ResponseReturnValue:
    """Return the page, with the rows in `tick` ticked: none as it opens, all where it is None."""
    held = releasing.held_decisions(g.actor)
    writes = sender()
    page = render_template(
        "review/list_ready.html",
        groups=_by_vacancy(held, lambda one: _row(one, writes)),
        number=len(held),
        is_all=len(held) < limits.HELD_SHOWN,
        tick={one.application.reference for one in held} if tick is None else tick,
        form=form,
    )
    return page, status


def _by_vacancy(held: Iterable[Held], row: Callable[[Held], dict[str, Any]]) -> list[dict[str, Any]]:
    vacancies: dict[int, dict[str, Any]] = {}
    for one in held:
        vacancy = one.application.vacancy
        vacancies.setdefault(vacancy.id, {"vacancy": vacancy, "rows": []})["rows"].append(row(one))
    return list(vacancies.values())


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
        "passed": letters.passed_day(application, letter, now=clock.now()),
    }
