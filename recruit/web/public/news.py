"""News: a list, each piece, and a feed of them."""

from datetime import UTC, datetime, time
from xml.etree import ElementTree

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from recruit.content.addresses import path_of
from recruit.content.models import ContentKind
from recruit.content.shelf import Words
from recruit.core import clock
from recruit.core.calendar import london_day, london_moment
from recruit.core.errors import NotFound
from recruit.rules import limits
from recruit.web import caching
from recruit.web.public.atom import CONTENT_TYPE, add, head_of, tag, written
from recruit.web.public.blueprint import blueprint
from recruit.web.public.content import NOT_FOUND, answer
from recruit.web.public.keeping import keep_as_is
from recruit.web.shelf import shelf

PATH, FEED_PATH = "/news", "/news.atom"
HIGHEST_PAGE = limits.CONTENT_PAGES // limits.NEWS_A_PAGE


@blueprint.get(PATH)
def list_news() -> ResponseReturnValue:
    """Show what is new, the newest first."""
    news = shelf().of_kind(ContentKind.NEWS)
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    start = (number - 1) * limits.NEWS_A_PAGE
    if number < 1 or number > HIGHEST_PAGE or (number > 1 and start >= len(news)):
        raise NotFound(NOT_FOUND)
    keep_as_is()
    return render_template(
        "public/list_news.html",
        news=news[start : start + limits.NEWS_A_PAGE],
        previous=_page_address(number - 1) if number > 1 else None,
        next=_page_address(number + 1) if start + limits.NEWS_A_PAGE < len(news) else None,
    )


@blueprint.get(f"{PATH}/<slug>")
def show_news(slug: str) -> ResponseReturnValue:
    """Show one piece of news."""
    return answer("public/show_news.html", ContentKind.NEWS, slug)


@blueprint.get(FEED_PATH)
def show_news_feed() -> ResponseReturnValue:
    """Show the newest pieces of news to feed readers."""
    settings = current_app.config["SETTINGS"]
    news = shelf().of_kind(ContentKind.NEWS)[: limits.NEWS_IN_FEED]
    today = london_moment(london_day(clock.now()), time(0)).astimezone(UTC)
    changed_at = max((_changed(words) for words in news), default=today)
    subtitle = f"News of recruitment at {settings.organisation}, newest first"
    feed = head_of("news", f"{settings.service_name}: news", subtitle, changed_at, FEED_PATH, PATH)
    for words in news:
        _add_entry(feed, words, settings.public_url)
    caching.same_for_everybody(is_kept=not request.query_string)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type=CONTENT_TYPE)


def _page_address(number: int) -> str:
    return PATH if number == 1 else f"{PATH}?page={number}"


def _add_entry(feed: ElementTree.Element, words: Words, public_url: str) -> None:
    entry = add(feed, "entry")
    add(entry, "id", tag(f"news/{words.slug}"))
    add(entry, "title", words.title)
    add(entry, "published", written(words.published_at or _changed(words)))
    add(entry, "updated", written(_changed(words)))
    add(entry, "link", rel="alternate", type="text/html", href=public_url + path_of(words.kind, words.slug))
    add(entry, "summary", words.summary, type="text")


def _changed(words: Words) -> datetime:
    return words.changed_at or london_moment(words.dated_on, time(0)).astimezone(UTC)
