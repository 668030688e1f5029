"""What every template may use."""

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import quote

from flask import Flask, has_request_context
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from werkzeug.routing import BuildError

from recruit.core import calendar, clock, money
from recruit.rules import limits
from recruit.rules.access import Role, can
from recruit.web import markdown
from recruit.web.current import g, request
from recruit.web.navigation import Item, navigation_for

SHELLS = 256  # kept for each width and navigation; there are a few for each role


class Shell(NamedTuple):
    """What stands round a page, as markup."""

    links: Markup
    masthead: Markup
    menu: Markup
    footer: Markup


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
        span=calendar.span_words,
        days_ago=lambda moment: calendar.days_ago(moment, clock.now()),
    )
    app.jinja_env.globals.update(pounds_range=money.pounds_range, Role=Role, limits=limits)
    app.jinja_env.make_globals = _plain_globals(app.jinja_env)  # type: ignore[assignment,method-assign]
    settings = app.config["SETTINGS"]
    site = SimpleNamespace(
        name=settings.service_name,
        organisation=settings.organisation,
        place=settings.place,
        public_url=settings.public_url,
        is_demo=settings.recruit_env == "demo",
    )
    asset = app.extensions["assets"].url

    @lru_cache(maxsize=SHELLS)
    def shell(width: str, navigation: tuple[Item, ...]) -> Shell:
        macros: Any = app.jinja_env.get_template("layouts/shell.html").make_module({"site": site, "asset": asset})
        return Shell(macros.links(), macros.masthead(width), macros.menu(navigation), macros.footer(width))

    @app.context_processor
    def page() -> dict[str, Any]:
        actor = g.get("actor")
        return {
            "asset": asset,
            "site": site,
            "signed_in": bool(actor and actor.is_signed_in),
            "signed_in_name": actor.name if actor else "",
            "navigation": _navigation(),
            "canonical": _canonical(settings.public_url),
            "shell": shell,
            "may": lambda permission, thing=None: can(g.actor, permission, thing),
        }


Globals = MutableMapping[str, Any]


def _plain_globals(environment: Environment) -> Callable[[Globals | None], Globals]:
    """Return what gives a template its globals: those of all templates as they are, where it has none of its own.

    Jinja lays a `ChainMap` over them for each template, and goes through all of it, in Python, for each page and each
    import: a twentieth of the time of a page.
    """
    layered = environment.make_globals

    def make(own: Globals | None) -> Globals:
        return layered(own) if own else environment.globals

    return make


def _canonical(public_url: str) -> str:
    """Return the one address of a public page, without any query; "" for pages that are not everybody's.

    A view whose query string makes another page gives another.
    """
    if not has_request_context() or request.blueprint != "public":
        return ""
    return public_url + (quote(request.path).rstrip("/") or "/")


def _navigation() -> tuple[Item, ...]:
    try:
        return navigation_for(g.get("actor"), request.endpoint or "")
    except (BuildError, RuntimeError):  # an error page made outside a request
        return ()
