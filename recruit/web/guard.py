"""Who is asking, and which area they may enter.

`g.actor` is the one who asks.  The cookie carries a random token; the session it opens is a row of the database, so it
can be ended there.  The cookie's own signature carries when it was last used: that is the idle limit.
"""

import math
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit import logs
from recruit.accounts.models import User
from recruit.accounts.sessions import is_idle
from recruit.core import clock
from recruit.core.db import db
from recruit.rules.access import Actor, Role
from recruit.vacancies import queries as vacancies
from recruit.web.ahead import forget_ahead, recognised
from recruit.web.current import current_g, g, request, session
from recruit.web.typed import typed_text

TOKEN, SEEN_AT = "token", "seen_at"
SIGNED_OUT = "Signed-Out"  # the header that tells a script this answer from a refusal: what it sends can be tried again
AREAS: set[str] = set()
"""The blueprints whose forms only somebody who is signed in sends."""
SEEN_EVERY = 60  # seconds between two cookies that say when it was last used; the shortest idle limit is two hours


def init_app(app: Flask) -> None:
    """Ask before each request who it comes from."""
    app.before_request(_recognise)


def _recognise() -> None:
    own = current_g()
    own.actor = Actor()
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return
    now, seen_at = clock.now(), session.get(SEEN_AT)
    unused_for = now.timestamp() - seen_at if isinstance(seen_at, int) else math.inf
    actor = recognised(token, unused_for, now=now)
    if actor is None or is_idle(actor, unused_for):
        session.clear()
        forget_ahead()
        return
    if Role.RECRUITER in actor.roles:
        actor = replace(actor, team_ids=vacancies.team_ids_of(actor.user_id))
    own.actor = actor
    if unused_for >= SEEN_EVERY:
        session[SEEN_AT] = int(now.timestamp())
    logs.name_lines(**logs.ids_named(), user_id=actor.user_id)


def account() -> User:
    """Return the account of whoever is signed in: for the few pages that need more of it than `g.actor`."""
    return db.session.get_one(User, g.actor.user_id)


def remember(token: str) -> None:
    """Give the browser its new session, and nothing of the one before (a planted cookie is worth nothing)."""
    session.clear()
    session.permanent = True
    session[TOKEN], session[SEEN_AT] = token, int(clock.now().timestamp())


def current_token() -> str:
    """Return the token of this browser's session; empty when nobody is signed in."""
    token = session.get(TOKEN, "")
    return token if isinstance(token, str) else ""


def forget() -> None:
    """Take everything out of the browser's cookie."""
    session.clear()


def require(blueprint: Blueprint, *roles: Role) -> None:
    """Let only holders of one of `roles` into `blueprint`.  tests/architecture checks that no blueprint forgets."""
    AREAS.add(blueprint.name)
    allowed = frozenset(roles)

    @blueprint.before_request
    def check() -> ResponseReturnValue | None:
        actor = g.actor
        if not actor.is_signed_in:
            return ask_to_sign_in()
        return abort(403) if allowed.isdisjoint(actor.roles) else None


def ask_to_sign_in() -> ResponseReturnValue:
    """Answer somebody who is not signed in, or not any more: with the sign-in page, which leads back here.

    What was typed into a form is shown, so that it can be copied; it is not kept.
    """
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    sign_in, typed = url_for("account.sign_in", next=page_above()), typed_text()
    if typed:
        return render_template("errors/signed_out.html", typed=typed, sign_in_href=sign_in), 403, {SIGNED_OUT: "yes"}
    flash("You were signed out. Sign in, then do this again.", "notice")
    return redirect(sign_in)


def page_above() -> str | None:
    """Return the page that this address is, or else belongs to, with what it asks for; None where that is the first."""
    path = request.path
    while path.strip("/"):
        if _is_page(path):
            return f"{path}?{request.query_string.decode(errors='replace')}".rstrip("?")
        path = path.rpartition("/")[0]
    return None


def _is_page(path: str) -> bool:
    """Say whether `path`, as a route sees it, can be opened by a link: signing out, for one, is a button's alone."""
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(path, method="GET")


def safe_next(address: str | None) -> str | None:
    """Return `address` if it is a page of this service, else None: a link must not lead people elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or len(address) > 1000:
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "\\" in address or any(ord(letter) < 32 for letter in address):
        return None
    return address if _is_page(unquote(parts.path)) else None
