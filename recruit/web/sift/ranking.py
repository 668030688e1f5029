"""The ranking, a line that is tried, and shortlisting whom HR ticks."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from recruit.core import clock
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.panels.shortlisting import Ticked, shortlist
from recruit.panels.standings import in_sift
from recruit.review.schemes import schemes_asked
from recruit.rules import limits
from recruit.web.forms import Form
from recruit.web.ranking import Ranking
from recruit.web.row_values import row_values
from recruit.web.sift.blueprint import blueprint
from recruit.web.sift.panel import find_panel

NONE_TICKED = "Tick the applications that you want to shortlist"


@blueprint.route("/ranking", methods=["GET", "POST"])
def show_ranking(reference: str) -> ResponseReturnValue:
    """What is scored, most points first; a line marks who is above it, and HR shortlists whom they tick."""
    return _shortlist(reference) if request.method == "POST" else _page(reference)


def _shortlist(reference: str) -> ResponseReturnValue:
    """Shortlist who was ticked; say of each row that was left why."""
    panel, _ = find_panel(reference)
    form, ticked = Form(), _ticked(request.form.getlist("ticked"))
    if not form.validate():
        return _page(reference, form=form)
    if not ticked:
        form.form_errors.append(NONE_TICKED)
        return _page(reference, form=form)
    try:
        with transaction():
            results = shortlist(g.actor, panel.vacancy, ticked, now=clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return _page(reference, 409, form=form)
    done = [row.reference for row in results if not row.refusal]
    if done:
        ready = Markup('<a class="govuk-notification-banner__link" href="/review/ready">release their messages</a>')
        flash(Markup("{} shortlisted: {}. Nobody is told until you {}.").format(len(done), ", ".join(done), ready))
    if len(done) == len(results):
        line = request.args.get("line") or None
        return redirect(url_for(".show_ranking", reference=panel.vacancy.reference, line=line))
    form.form_errors.extend(f"{row.reference}: {row.refusal}" for row in results if row.refusal)
    return _page(reference, 409, form=form)


def _ticked(values: list[str]) -> list[Ticked]:
    """Return what was ticked, each as "reference:version"."""
    return [Ticked(found, version) for found, (version,) in row_values(values[: limits.BULK_APPLICATIONS], numbers=1)]


def _page(reference: str, status: int = 200, *, form: Form | None = None) -> ResponseReturnValue:
    panel, sift = find_panel(reference)
    vacancy = panel.vacancy
    standings = in_sift(vacancy.id, vacancy.asked)
    ranking = Ranking(standings, vacancy.asked, request.args.get("line", ""), schemes_asked(vacancy.id))
    opened = sift is not None and sift.opened_at is not None
    return render_template("sift/show_ranking.html", vacancy=vacancy, ranking=ranking, opened=opened, form=form), status
