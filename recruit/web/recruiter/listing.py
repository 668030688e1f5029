"""The recruiter's vacancies: what needs them first, and one vacancy with its history."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.queries import received_by_vacancy
from recruit.core import clock
from recruit.core.calendar import closing_words, days_ago, long_moment, short_date, shown_closing, time_left
from recruit.rules import limits
from recruit.rules.lifecycle import VACANCY_MOVES, VacancyStatus, moves_open_to
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies.models import Vacancy, VacancyEvent
from recruit.vacancies.standing import Standing, standing_of
from recruit.web.recruiter.blueprint import blueprint

WORDS = {
    Standing.DRAFT: ("Draft", "wait"),
    Standing.OPEN: ("Open", "good"),
    Standing.SCHEDULED: ("Scheduled", "accent"),
    Standing.CLOSED: ("Closed", "plain"),
    Standing.CANCELLED: ("Cancelled", "plain"),
}
"""Each standing in a word, and the kind of its tag."""

LAST_PAGE = 10_000
_PAGE = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Row:
    """One vacancy of the list, ready to be shown.  A draft receives no applications: None."""

    vacancy: Vacancy
    word: str
    kind: str
    when: str
    urgent: str
    received: int | None
    is_draft: bool


@blueprint.get("")
def list_vacancies() -> ResponseReturnValue:
    """All of their teams' vacancies, a page at a time."""
    now = clock.now()
    standing, page = _standing_asked(), _page_asked()
    numbers = queries.numbers_by_standing(g.actor, now=now)
    found = queries.vacancies_of(g.actor, now=now, standing=standing, page=page)
    received = received_by_vacancy([vacancy.id for vacancy in found])
    total = numbers[standing] if standing else sum(numbers.values())
    return render_template(
        "recruiter/list_vacancies.html",
        rows=[_row(vacancy, received.get(vacancy.id, 0), now) for vacancy in found],
        stats=_stats(numbers, standing),
        standing=standing,
        standing_word=WORDS[standing][0] if standing else "",
        has_any=any(numbers.values()),
        has_team=bool(g.actor.team_ids),
        previous=_address(standing, page - 1) if page > 1 else None,
        next=_address(standing, page + 1) if page * limits.VACANCIES_A_PAGE < total else None,
    )


@blueprint.get("/vacancies/<reference>")
def show_vacancy(reference: str) -> ResponseReturnValue:
    """Where one vacancy stands, what can be done with it, what happened to it."""
    vacancy = queries.vacancy_of(g.actor, reference)
    now = clock.now()
    received = received_by_vacancy([vacancy.id])
    return render_template(
        "recruiter/show_vacancy.html",
        vacancy=vacancy,
        row=_row(vacancy, received.get(vacancy.id, 0), now),
        standing=standing_of(vacancy, now),
        moves={move.target.value for move in moves_open_to(VACANCY_MOVES, g.actor, vacancy)},
        opens=long_moment(vacancy.opens_at) if vacancy.opens_at else "",
        closes=closing_words(vacancy.closes_at) if vacancy.closes_at else "",
        events=[_event(event) for event in queries.events_of(vacancy)],
    )


def _row(vacancy: Vacancy, received: int, now: datetime) -> Row:
    standing = standing_of(vacancy, now)
    word, kind = WORDS[standing]
    is_draft = standing is Standing.DRAFT
    left = time_left(vacancy.closes_at, now) if standing is Standing.OPEN and vacancy.closes_at else None
    urgent = left.capitalize() if left else ""
    return Row(vacancy, word, kind, _when(vacancy, standing, now), urgent, None if is_draft else received, is_draft)


def _when(vacancy: Vacancy, standing: Standing, now: datetime) -> str:
    """Return the day that matters now."""
    if standing is Standing.DRAFT:
        return f"Started {days_ago(vacancy.created_at, now)}"
    if standing is Standing.SCHEDULED and vacancy.opens_at:
        return f"Opens {short_date(vacancy.opens_at)}"
    if vacancy.closes_at and standing in (Standing.OPEN, Standing.CLOSED):
        verb = "Closes" if standing is Standing.OPEN else "Closed"
        return f"{verb} {short_date(shown_closing(vacancy.closes_at))}"
    return ""


def _event(event: VacancyEvent) -> dict[str, Any]:
    moved = {VacancyStatus.PUBLISHED: "Published", VacancyStatus.CANCELLED: "Cancelled"}
    title = moved[VacancyStatus(event.target)] if event.source != event.target else event.reason or "Changed"
    return {
        "title": title,
        "when": long_moment(event.at),
        "iso": event.at.isoformat(timespec="seconds"),
        "who": event.actor.name if event.actor else "the system",
        "note": event.reason if event.source != event.target else "",
    }


def _stats(numbers: Mapping[Standing, int], current: Standing | None) -> list[dict[str, Any]]:
    everything = {"text": "All", "count": sum(numbers.values()), "href": _address(None), "current": not current}
    parts = [
        {"text": WORDS[standing][0], "count": number, "href": _address(standing), "current": standing is current}
        for standing, number in numbers.items()
    ]
    return [everything, *parts]


def _address(standing: Standing | None, page: int = 1) -> str:
    return url_for(".list_vacancies", status=standing.value if standing else None, page=page if page > 1 else None)


def _standing_asked() -> Standing | None:
    asked = request.args.get("status", "")
    return Standing(asked) if asked in list(Standing) else None


def _page_asked() -> int:
    asked = request.args.get("page", "")
    return min(max(int(asked), 1), LAST_PAGE) if _PAGE.fullmatch(asked) else 1
