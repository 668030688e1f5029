"""What each point of the pay spine pays, for people who read "points 24 to 33" and wonder."""

import re
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import NotFound
from recruit.pay.queries import pay_table_in_force, pay_table_of
from recruit.web.pay_points import point_rows
from recruit.web.public.blueprint import blueprint
from recruit.web.public.keeping import keep_as_is

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@blueprint.get("/pay-points")
def show_pay_points() -> ResponseReturnValue:
    """Show the pay table in force."""
    table = pay_table_in_force(london_day(clock.now()))
    keep_as_is()
    return render_template("public/show_pay_points.html", table=table, rows=point_rows(table), is_current=True)


@blueprint.get("/pay-points/<day>")
def show_pay_points_of(day: str) -> ResponseReturnValue:
    """Show the pay table that took effect on `day`, which vacancies of that time keep."""
    today = london_day(clock.now())
    asked = _read_day(day)
    table = pay_table_of(asked) if asked and asked <= today else None
    if table is None:
        raise NotFound("There is no pay table at this address.")
    keep_as_is()
    is_current = table == pay_table_in_force(today)
    return render_template("public/show_pay_points.html", table=table, rows=point_rows(table), is_current=is_current)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
