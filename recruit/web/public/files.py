"""Small files that programs ask for."""

from datetime import UTC, datetime, time, timedelta

from flask import Response, current_app, redirect
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.web.public.blueprint import blueprint
from recruit.web.public.keeping import keep_as_is

SECURITY_CONTACT_HOLDS = timedelta(days=180)  # RFC 9116 advises less than a year
PRIVATE = ("/account", "/admin", "/alerts/", "/applications", "/recruiter", "/register", "/review", "/sign-in")


@blueprint.get("/robots.txt")
def show_robots() -> ResponseReturnValue:
    """Keep search engines out of where they would find nothing."""
    keep_as_is()
    sitemap = f"Sitemap: {current_app.config['SETTINGS'].public_url}/sitemap.xml"
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), "", sitemap, ""]
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/.well-known/security.txt")
def show_security_contact() -> ResponseReturnValue:
    """Say where to report a weakness (RFC 9116)."""
    settings = current_app.config["SETTINGS"]
    midnight = datetime.combine(clock.now().date(), time(0), UTC)
    expires = (midnight + SECURITY_CONTACT_HOLDS).strftime("%Y-%m-%dT%H:%M:%SZ")
    keep_as_is()
    lines = [
        f"Contact: mailto:{settings.contact_email}",
        f"Expires: {expires}",
        "Preferred-Languages: en",
        f"Canonical: {settings.public_url}/.well-known/security.txt",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/favicon.ico")
def show_icon() -> ResponseReturnValue:
    """Lead browsers that ask unprompted to the mark."""
    return redirect(current_app.extensions["assets"].url("mark.svg"), 301)
