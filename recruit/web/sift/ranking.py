"""The ranking, a line that is tried, and inviting whom HR ticks."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, DomainError
from recruit.core.transaction import transaction
from recruit.panels.standings import ranked, standings_of
from recruit.review import dossier, service
from recruit.review.schemes import schemes_asked
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.forms import Form
from recruit.web.ranking import Ranking
from recruit.web.sift.blueprint import blueprint
from recruit.web.sift.forms import number_in
from recruit.web.sift.panel import find_panel


@blueprint.get("/ranking")
def show_ranking(reference: str) -> ResponseReturnValue:
    """What is scored, most points first; a line in the address marks who is above it, and decides nothing."""
    panel, sift = find_panel(reference)
    ranking = Ranking(standings_of(panel.vacancy.id, panel.vacancy.asked), request.args.get("line", ""))
    opened = sift is not None and sift.opened_at is not None
    asked = schemes_asked(panel.vacancy.id)
    promised = [(row, asked[row.reference]) for row in ranking.rows if row.meets_all and row.reference in asked]
    return render_template(
        "sift/show_ranking.html", vacancy=panel.vacancy, ranking=ranking, opened=opened, promised=promised
    )


@blueprint.post("/ranking/shortlist")
def shortlist_applications(reference: str) -> ResponseReturnValue:
    """Shortlist each application that was ticked, one by one: what cannot be is told, and the rest stands."""
    panel, _ = find_panel(reference)
    if not Form().validate():
        raise Conflict("The form was open too long. Go back, reload the page and send it again.")
    known = {one.reference for one in ranked(standings_of(panel.vacancy.id, panel.vacancy.asked))}
    done, refused = [], []
    for name in dict.fromkeys(request.form.getlist("application")):
        if name not in known:
            refused.append("An application that you ticked is not in the ranking any more.")
            continue
        try:
            _shortlist(name, number_in(request.form.get(f"version-{name}")))
            done.append(name)
        except DomainError as refusal:
            refused.append(f"{name}: {refusal}")
    if done:
        flash(f"Shortlisted: {', '.join(done)}. Nobody is told until their messages are released.")
    for sentence in refused:
        flash(sentence, "notice")
    if not done and not refused:
        flash("Nobody was ticked, so nobody was shortlisted.", "notice")
    return redirect(url_for(".show_ranking", reference=panel.vacancy.reference))


def _shortlist(reference: str, seen_version: int) -> None:
    application = dossier.application_for(g.actor, reference)
    with transaction():
        service.move_application(
            g.actor,
            application,
            ApplicationStatus.SHORTLISTED,
            seen_version=seen_version,
            reason="Shortlisted from the ranking of the panel’s scores.",
            now=clock.now(),
        )
