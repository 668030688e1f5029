"""The open vacancies as an Atom feed (RFC 4287)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from xml.etree import ElementTree

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import london_day, london_moment
from recruit.rules import limits
from recruit.vacancies.changes import last_changes, list_changed_at
from recruit.vacancies.finder_query import Query, Sort
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.presentation import CONTRACT_WORDS, Card, card
from recruit.web import caching, rates
from recruit.web.finding import finder
from recruit.web.public.atom import CONTENT_TYPE, add, head_of, tag, written
from recruit.web.public.blueprint import blueprint
from recruit.web.public.search_address import PATH, address_of, feed_address_of, read_address
from recruit.web.store import Store

END = b"</feed>"
KEPT = 2_048  # entries kept by one process, about a kilobyte each
_kept: Store[int, tuple[tuple[VacancyRow, datetime, str], bytes]] = Store(KEPT)


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
    response = Response(body, content_type=CONTENT_TYPE)
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
    subtitle = f"Open vacancies at {settings.organisation}, newest first"
    what = f"vacancies{page.removeprefix(PATH)}"
    feed = head_of(what, settings.service_name, subtitle, changed_at, address, page)
    around: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    entries = [_entry_of(row, changes.get(row.id, row.opens_at), settings.public_url) for row in rows]
    return b"".join([around.removesuffix(END), *entries, END])


def _entry_of(row: VacancyRow, changed_at: datetime, public_url: str) -> bytes:
    """The entry of `row`: what is kept under its number, if that was made of the very same."""
    made_of = row, changed_at, public_url
    kept = _kept.get(row.id)
    if kept is None or kept[0] != made_of:
        entry: bytes = ElementTree.tostring(_entry(row, changed_at, public_url))
        kept = made_of, entry
        _kept.keep(row.id, kept)
    return kept[1]


def _entry(row: VacancyRow, changed_at: datetime, public_url: str) -> ElementTree.Element:
    one = card(row)
    entry = ElementTree.Element("entry")
    add(entry, "id", tag(f"vacancy/{row.reference}"))
    add(entry, "title", row.title)
    add(entry, "published", written(row.opens_at))
    add(entry, "updated", written(changed_at))
    add(entry, "link", rel="alternate", type="text/html", href=public_url + one.href)
    add(entry, "category", term=row.grade.code, label=row.grade.title)
    add(entry, "summary", summary_of(row, one), type="text")
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
