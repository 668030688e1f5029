"""What every template may use."""

from typing import Any

from flask import Flask, current_app, g, request
from jinja2 import StrictUndefined
from werkzeug.routing import BuildError

from recruit.core import calendar, clock, money
from recruit.rules import limits
from recruit.rules.access import Role, can
from recruit.web import markdown
from recruit.web.navigation import navigation_for


def init_app(app: Flask) -> None:
    """Make a misspelt name fail, and give templates the words for money, dates and rights, and the rules' numbers."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.filters.update(
        pounds=money.pounds,
        long_moment=calendar.long_moment,
        long_date=calendar.long_date,
        short_date=calendar.short_date,
        markdown=markdown.render,
        days_ago=lambda moment: calendar.days_ago(moment, clock.now()),
    )
    app.jinja_env.globals.update(pounds_range=money.pounds_range, Role=Role, limits=limits)
    settings = app.config["SETTINGS"]
    site = {
        "name": settings.service_name,
        "organisation": settings.organisation,
        "place": settings.place,
        "public_url": settings.public_url,
        "is_demo": settings.recruit_env == "demo",
    }

    @app.context_processor
    def page() -> dict[str, Any]:
        actor = g.get("actor")
        return {
            "asset": current_app.extensions["assets"].url,
            "site": site,
            "signed_in": bool(actor and actor.is_signed_in),
            "signed_in_name": actor.name if actor else "",
            "navigation": _navigation(),
            "may": lambda permission, thing=None: can(g.actor, permission, thing),
        }


def _navigation() -> list[dict[str, Any]]:
    try:
        return navigation_for(g.get("actor"), request.endpoint or "")
    except (BuildError, RuntimeError):  # an error page made outside a request
        return []
