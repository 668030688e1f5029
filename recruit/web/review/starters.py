"""HR's list of everybody who is to start."""

from datetime import date

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.appointments.employment_starters import Starter, starters
from recruit.core import clock
from recruit.core.calendar import london_day, short_date
from recruit.rules.employment import Check
from recruit.web.review.blueprint import blueprint


@blueprint.get("/starters")
def list_starters() -> ResponseReturnValue:
    """Whose details wait, whose came, and how far the checks are."""
    today = london_day(clock.now())
    return render_template(
        "review/list_starters.html",
        people=[_row(one, today) for one in starters(g.actor)],
        back_href=url_for(".list_applications"),
    )


def _row(one: Starter, today: date) -> dict[str, str]:
    application, (status, kind) = one.details.application, _status(one, today)
    checks = f"{one.clear} of {len(Check)} checks clear" + (f", {one.not_clear} not clear" if one.not_clear else "")
    return {
        "text": f"{application.candidate.name}, {application.reference}",
        "href": url_for(".show_employment", reference=application.reference),
        "hint": f"{application.vacancy.title}. {_details(one)} {checks}.",
        "status": status,
        "kind": kind,
    }


def _details(one: Starter) -> str:
    if one.details.is_sent and one.details.sent_at:
        return f"Details came on {short_date(one.details.sent_at)}."
    return f"Details are due by {short_date(one.details.due_on)}."


def _status(one: Starter, today: date) -> tuple[str, str]:
    """Return where it stands and how much that needs somebody."""
    if not one.details.is_sent:
        return ("Late", "bad") if one.details.due_on < today else ("Asked for", "wait")
    if one.not_clear:
        return "Not clear", "bad"
    return ("All clear", "good") if one.is_clear else ("To check", "wait")
