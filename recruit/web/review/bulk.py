"""The same done with many rows of the queue: a page to look over first, then one step, and what became of each row."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.conversation.templates import message_templates, put_below, template_of
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.panels.beside import numbers_in
from recruit.panels.deciding import decide, lacking_scores
from recruit.review import bulk
from recruit.review.bulk import Decide, Seen
from recruit.review.choices import hr_people
from recruit.review.filling import filler
from recruit.review.filters import Place
from recruit.review.labels import all_labels, label_of
from recruit.review.queries import queue_page, references_in_queue
from recruit.review.rows import RowResult
from recruit.review.service import criteria_to_decide
from recruit.rules import limits
from recruit.rules.lifecycle import STAFF_WORDS, ApplicationStatus
from recruit.web.review.applications import scores_first
from recruit.web.review.asking import asked, carried
from recruit.web.review.blueprint import blueprint
from recruit.web.review.bulk_forms import (
    FORMS,
    BulkAssignForm,
    BulkDecideForm,
    BulkDeclineForm,
    BulkForm,
    BulkLabelForm,
    BulkMessageForm,
    BulkShortlistForm,
    Which,
)
from recruit.web.review.list_words import KINDS
from recruit.web.row_values import row_values, whole_number


@blueprint.route("/bulk", methods=["GET", "POST"])
def change_applications() -> ResponseReturnValue:
    """Show what was ticked and ask how; then do it with each row, and say of each that was left why."""
    do = request.values.get("do", "")
    if do not in FORMS:
        return _back("Choose what to do with the applications that you tick.")
    form: BulkForm = FORMS[do]()
    if request.method == "GET":
        applications = bulk.chosen_applications(g.actor, _wanted())
        if not applications:
            return _back("Tick the applications that you mean first.", do=do)
        return _page(do, form, applications)
    seen = _seen(request.form.getlist("row")[: limits.BULK_APPLICATIONS])
    left = [found for found, _ in row_values(request.form.getlist("left"), numbers=0)]
    applications = bulk.chosen_applications(g.actor, [*(one.reference for one in seen), *left])
    _offer(form, applications)
    if isinstance(form, BulkMessageForm) and "use" in request.form:
        _use_template(form)
        return _page(do, form, applications, seen=seen)
    if form.problem(applications) or not form.validate():
        return _page(do, form, applications, seen=seen)
    if isinstance(form, BulkMessageForm) and ("send" not in request.form or "change" in request.form):
        return _page(do, form, applications, seen=seen, is_checked="change" not in request.form)
    try:
        with transaction():
            results = _DO[do](form, seen, clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        applications = bulk.chosen_applications(g.actor, [*(one.reference for one in seen), *left])
        return _page(do, form, applications, seen=seen, status=409)
    return _result(do, form, results)


def _result(do: str, form: BulkForm, results: Sequence[RowResult]) -> ResponseReturnValue:
    refused = [row for row in results if row.refusal]
    done = len(results) - len(refused)
    if done:
        flash(f"{_counted(done)} {'is' if done == 1 else 'are'} {form.done_words()}.")
    if not refused:
        return redirect(_list_address())
    form.form_errors.extend(f"{row.reference}: {row.refusal}" for row in refused)
    left = bulk.chosen_applications(g.actor, [row.reference for row in refused])
    needs_reason = any(row.needs_reason for row in refused)
    return _page(do, form, left, status=409, was_done=done, needs_reason=needs_reason)


def _shortlist(form: BulkShortlistForm, seen: Iterable[Seen], now: datetime) -> list[RowResult]:
    return bulk.shortlist_each(g.actor, seen, form.reason.data or "", decide=_decide(form), now=now)


def _decline(form: BulkDeclineForm, seen: Iterable[Seen], now: datetime) -> list[RowResult]:
    criterion_id = whole_number(form.criterion.data)
    return bulk.decline_each(g.actor, seen, criterion_id, form.reason.data or "", decide=_decide(form), now=now)


def _assign(form: BulkAssignForm, seen: Iterable[Seen], now: datetime) -> list[RowResult]:
    return bulk.assign_each(g.actor, seen, form.chosen(), now=now)


def _write(form: BulkMessageForm, seen: Iterable[Seen], now: datetime) -> list[RowResult]:
    return bulk.write_each(g.actor, seen, form.text.data or "", now=now)


def _label(form: BulkLabelForm, seen: Iterable[Seen], now: datetime) -> list[RowResult]:
    label = label_of(whole_number(form.label.data))
    return bulk.label_each(g.actor, seen, label, is_on=form.is_on, now=now)


_DO: dict[str, Callable[..., list[RowResult]]] = {
    "shortlist": _shortlist,
    "unsuccessful": _decline,
    "assign": _assign,
    "message": _write,
    "label": _label,
    "unlabel": _label,
}


def _page(
    do: str,
    form: BulkForm,
    applications: Sequence[Application],
    *,
    seen: Sequence[Seen] = (),
    status: int = 200,
    was_done: int | None = None,
    is_checked: bool = False,
    needs_reason: bool = False,
) -> ResponseReturnValue:
    """Return the page to look over, or what was left.

    Args:
        seen: the rows as they were when they were ticked; as they are now where they have just been.
        was_done: with how many it has been done; the rows are those that were left, to be tried again.
        is_checked: the message is shown as each candidate will read it.
        needs_reason: some were left for their panel, and are done once somebody says why not to wait.
    """
    _offer(form, applications)
    as_seen = {one.reference: one for one in seen}
    scores = _scores(form, applications)
    rows = [_row(form, application, as_seen.get(application.reference), scores) for application in applications]
    to_do = [row for row in rows if not row["left"]]
    waiting = sum(row["waits"] for row in to_do)
    page = render_template(
        "review/change_applications.html",
        do=do,
        form=form,
        rows=to_do,
        left=[row for row in rows if row["left"]],
        number=len(to_do),
        written=_written(form, applications) if is_checked else {},
        was_done=was_done,
        needs_reason=needs_reason or bool(waiting) or "without_scores" in form.errors,
        waiting=waiting,
        unscored=sum(bool(row["scores_in"]) and not row["waits"] for row in to_do),
        problem=form.problem(applications),
        templates=message_templates() if isinstance(form, BulkMessageForm) else (),
        action=url_for("review.change_applications", **carried()),  # type: ignore[arg-type]  # values of an address
        back_href=_list_address(),
    )
    return page, status


class Scores(NamedTuple):
    """What decisions on the sift are to know of their panels: who is to wait for both scores, and how many are in."""

    waiting: Collection[int] = ()
    numbers_in: Mapping[int, int] = {}


def _scores(form: BulkForm, applications: Sequence[Application]) -> Scores:
    """Return how far the panels are with what would be decided, in at most six statements."""
    to_decide = [one for one in applications if not form.why_left(one)] if isinstance(form, BulkDecideForm) else []
    if not to_decide:
        return Scores()
    keys = [one.id for one in to_decide]
    return Scores(lacking_scores(to_decide, needs_scores=scores_first()), numbers_in(g.actor, keys))


def _scores_in(number: int | None, is_waiting: bool) -> str:
    """Return how far a panel is with what it is not through with; "" where it is, or nobody is to know."""
    if number is None or (number >= limits.SCORERS and not is_waiting):
        return ""
    said = f"{number} of {limits.SCORERS} scores in"
    return said if number < limits.SCORERS else f"{said}, and the chair is to settle where they differ"


def _row(form: BulkForm, application: Application, seen: Seen | None, scores: Scores) -> dict[str, Any]:
    now = Seen(application.reference, application.version, application.assigned_to_id or 0)
    return {
        "value": ":".join(str(part) for part in seen or now),
        "reference": application.reference,
        "href": url_for("review.show_application", reference=application.reference),
        "candidate": application.candidate.name,
        "vacancy": application.vacancy.title,
        "status": STAFF_WORDS[application.status],
        "kind": KINDS[application.status],
        "assignee": application.assigned_to.name if application.assigned_to else "nobody",
        "left": form.why_left(application),
        "waits": application.id in scores.waiting,
        "scores_in": _scores_in(scores.numbers_in.get(application.id), application.id in scores.waiting),
    }


class Written(NamedTuple):
    """A message as one candidate would read it, and whether a day in it has passed; or why none is sent."""

    words: str
    is_late: bool


def _written(form: BulkForm, applications: Sequence[Application]) -> dict[str, Written]:
    """Return what each candidate would read, by reference."""
    assert isinstance(form, BulkMessageForm)  # noqa: S101  only a message is looked over
    text = form.text.data or ""
    written, fill, today = {}, filler(applications, text), london_day(clock.now())
    for application in applications:
        try:
            words = fill(application)
        except Incomplete as refusal:
            written[application.reference] = Written(f"Nothing is sent: {refusal}.", is_late=False)
        else:
            due_on = due_day(application.due_at)
            is_late = "{hear_by}" in text and due_on is not None and due_on < today
            written[application.reference] = Written(words, is_late)
    return written


def _offer(form: BulkForm, applications: Sequence[Application]) -> None:
    if isinstance(form, BulkAssignForm):
        form.offer(g.actor, hr_people())
    elif isinstance(form, BulkLabelForm):
        form.offer(all_labels())
    elif isinstance(form, BulkDeclineForm):
        first = next((one for one in applications if one.status == ApplicationStatus.SUBMITTED), None)
        form.offer(list(criteria_to_decide(first)) if first else [])


def _use_template(form: BulkMessageForm) -> None:
    """Put a template below what was typed, its fields in braces."""
    try:
        template = template_of(whole_number(request.form.get("template", "")))
        form.text.data = put_below(form.text.data or "", template.text)
    except NotFound as refusal:
        form.form_errors.append(str(refusal))


def _wanted() -> list[str]:
    """Return the references that are meant: the ticked ones, the page's, or the list's first."""
    which = request.args.get("which", Which.TICKED)
    if which == Which.PAGE:
        after, before = (Place.parse(request.args.get(name, "")) for name in ("after", "before"))
        page = queue_page(g.actor, asked().filters, now=clock.now(), after=after, before=before)
        return [row.reference for row in page.rows]
    if which == Which.LIST:
        most = limits.BULK_APPLICATIONS
        return list(references_in_queue(g.actor, asked().filters, now=clock.now(), most=most))
    return [found for found, _ in row_values(request.args.getlist("ticked"), numbers=0)]


def _seen(values: list[str]) -> list[Seen]:
    """Return rows as they came, each as "reference:version:assignee"."""
    return [Seen(found, version, max(0, has_it)) for found, (version, has_it) in row_values(values, numbers=2)]


def _back(sentence: str, **chosen: str) -> ResponseReturnValue:
    flash(sentence, "notice")
    return redirect(_list_address(**chosen))


def _list_address(**chosen: str) -> str:
    return url_for("review.list_applications", **carried(), **chosen)  # type: ignore[arg-type]  # values of an address


def _counted(number: int) -> str:
    return f"{number:,} application{'' if number == 1 else 's'}"


def _decide(form: BulkDecideForm) -> Decide:
    """Return the way of every decision: after the panel where a vacancy or the service says so, or with a reason."""
    return partial(decide, needs_scores=scores_first(), without_scores=form.without_scores.data or "")
