"""The application: `create_app` joins everything; it is the only place that knows it all."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from werkzeug.local import LocalProxy
from werkzeug.utils import import_string

from recruit import cli, logs
from recruit.assets import Assets, BuiltFiles
from recruit.config import Environment, Settings
from recruit.core.db import db
from recruit.serving.proxies import behind_proxies
from recruit.web import (
    access_log,
    caching,
    errors,
    files,
    finding,
    form_tokens,
    guard,
    headers,
    jinja,
    open_data,
    openings,
    pdf,
    rates,
    shelf,
)
from recruit.web.account import blueprint as account
from recruit.web.admin import blueprint as admin
from recruit.web.api import blueprint as api
from recruit.web.approvals import blueprint as approvals
from recruit.web.candidate import blueprint as candidate
from recruit.web.content import blueprint as content
from recruit.web.equality import blueprint as equality
from recruit.web.interested import blueprint as interested
from recruit.web.interviewing import blueprint as interviewing
from recruit.web.interviews import blueprint as interviews
from recruit.web.known_hosts import KnownHosts
from recruit.web.ops import blueprint as ops
from recruit.web.panel import blueprint as panel
from recruit.web.public import blueprint as public
from recruit.web.quick_templates import QuickEnvironment
from recruit.web.recruiter import blueprint as recruiter
from recruit.web.review import blueprint as review
from recruit.web.safeguarding import blueprint as safeguarding
from recruit.web.sift import blueprint as sift
from recruit.wrong_settings import read_settings

ROOT = Path(__file__).resolve().parent.parent
csrf = form_tokens.FormTokens()
logger = structlog.get_logger(__name__)


class _Service(KnownHosts):
    """Flask without the search for coroutines among our functions, a dozen times for each request: there are none."""

    jinja_environment = QuickEnvironment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return `func`."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application, ready to serve.

    Args:
        settings: every setting; read from the environment when not given.

    Raises:
        WrongSettings: a setting is wrong, or a production start would be unsafe.
    """
    settings = settings or read_settings()
    if settings.recruit_env != Environment.TEST:
        logs.configure()
    if settings.is_production() and not settings.field_keys.get_secret_value():
        logger.warning("no_field_keys", why="SECRET_KEY seals what is confidential: set FIELD_KEYS, then seal again")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = _Service("recruit", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(settings.for_flask())
    app.url_map.strict_slashes = False
    app.extensions["assets"] = Assets(ROOT / "static" / "dist", "/static/")

    db.init_app(app)
    app.extensions["migrate"] = LocalProxy(cache(lambda: import_string("recruit.cli.migrations:settings")()))
    caching.init_app(app)  # before the headers, so that it comes after them: an answer is kept with all that it says
    headers.init_app(app)  # names the request first, so that all that follows is logged under it
    access_log.init_app(app)
    guard.init_app(app)  # before the tokens, so that the page about a stale form knows who reads it
    files.init_app(app)  # before the tokens, which are read from the form: it says how long a form may be
    csrf.init_app(app)
    csrf.exempt("recruit.web.public.alerts_kept.end_alert")  # a mail program presses the button: RFC 8058
    rates.init_app(app)
    open_data.init_app(app)
    errors.init_app(app)
    jinja.init_app(app)
    pdf.init_app(app)
    form_tokens.init_app(app)
    finding.init_app(app)
    shelf.init_app(app)
    openings.init_app(app)  # last, so that it comes first: what it answers in a page's place gets its headers too
    areas = (
        public,
        api,
        account,
        candidate,
        recruiter,
        review,
        approvals,
        sift,
        panel,
        interviews,
        interviewing,
        safeguarding,
        equality,
        interested,
        admin,
        content,
        ops,
    )
    for blueprint in areas:
        app.register_blueprint(blueprint)
    csrf.exempt("recruit.web.account.reminding.stop_reminders")  # its address is the proof (RFC 8058)
    cli.init_app(app)

    app.wsgi_app = BuiltFiles(  # type: ignore[method-assign]  # Flask's documented way
        app.wsgi_app, ROOT / "static" / "dist", add_headers=headers.for_static_files(settings)
    )
    app.wsgi_app = behind_proxies(app.wsgi_app, settings.trusted_proxies)  # type: ignore[assignment]  # as above
    return app
