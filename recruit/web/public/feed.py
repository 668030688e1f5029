"""The open vacancies as an Atom feed (RFC 4287)."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import LONDON, london_day, london_moment
from recruit.rules import limits
from recruit.vacancies.changes import last_changes, list_changed_at
from recruit.vacancies.finder_query import Query, Sort
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.presentation import CONTRACT_WORDS, Card, card
from recruit.web import caching, rates
from recruit.web.finding import finder
from recruit.web.open_data import LICENCE_NAME
from recruit.web.public.blueprint import blueprint
from recruit.web.public.search_address import PATH, address_of, feed_address_of, read_address
from recruit.web.store import Store

ATOM = "http://www.w3.org/2005/Atom"
BEGAN = 2026  # when the identifiers were given out (RFC 4151); it never changes
END = b"</feed>"
KEPT = 2_048  # entries kept by one process, about a kilobyte each
_kept: Store[int, tuple[tuple[VacancyRow, datetime, str], bytes]] = Store(KEPT)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.get("/jobs.atom")
def show_feed() -> ResponseReturnValue:
    """Show the newest open vacancies to feed readers, with the filters of the list."""
    if request.args:
        rates.count_search()
    now = clock.now()
    index = finder().index(now)
    asked = read_address(request.args, [grade.code for grade in index.grades], [team.slug for team in index.teams])
    query = Query(asked.query.words, asked.query.chosen, Sort.NEWEST)
    result = index.search(query, now, limits.FEED_VACANCIES)
    rows = index.rows(result.ids)
    address = feed_address_of(asked.query)
    caching.same_for_everybody(until=result.next_boundary, is_kept=request.full_path.rstrip("?") == address)
    today = london_moment(london_day(now), time(0)).astimezone(UTC)
    changed_at = _changed_at(rows, list_changed_at(now)) or today
    body = feed_of(rows, last_changes(now, result.ids), changed_at, address, address_of(query))
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    # What no record dates, like another name of a team, is seen on the next day by those who go by the date alone.
    response.last_modified = max(changed_at, today)
    return response


def feed_of(
    rows: Sequence[VacancyRow], changes: Mapping[int, datetime], changed_at: datetime, address: str, page: str
) -> bytes:
    """Return the feed.

    Args:
        rows: the vacancies, newest first.
        changes: when each changed last.
        changed_at: when the feed did.
        address: its own address, as a path.
        page: the address of the list that it follows, as a path.
    """
    settings = current_app.config["SETTINGS"]
    host = urlsplit(settings.public_url).hostname or "localhost"
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _add(feed, "id", f"tag:{host},{BEGAN}:vacancies{page.removeprefix(PATH)}")
    _add(feed, "title", settings.service_name)
    _add(feed, "subtitle", f"Open vacancies at {settings.organisation}, newest first")
    _add(feed, "updated", _written(changed_at))
    _add(feed, "link", rel="self", type="application/atom+xml", href=settings.public_url + address)
    _add(feed, "link", rel="alternate", type="text/html", href=settings.public_url + page)
    _add(_add(feed, "author"), "name", settings.organisation)
    _add(feed, "rights", LICENCE_NAME)
    around: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    entries = [_entry_of(row, changes.get(row.id, row.opens_at), settings.public_url, host) for row in rows]
    return b"".join([around.removesuffix(END), *entries, END])


def _entry_of(row: VacancyRow, changed_at: datetime, public_url: str, host: str) -> bytes:
    """The entry of `row`: what is kept under its number, if that was made of the very same."""
    made_of = row, changed_at, public_url
    kept = _kept.get(row.id)
    if kept is None or kept[0] != made_of:
        entry: bytes = ElementTree.tostring(_entry(row, changed_at, public_url, host))
        kept = made_of, entry
        _kept.keep(row.id, kept)
    return kept[1]


def _entry(row: VacancyRow, changed_at: datetime, public_url: str, host: str) -> ElementTree.Element:
    one = card(row)
    entry = ElementTree.Element("entry")
    _add(entry, "id", f"tag:{host},{BEGAN}:vacancy/{row.reference}")
    _add(entry, "title", row.title)
    _add(entry, "published", _written(row.opens_at))
    _add(entry, "updated", _written(changed_at))
    _add(entry, "link", rel="alternate", type="text/html", href=public_url + one.href)
    _add(entry, "category", term=row.grade.code, label=row.grade.title)
    _add(entry, "summary", summary_of(row, one), type="text")
    return entry


def summary_of(row: VacancyRow, one: Card) -> str:
    """Return what the list says of a vacancy in one paragraph: pay, hours, where, until when."""
    welcome = f" Plus a {one.welcome_payment} welcome payment: conditions apply." if one.welcome_payment else ""
    return (
        f"{one.pay} {one.pay_basis}.{welcome} {one.hours}. {CONTRACT_WORDS[row.contract]}."
        f" {one.team}, {one.place}. Closes {one.closes}."
    )


def _changed_at(rows: Sequence[VacancyRow], changed_at: datetime | None) -> datetime | None:
    """When the feed changed last, in whole seconds: somebody changed a vacancy, or one opened or closed."""
    moments = [changed_at, *(row.opens_at for row in rows[:1])]
    return max((moment.replace(microsecond=0) for moment in moments if moment), default=None)


def _written(moment: datetime) -> str:
    return moment.astimezone(LONDON).isoformat(timespec="seconds")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """Add an element; what XML has no way to write is left out."""
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, name, clean)
    if text:
        element.text = _NOT_XML.sub("", text)
    return element
