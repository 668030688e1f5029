"""What every Atom feed (RFC 4287) of the service is put together with."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import current_app

from recruit.core.calendar import LONDON
from recruit.web.open_data import LICENCE_NAME

ATOM = "http://www.w3.org/2005/Atom"
BEGAN = 2026  # when the identifiers were given out (RFC 4151); it never changes
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """Add an element; what XML has no way to write is left out."""
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, name, clean)
    if text:
        element.text = _NOT_XML.sub("", text)
    return element


def tag(what: str) -> str:
    """Return the identifier of `what`, which stays its own wherever the service moves."""
    host = urlsplit(current_app.config["SETTINGS"].public_url).hostname or "localhost"
    return f"tag:{host},{BEGAN}:{what}"


def written(moment: datetime) -> str:
    """Return a moment as a feed writes it."""
    return moment.astimezone(LONDON).isoformat(timespec="seconds")


def head_of(what: str, title: str, subtitle: str, changed_at: datetime, address: str, page: str) -> ElementTree.Element:
    """Return a feed without entries.

    Args:
        what: what identifies it, for `tag`.
        title: its name.
        subtitle: what it holds.
        changed_at: when it changed last.
        address: its own address, as a path.
        page: the address of the page that it follows, as a path.
    """
    settings = current_app.config["SETTINGS"]
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    add(feed, "id", tag(what))
    add(feed, "title", title)
    add(feed, "subtitle", subtitle)
    add(feed, "updated", written(changed_at))
    add(feed, "link", rel="self", type="application/atom+xml", href=settings.public_url + address)
    add(feed, "link", rel="alternate", type="text/html", href=settings.public_url + page)
    add(add(feed, "author"), "name", settings.organisation)
    add(feed, "rights", LICENCE_NAME)
    return feed
