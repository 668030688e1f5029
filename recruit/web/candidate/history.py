"""The section "Work, study and other activity": a timeline with its gaps."""

from flask import g, redirect, request
from flask.typing import ResponseReturnValue

from recruit.applications import agency_path, queries, sections_lists, timeline
from recruit.applications.chronology import Month
from recruit.applications.models import Application, HistoryEntry, Section
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.web.candidate.agency import assignment_here
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.autosaving import autosaved, is_autosave
from recruit.web.candidate.fields import NO
from recruit.web.candidate.finishing import attempt_finish, read_list
from recruit.web.candidate.history_forms import FORMS, HistoryStartForm, kind_asked, kind_of
from recruit.web.candidate.places import link, onward, own_draft, section_page
from recruit.web.candidate.removing import remove
from recruit.web.candidate.section_form import attempt


@blueprint.route("/applications/<reference>/history", methods=["GET", "POST"])
def list_history(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    if application.history_since is None:
        return redirect(link("candidate.edit_history_start", application))
    form, answers, problems = read_list(application, Section.HISTORY)
    outcome = attempt_finish(form, application, Section.HISTORY)
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page(
        "candidate/list_history.html",
        outcome,
        application,
        form=form,
        answers=answers,
        problems=problems,
        rows=timeline.rows_of(answers, london_day(clock.now())),
        since=Month.of(application.history_since),
        kinds=FORMS,
        is_here=agency_path.lacks_assignment(answers),
    )


@blueprint.route("/applications/<reference>/history/start", methods=["GET", "POST"])
def edit_history_start(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    form = HistoryStartForm(since=application.history_since)
    outcome = attempt(
        form,
        lambda entered: sections_lists.save_history_start(g.actor, application, entered, now=clock.now()),
        lambda: sections_lists.history_start(application),
        in_parts=False,
    )
    if outcome.is_done:
        return redirect(link("candidate.list_history", application))
    back = link("candidate.list_history", application) if application.history_since else onward(application)
    return section_page("candidate/edit_history_start.html", outcome, application, form=form, back_href=back)


@blueprint.route("/applications/<reference>/history/add", defaults={"entry_id": None}, methods=["GET", "POST"])
@blueprint.route("/applications/<reference>/history/<int:entry_id>", methods=["GET", "POST"])
def edit_history_entry(reference: str, entry_id: int | None) -> ResponseReturnValue:
    application = own_draft(reference)
    entry = queries.entry_of(application, HistoryEntry, entry_id) if entry_id is not None else None
    kind = kind_of(entry) if entry else kind_asked(request.args)
    form = FORMS[kind].form.of(entry, request.args, assignment_here(application) if kind == "work" else None)

    def stored() -> HistoryEntry | None:
        return queries.entry_of(application, HistoryEntry, entry_id) if entry_id is not None else None

    outcome = attempt(
        form,
        lambda entered: sections_lists.save_entry(
            g.actor, application, HistoryEntry, entry_id, entered, now=clock.now()
        ),
        stored,
        in_parts=False,
    )
    if is_autosave():
        return autosaved(form, outcome, stored())
    back = link("candidate.list_history", application)
    if outcome.is_done:
        return redirect(back)
    return section_page(
        "candidate/edit_history_entry.html",
        outcome,
        application,
        form=form,
        entry=entry,
        kind=FORMS[kind],
        others=_others(application, kind) if entry is None else (),
        back_href=back,
    )


def _others(application: Application, kind: str) -> list[tuple[str, str]]:
    """Return the other kinds of entry for the months of a gap, which may have been work: text and address."""
    months = {name: request.args[name] for name in ("from_month", "to_month") if name in request.args}
    if not months:
        return []
    endpoint = "candidate.edit_history_entry"
    return [(one.add, link(endpoint, application, kind=name, **months)) for name, one in FORMS.items() if name != kind]


@blueprint.route("/applications/<reference>/history/<int:entry_id>/remove", methods=["GET", "POST"])
def remove_history_entry(reference: str, entry_id: int) -> ResponseReturnValue:
    return remove(reference, entry_id, HistoryEntry, "candidate/remove_history_entry.html")
