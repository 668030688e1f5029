"""The addresses that search engines are to know (sitemaps.org), with the day on which each changed last."""

from collections.abc import Iterator
from datetime import date, datetime
from xml.sax.saxutils import escape

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from recruit.content.addresses import path_of
from recruit.content.models import ContentKind
from recruit.core import clock
from recruit.core.calendar import LONDON
from recruit.rules import limits
from recruit.vacancies.changes import last_changes
from recruit.web import caching
from recruit.web.finding import finder
from recruit.web.public.blueprint import blueprint
from recruit.web.public.content import content_page
from recruit.web.shelf import shelf

START = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
LEGAL = ("accessibility-statement", "privacy", "cookies")
"""Pages of words that come with the service, by their address and file."""
UNDATED = ("/teams", "/welcome-payment", "/pay-points", "/news")
"""Pages of which no record says when they changed."""


@blueprint.get("/sitemap.xml")
def show_sitemap() -> ResponseReturnValue:
    """List every page that can be found: the open vacancies, not the closed ones."""
    now = clock.now()
    index = finder().index(now)
    changes = last_changes(now)
    rows = index.live_rows(now)[: limits.SITEMAP_VACANCIES]
    newest = max(changes.values(), default=None)
    caching.same_for_everybody(until=index.next_boundary(now))
    base = current_app.config["SETTINGS"].public_url

    def lines() -> Iterator[str]:
        yield _line(f"{base}/", newest)
        yield _line(f"{base}/jobs", newest)
        for path in UNDATED:
            yield _line(base + path, None)
        for name in LEGAL:
            yield _line(f"{base}/{name}", content_page(name).as_of)
        yield from _pages(base)
        for team in index.teams:
            yield _line(f"{base}/teams/{team.slug}", None)
        for row in rows:
            yield _line(f"{base}/jobs/{row.slug}", changes.get(row.id, row.opens_at))

    return Response(START + "".join(lines()) + "</urlset>\n", content_type="application/xml; charset=utf-8")


def _pages(base: str) -> Iterator[str]:
    """What staff have published, with when it changed; the words about a team stand on the team's page."""
    held = shelf()
    if held.of_kind(ContentKind.STORY):
        yield _line(f"{base}/stories", None)
    for words in held.pages.values():
        path = path_of(words.kind, words.slug)
        if words.kind is not ContentKind.TEAM and path not in UNDATED:
            yield _line(base + path, words.changed_at or words.dated_on)


def _line(address: str, changed: date | datetime | None) -> str:
    if isinstance(changed, datetime):
        written = changed.astimezone(LONDON).isoformat(timespec="seconds")
    else:
        written = changed.isoformat() if changed else ""
    lastmod = f"<lastmod>{written}</lastmod>" if written else ""
    return f"<url><loc>{escape(address)}</loc>{lastmod}</url>\n"
