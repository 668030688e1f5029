"""What the chair does: settles where two scorers differ, and reads the ranking."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import NotFound
from recruit.panels import moderation, reading
from recruit.panels.entry import Entry
from recruit.panels.moderation import Chaired
from recruit.panels.standings import Stage, Standing, in_sift, standings_of
from recruit.rules.access import Permission, authorise
from recruit.rules.openings import Part
from recruit.rules.sift import SCORE_WORDS
from recruit.web.openings import note_opening
from recruit.web.panel.blueprint import blueprint
from recruit.web.panel.reading import find_panel, find_reference
from recruit.web.ranking import Ranking
from recruit.web.score_forms import score_form
from recruit.web.score_saving import settle

REASON = "Why this score"


@blueprint.get("/<reference>/ranking")
def show_ranking(reference: str) -> ResponseReturnValue:
    """What is scored, with a line that can be tried."""
    panel, _sift = find_panel(reference)
    authorise(g.actor, Permission.SHEET_MODERATE, panel)
    criteria = panel.vacancy.asked
    ranking = Ranking(in_sift(panel.vacancy.id, criteria), criteria, request.args.get("line", ""))
    return render_template("panel/show_ranking.html", vacancy=panel.vacancy, ranking=ranking)


@blueprint.route("/<reference>/<application>/settle", methods=["GET", "POST"])
def settle_application(reference: str, application: str) -> ResponseReturnValue:
    """Read both scorers and settle each criterion on which they differ."""
    panel, sift = find_panel(reference)
    authorise(g.actor, Permission.SHEET_MODERATE, panel)
    standing = _standing(panel, find_reference(application))
    criteria = [line for line in panel.vacancy.asked if line.id in standing.differing]
    form = score_form(criteria, label=REASON, entries={}, version=0)

    def keep(entries: Mapping[int, Entry]) -> None:
        moderation.moderate(g.actor, panel, standing.application_id, entries, now=clock.now())

    status = settle(form, criteria, keep)
    if status is None:
        flash(f"{standing.reference} is settled.")
        return redirect(url_for(".show_panel", reference=panel.vacancy.reference))
    return _page(panel, standing, form, criteria, sift is None or sift.hides_employers), status


def _standing(panel: Chaired, reference: str) -> Standing:
    """Return an application on which both scorers are in, and differ."""
    for standing in standings_of(panel.vacancy.id, panel.vacancy.asked):
        if standing.reference == reference and standing.stage == Stage.DIFFERS:
            return standing
    raise NotFound("There is nothing to settle under that reference. It may have been settled meanwhile.")


def _page(panel: Chaired, standing: Standing, form: Any, criteria: list[Any], hides_employers: bool) -> str:
    note_opening(Part.BLIND, standing.application_id)
    others = [sheet.scorer for sheet in standing.sheets if sheet.scorer_id != g.actor.user_id]
    return render_template(
        "panel/settle_application.html",
        vacancy=panel.vacancy,
        standing=standing,
        other=others[0] if len(others) < len(standing.sheets) else None,
        criteria=criteria,
        reading=reading.reading_for_panel(standing.application_id, hides_employers),
        form=form,
        scale=SCORE_WORDS,
    )
