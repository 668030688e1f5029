"""The queue: over all vacancies, and of one."""

from datetime import datetime

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from recruit.applications.queries import counts_by_status
from recruit.applications.service import hear_by_day
from recruit.core import clock
from recruit.core.calendar import closing_words, long_date, long_moment
from recruit.core.errors import NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.review.choices import vacancy_for_review
from recruit.review.filters import Place
from recruit.review.queries import queue_page
from recruit.vacancies.models import CriterionKind, Vacancy
from recruit.web.review.asking import Asked, asked, carried
from recruit.web.review.blueprint import blueprint
from recruit.web.review.listing import Listing


@blueprint.get("")
def list_applications() -> ResponseReturnValue:
    """Every application that was sent, oldest first, narrowed down by the address."""
    listing = _listing(asked(), "review.list_applications", {}, clock.now())
    to_approve = listing.asked.choices.to_approve
    return render_template("review/list_applications.html", listing=listing, to_approve=to_approve)


@blueprint.get("/vacancies/<reference>")
def show_vacancy(reference: str) -> ResponseReturnValue:
    """The queue of one vacancy, with its key dates and what it asks for."""
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound("There is no published vacancy with that reference.")
    vacancy, now = vacancy_for_review(found), clock.now()
    listing = _listing(
        asked({**carried(), "vacancy": found, "team": ""}), "review.show_vacancy", {"reference": vacancy.reference}, now
    )
    return render_template(
        "review/show_vacancy.html",
        listing=listing,
        vacancy=vacancy,
        dates=_key_dates(vacancy),
        criteria=_criteria(vacancy),
    )


def _key_dates(vacancy: Vacancy) -> list[dict[str, str]]:
    """Return what candidates were promised, as rows."""
    closes_at, opens_at = vacancy.closes_at, vacancy.opens_at
    rows = [
        ("Opened", long_moment(opens_at) if opens_at else ""),
        ("Closes", closing_words(closes_at) if closes_at else ""),
        ("Candidates hear by", long_date(hear_by_day(closes_at, closes_at)) if closes_at else ""),
        ("Interviews", long_date(vacancy.interview_on) if vacancy.interview_on else "To be agreed"),
        ("Posts", str(vacancy.posts)),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def _criteria(vacancy: Vacancy) -> list[tuple[str, list[str]]]:
    """Return the person specification under its two headings."""
    headings = {CriterionKind.ESSENTIAL: "Essential", CriterionKind.DESIRABLE: "Desirable"}
    return [
        (heading, [line.text for line in vacancy.criteria if line.kind == kind]) for kind, heading in headings.items()
    ]


def _listing(question: Asked, endpoint: str, own: dict[str, str], now: datetime) -> Listing:
    page = queue_page(
        g.actor,
        question.filters,
        now=now,
        after=Place.parse(request.args.get("after", "")),
        before=Place.parse(request.args.get("before", "")),
    )
    return Listing(question, page, counts_by_status(question.filters.scope), endpoint, own, now)
