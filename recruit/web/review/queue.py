"""The queue: over all vacancies, and of one."""

from datetime import datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.promises import hear_by_day
from recruit.core.calendar import closing_words, long_date, long_moment
from recruit.core.errors import NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.core.targets import targets
from recruit.review.choices import vacancy_for_review
from recruit.rules.access import Role
from recruit.rules.lifecycle import VACANCY_MOVES, VacancyStatus, moves_open_to
from recruit.vacancies.authoring_queries import events_of
from recruit.vacancies.models import CriterionKind, Vacancy
from recruit.vacancies.standing import standing_of
from recruit.vacancies.steps import Step, steps_open_to
from recruit.web.ahead import asks_ahead
from recruit.web.current import g, request
from recruit.web.kept_pages import kept_page
from recruit.web.review.asking import ME, TO_DO, YES, asked_with_page, asking_ahead, filters_carried
from recruit.web.review.blueprint import blueprint
from recruit.web.review.listing import Listing
from recruit.web.standing_words import WORDS
from recruit.web.vacancy_steps import links_of
from recruit.web.vacancy_thread import in_short

ALL_TO_DO = f"status={TO_DO}"
"""What asks for the usual list, also where somebody opens the queue with a view of their own."""

MY_VACANCIES = f"/review?mine={YES}&status={TO_DO}"
"""What candidates wait for at the vacancies that name the reader as contact, or of which they have an application."""

MINE = f"/review?assigned={ME}&status={TO_DO}"
"""One person's work: what they have taken on and candidates wait for."""


@blueprint.get("")
def list_applications() -> ResponseReturnValue:
    """Every application that was sent, the first due on top, narrowed down by the address."""
    question, page_found, now = asked_with_page()
    if not request.query_string and question.choices.first_view is not None:
        return redirect(f"/review?{question.choices.first_view or ALL_TO_DO}")
    listing = Listing(question, page_found(), "review.list_applications", {}, now)
    is_mine, of_mine = listing.asked.carry.get("assigned") == ME, "mine" in listing.asked.carry
    choices = question.choices
    to_approve, untold, undelivered = choices.to_approve, choices.untold, choices.undelivered
    return kept_page(
        "review/list_applications.html",
        (listing, to_approve, untold, undelivered),
        lambda: {
            "listing": listing,
            "to_approve": to_approve,
            "untold": untold,
            "undelivered": undelivered,
            "is_mine": is_mine,
            "of_mine": of_mine,
            "sub_navigation": [
                {"text": "The whole service", "href": f"/review?{ALL_TO_DO}", "current": not (is_mine or of_mine)},
                {"text": "Your work", "href": MINE, "current": is_mine},
                {"text": "Your vacancies", "href": MY_VACANCIES, "current": of_mine and not is_mine},
                {"text": "Decisions ready to send", "href": "/review/ready", "current": False},
                {"text": "Messages that did not arrive", "href": "/review/messages", "current": False},
            ],
        },
    )


asks_ahead(blueprint, "list_applications", Role.HR, asking_ahead)


@blueprint.get("/vacancies/<reference>")
def show_vacancy(reference: str) -> ResponseReturnValue:
    """The queue of one vacancy, with its key dates and what it asks for."""
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound("There is no published vacancy with that reference.")
    vacancy = vacancy_for_review(found)
    question, page_found, now = asked_with_page({**filters_carried(), "vacancy": found, "team": ""})
    listing = Listing(question, page_found(), "review.show_vacancy", {"reference": vacancy.reference}, now)
    return render_template(
        "review/show_vacancy.html",
        listing=listing,
        vacancy=vacancy,
        dates=_key_dates(vacancy, now),
        criteria=_criteria(vacancy),
        steps=links_of(
            vacancy, lambda step: url_for("approvals.steer_vacancy", reference=vacancy.reference, step=step)
        ),
        can_cancel=any(row.target is VacancyStatus.CANCELLED for row in moves_open_to(VACANCY_MOVES, g.actor, vacancy)),
        can_take_back=Step.TAKE_BACK in steps_open_to(g.actor, vacancy, now),
        happened=in_short(events_of(vacancy)),
    )


def _key_dates(vacancy: Vacancy, now: datetime) -> list[dict[str, str]]:
    """Return where it stands and what candidates were promised, as rows."""
    closes_at, opens_at = vacancy.closes_at, vacancy.opens_at
    rows = [
        ("Status", WORDS[standing_of(vacancy, now)][0]),
        ("Opened", long_moment(opens_at) if opens_at else ""),
        ("Closes", closing_words(closes_at) if closes_at else ""),
        _promise(vacancy),
        ("Interviews", long_date(vacancy.interview_on) if vacancy.interview_on else "To be agreed"),
        ("Posts to fill", str(vacancy.posts)),
        *([("Posts filled", str(vacancy.filled))] if vacancy.filled is not None else []),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def _promise(vacancy: Vacancy) -> tuple[str, str]:
    """Return what candidates were told about when they hear."""
    if vacancy.is_rolling:
        return "Candidates hear within", f"{targets().shortlist} working days: read as they arrive"
    closes_at = vacancy.closes_at
    return "Candidates hear by", long_date(hear_by_day(closes_at, closes_at)) if closes_at else ""


def _criteria(vacancy: Vacancy) -> list[tuple[str, list[str]]]:
    """Return the person specification under its two headings."""
    headings = {CriterionKind.ESSENTIAL: "Essential", CriterionKind.DESIRABLE: "Desirable"}
    return [
        (heading, [line.text for line in vacancy.criteria if line.kind == kind]) for kind, heading in headings.items()
    ]
