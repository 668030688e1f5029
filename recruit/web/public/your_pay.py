"""What a vacancy would pay somebody: the answer of its panel, for whoever has no script."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import NotFound
from recruit.core.text import clean_line
from recruit.web import caching
from recruit.web.finding import vacancies
from recruit.web.public.blueprint import blueprint
from recruit.web.your_pay_panel import panel_markup, your_pay_panel

TYPED = 40  # characters of what was typed that come back


@blueprint.get("/jobs/<slug>/pay")
def show_your_pay(slug: str) -> ResponseReturnValue:
    """Work out pay for the point and the hours of the query; a point that is not of the range is the first."""
    page = vacancies().page(slug, clock.now())
    if not page.is_open:
        return redirect(url_for(".show_vacancy", slug=slug))
    panel = your_pay_panel(page.vacancy)
    if panel is None:
        raise NotFound("Pay cannot be worked out for this vacancy.")
    choice = panel.chosen(clean_line(request.args.get("point", "")))
    hours = clean_line(request.args["hours"])[:TYPED] if "hours" in request.args else panel.hours
    is_wrong = panel.answer(choice or panel.choices[0], hours) is None
    caching.same_for_everybody(until=page.next_boundary, is_kept=False)  # anybody can make up addresses of it
    return render_template(
        "public/show_your_pay.html",
        vacancy=page.vacancy,
        panel=panel_markup(panel, choice, hours),
        wrong=panel.hours_wrong if is_wrong else "",
        canonical="",
    )
