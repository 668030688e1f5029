"""Scoring an interview: as in the sift, each alone until everybody's scores are in; then the chair settles."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.interviews.prompting import prompts_for
from recruit.panels import moderation, reading, sheets
from recruit.panels.entry import Entry
from recruit.panels.holding import Held, chaired_interview, held_interview, relationship_for_chair
from recruit.panels.interview_sheets import sheet_of
from recruit.panels.models import ScoreSheet
from recruit.panels.moderation import Chaired
from recruit.panels.named_referees import named_referees
from recruit.panels.rounds import lines_of
from recruit.panels.standings import Line, Stage, Standing, standings_of
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, SCORE_WORDS, Round, SheetStatus
from recruit.web.autosaving import is_autosave
from recruit.web.interviewing.blueprint import blueprint
from recruit.web.interviewing.holding import declaration_page, frame, opened
from recruit.web.score_forms import ReasonForm, entries_in, score_form, show_faults
from recruit.web.score_saving import autosave, keep_scores, refused, settle

NOTE = "What they said (needed at 0 and 3)"
REASON = "Why this score"


@blueprint.get("/<int:slot_id>")
def show_interview(slot_id: int) -> ResponseReturnValue:
    """First the declaration, then the questions with scores from when it begins; once they are in, what was scored."""
    held = held_interview(g.actor, slot_id)
    sheet = sheet_of(g.actor.user_id, held)
    if sheet is None or sheet.declared_at is None or sheet.status not in LIVE:
        return declaration_page(held)
    return _page(held, sheet)


@blueprint.post("/<int:slot_id>/scores")
def score_interview(slot_id: int) -> ResponseReturnValue:
    """Keep scores to go on later, or submit them."""
    held, sheet = opened(slot_id)
    lines = _lines(held)
    form = score_form(lines, label=NOTE, entries={}, version=0)
    if is_autosave():
        return autosave(sheet, form, lines)
    if not form.validate():
        return _page(held, sheet, scores=form)
    entries, submit = entries_in(form, [line.id for line in lines]), "submit" in request.form
    if submit and (found := sheets.faults(lines, entries)):
        show_faults(form, found)
        return _page(held, sheet, scores=form)
    try:
        keep_scores(sheet, form, entries, submit=submit)
    except (Conflict, Incomplete) as refusal:
        if held.application.status != ApplicationStatus.SHORTLISTED:
            raise  # there is no form to show again: what was typed is shown by itself
        held, sheet = opened(slot_id)
        status = 409 if isinstance(refusal, Conflict) else 200
        return _page(held, sheet, status, scores=form, meanwhile=refused(sheet, form, entries, refusal))
    flash("Your scores are in." if submit else "Saved. Your scores are not in until you submit them.")
    return redirect(url_for(".show_interview", slot_id=slot_id))


@blueprint.route("/<int:slot_id>/reopen", methods=["GET", "POST"])
def reopen_scores(slot_id: int) -> ResponseReturnValue:
    """Open submitted scores again, with a reason, while not all are in."""
    held, sheet = opened(slot_id)
    form, status = ReasonForm(), 200
    if request.method == "POST" and form.validate():
        try:
            with transaction():
                sheets.reopen(g.actor, sheet, form.reason.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash("Your scores are open again. Submit them when you are done.")
            return redirect(url_for(".show_interview", slot_id=slot_id))
    return render_template(
        "interviewing/reopen_scores.html", **frame(held), form=form, back_href=_back(slot_id)
    ), status


@blueprint.route("/<int:slot_id>/settle", methods=["GET", "POST"])
def settle_interview(slot_id: int) -> ResponseReturnValue:
    """The chair reads all scores, and settles each question on which they differ."""
    held = chaired_interview(g.actor, slot_id)
    standing = _standing(held)
    if standing is None or standing.stage != Stage.DIFFERS:
        raise NotFound("There is nothing to settle in this interview. It may have been settled meanwhile.")
    lines = [line for line in _lines(held) if line.id in standing.differing]
    form = score_form(lines, label=REASON, entries={}, version=0)

    def keep(entries: Mapping[int, Entry]) -> None:
        panel, round_ = Chaired(held.application.vacancy, g.actor.user_id), _round(held)
        moderation.moderate(
            g.actor, panel, held.application.id, entries, round_=round_, lines=_lines(held), now=clock.now()
        )

    status = settle(form, lines, keep)
    if status is None:
        flash(f"The interview of {held.application.candidate.name} is settled.")
        return redirect(url_for(".list_interviews"))
    return (
        render_template(
            "interviewing/settle_interview.html",
            **frame(held),
            standing=standing,
            lines=lines,
            referees=named_referees(held.application),
            form=form,
            scale=SCORE_WORDS,
            back_href=url_for(".list_interviews"),
        ),
        status,
    )


def _page(
    held: Held,
    sheet: ScoreSheet,
    status: int = 200,
    *,
    scores: Any = None,
    meanwhile: Mapping[int, Entry] | None = None,
) -> ResponseReturnValue:
    lines, asked = _lines(held), prompts_for(held.application)
    is_in = sheet.status == SheetStatus.SUBMITTED
    can_score = not is_in and held.application.status == ApplicationStatus.SHORTLISTED
    can_score = can_score and held.slot.starts_at <= clock.now()
    entries = reading.entries_of(sheet)
    standing = _standing(held) if is_in else None
    shown = score_form(lines, label=NOTE, entries=entries, version=sheet.version) if scores is None else scores
    return (
        render_template(
            "interviewing/show_interview.html",
            **frame(held),
            lines=lines,
            scores=shown if can_score and lines else None,
            is_in=is_in,
            entries=entries,
            standing=standing if standing and standing.both_in else None,
            differs=standing is not None and standing.stage == Stage.DIFFERS,
            form=scores,
            meanwhile=meanwhile or {},
            scale=SCORE_WORDS,
            to_ask=len(asked),
            relationship=relationship_for_chair(g.actor, held),
            referees=named_referees(held.application),
            explained=sum(one.is_explained for one in asked),
            who=g.actor.user_id,
        ),
        status,
    )


def _round(held: Held) -> Round:
    return Round(held.slot.kind.value)


def _lines(held: Held) -> list[Line]:
    return list(lines_of(held.application.vacancy, _round(held)))


def _standing(held: Held) -> Standing | None:
    application = held.application
    found = standings_of(application.vacancy_id, _lines(held), round_=_round(held), application_id=application.id)
    return found[0] if found else None


def _back(slot_id: int) -> str:
    return url_for(".show_interview", slot_id=slot_id)
