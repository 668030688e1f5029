"""How published vacancies ended, and why, in numbers."""

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.outcomes import WORDS
from recruit.vacancies.approval_queries import ends_counted
from recruit.web.approvals.blueprint import blueprint

COLUMNS = (VacancyStatus.UNFILLED, VacancyStatus.PART_FILLED, VacancyStatus.CANCELLED)
UNKNOWN = "No reason was recorded"


@blueprint.get("/ends")
def list_ends() -> ResponseReturnValue:
    """How many vacancies ended without all of their posts filled, by the main reason; and how many were filled."""
    counted = ends_counted()
    rows = []
    for reason in (*WORDS, None):
        numbers = [counted.get((status, reason), 0) for status in COLUMNS]
        if any(numbers):
            rows.append([WORDS[reason] if reason else UNKNOWN, *numbers])
    totals = [sum(number for (ended, _), number in counted.items() if ended is status) for status in COLUMNS]
    filled = counted.get((VacancyStatus.FILLED, None), 0)
    return render_template("approvals/list_ends.html", rows=rows, totals=totals, filled=filled)
