"""The list of vacancies, and a vacancy."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import NotFound
from recruit.rules import limits
from recruit.vacancies.finder_query import Query
from recruit.web import caching, rates
from recruit.web.files import GONE
from recruit.web.finding import finder, vacancies
from recruit.web.public.blueprint import blueprint
from recruit.web.public.cards import cards_of
from recruit.web.public.choices import choices_of
from recruit.web.public.found_cards import found_cards
from recruit.web.public.job_posting import job_posting
from recruit.web.public.keeping import keep_as_is
from recruit.web.public.listing import Listing
from recruit.web.public.search_address import ALERT, FEED, address_of, feed_address_of, read_address
from recruit.web.vacancy_documents import documents_shown, vacancy_document


@blueprint.get("/jobs")
def list_vacancies() -> ResponseReturnValue:
    """Show the open vacancies that match, a page at a time.  Only searches are limited."""
    if request.args:
        rates.count_search()
    now = clock.now()
    index = finder().index(now)
    asked = read_address(request.args, [grade.code for grade in index.grades], [team.slug for team in index.teams])
    result = index.search(asked.query, now, limits.VACANCIES_A_PAGE)
    notes = asked.notes
    if result.page < asked.query.page:
        notes = (*notes, f"There is no page {asked.query.page}, so this is the last one.")
    feed = feed_address_of(asked.query)
    address = request.full_path.rstrip("?")
    if not notes and address == address_of(asked.query):  # anything else has an address of its own for ever
        caching.same_for_everybody(until=result.next_boundary)
    return render_template(
        "public/list_vacancies.html",
        query=asked.query,
        result=result,
        listing=Listing(asked.query, result, choices_of(index.grades, index.teams)),
        cards=found_cards(index.rows(result.ids), asked.query.words, index, now),
        total=_total(asked.query, result.total),
        first=(result.page - 1) * limits.VACANCIES_A_PAGE + 1,
        feed=feed,
        alert=ALERT + feed[len(FEED) :],
        canonical=current_app.config["SETTINGS"].public_url + address_of(asked.query),
        meant=_as_links([index.did_you_mean(asked.query, now)], asked.query) if not result.total else [],
        fewer=_as_links(index.fewer_words(asked.query, now), asked.query) if not result.total else [],
        live_total=index.live(now).bit_count(),
        notes=notes,
    )


def _as_links(others: Iterable[tuple[str, int]], query: Query) -> list[tuple[str, int, str]]:
    """Return other words for `query`, how many each finds and its address; without those that find nothing."""
    return [(words, found, address_of(replace(query, words=words, page=1))) for words, found in others if found]


def _total(query: Query, total: int) -> str:
    found = "1 vacancy" if total == 1 else f"{total:,} vacancies"
    return f"{found} found" if query.is_narrowed else f"{found} open now"


@blueprint.get("/jobs/<slug>")
def show_vacancy(slug: str) -> ResponseReturnValue:
    """Show a vacancy that is or was open; of one that ended long ago, what is open instead."""
    now = clock.now()
    page = vacancies().page(slug, now)
    if page.is_gone:
        others = cards_of(page.similar(finder().index(now)), now)
        team = page.vacancy.team
        return render_template("errors/vacancy_gone.html", similar=others, team=team, canonical=""), 410
    index = finder().index(now)
    keep_as_is(min(page.next_boundary, index.next_boundary(now)))
    return render_template(
        "public/show_vacancy.html",
        page=page,
        vacancy=page.vacancy,
        similar=cards_of(page.similar(index), now),
        now=now,
        heading=3,
        job_posting=job_posting(page) if page.is_open else "",
        documents=documents_shown(page.vacancy.documents, lambda key: f"/jobs/{slug}/documents/{key}"),
    )


@blueprint.get("/jobs/<slug>/documents/<key>")
def open_document(slug: str, key: str) -> Response:
    """A file of a vacancy, for as long as its page can be read."""
    page = vacancies().page(slug, clock.now())
    if page.is_gone or page.cancelled_at:
        raise NotFound(GONE)
    return vacancy_document(page.vacancy, key)
