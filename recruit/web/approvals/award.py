"""A pay award, applied by HR to the live vacancies that it chooses."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import vacancy_award
from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.vacancies import awards
from recruit.web.approvals.blueprint import blueprint
from recruit.web.forms import Form
from recruit.web.told import told_words


class AwardForm(Form):
    """The vacancies are check boxes of the page, each with its mark."""


@blueprint.route("/pay-award", methods=["GET", "POST"])
def apply_pay_award() -> ResponseReturnValue:
    """Show old and new pay of the live vacancies on an older pay table, and put those chosen on the one in force."""
    form, status = AwardForm(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                done, told = vacancy_award.apply_award(g.actor, request.form.getlist("vacancy"), now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            what = "1 vacancy" if len(done) == 1 else f"{len(done)} vacancies"
            flash(f"Award applied to {what}.{told_words(told)}")
            return redirect(url_for(".apply_pay_award"))
    now = clock.now()
    table = awards.award_in_force(now)
    points = {point.point: point.annual_pence for point in table.points} if table else {}
    rows = awards.raises(table.effective_on, points, now=now) if table else []
    page = render_template(
        "approvals/apply_pay_award.html", form=form, table=table, rows=rows, ticked=_ticked([row.mark for row in rows])
    )
    return page, status


def _ticked(marks: list[str]) -> frozenset[str]:
    """Return what is chosen: what was sent, if the form comes back; else all, or none where the address says so."""
    if request.method == "POST":
        return frozenset(request.form.getlist("vacancy"))
    return frozenset() if request.args.get("choose") == "none" else frozenset(marks)
