"""Who opens applications: each person's number by day, to be looked at by people.  Nothing here judges."""

from datetime import date, timedelta
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts.queries import name_of
from recruit.core import clock
from recruit.core.calendar import clock_time, london_day, long_date
from recruit.core.errors import NotFound
from recruit.record.readers import openings_by, readers_on
from recruit.web.admin.blueprint import blueprint
from recruit.web.openings import list_of_openings, page_asked

FIRST = date(2026, 11, 1)
"""No opening is older."""


@blueprint.get("/openings")
def list_readers() -> ResponseReturnValue:
    """How much each person opened on a day."""
    day = _day()
    rows = [
        {
            "who": one.who,
            "href": url_for(".list_openings", user_id=one.user_id, day=day.isoformat()),
            "times": f"{one.times:,}",
            "applications": f"{one.applications:,}",
            "when": _from_to(clock_time(one.first), clock_time(one.last)),
        }
        for one in readers_on(g.actor, day)
    ]
    return render_template("admin/list_readers.html", rows=rows, **_days(day))


@blueprint.get("/openings/<int:user_id>")
def list_openings(user_id: int) -> ResponseReturnValue:
    """What one person opened on a day, each time, the newest first."""
    day, name = _day(), name_of(user_id)
    if name is None:
        raise NotFound("There is no account of that number.")
    found = openings_by(g.actor, user_id, day, before=page_asked())
    return render_template(
        "admin/list_openings.html",
        name=name,
        **list_of_openings(found, user_id=user_id, day=day.isoformat()),
        **_days(day, user_id=user_id),
        back_href=url_for(".list_readers", day=day.isoformat()),
    )


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _day() -> date:
    """Return the day that an address asks for; today for one that is none, or that has not come."""
    today = london_day(clock.now())
    try:
        asked = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today
    return asked if FIRST <= asked <= today else today


def _days(day: date, **address: Any) -> dict[str, Any]:
    """Return a day in words, and the ways to the one before and after."""

    def way(to: date) -> str | None:
        is_there = FIRST <= to <= london_day(clock.now())
        return url_for(request.endpoint or "", **address, day=to.isoformat()) if is_there else None

    one = timedelta(days=1)
    return {"day_words": long_date(day), "day_before": way(day - one), "day_after": way(day + one)}
