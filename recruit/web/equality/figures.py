"""The counts of a year by question, answer and stage: to read, to print and as CSV, the small ones hidden in each."""

from flask import Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from recruit.applications import equality_figures
from recruit.record.tables import csv_file
from recruit.rules import limits
from recruit.rules.equality import STAGE_WORDS
from recruit.web.equality.blueprint import blueprint

FEW = f"Fewer than {limits.EQUALITY_SHOWN_FROM}"


@blueprint.get("")
def show_figures() -> ResponseReturnValue:
    """The newest year, or the one that is asked for, if something was counted in it."""
    years = equality_figures.years(g.actor)
    asked = request.args.get("year", "")
    year = next((one for one in years if str(one) == asked), years[0] if years else None)
    return render_template(
        "equality/show_figures.html",
        years=years,
        year=year,
        figures=equality_figures.figures_of(g.actor, year) if year else [],
        stages=list(STAGE_WORDS.values()),
        few=FEW,
    )


@blueprint.get("/<int:year>.csv")
def download_figures(year: int) -> ResponseReturnValue:
    """The same numbers as the page, as a file."""
    if year not in equality_figures.years(g.actor):
        abort(404)
    rows = [
        [figures.question, line.answer, *(FEW if number is None else str(number) for number in line.numbers)]
        for figures in equality_figures.figures_of(g.actor, year)
        for line in figures.lines
    ]
    named = {"Content-Disposition": f'attachment; filename="equality-{year}.csv"'}
    headings = ["Question", "Answer", *STAGE_WORDS.values()]
    return Response(csv_file(headings, rows), mimetype="text/csv", headers=named)
