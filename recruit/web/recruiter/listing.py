"""The recruiter's vacancies: what needs them first, and one vacancy with its history."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.queries import received_by_vacancy
from recruit.appointments.employment_standing import checks_in_words
from recruit.core import clock
from recruit.core.calendar import closing_words, days_ago, long_moment, short_date, shown_closing, time_left
from recruit.rules import limits
from recruit.rules.lifecycle import VACANCY_MOVES, WRITABLE, moves_open_to
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies.approval import IN_TALKS
from recruit.vacancies.models import Vacancy
from recruit.vacancies.pricing import older_table, on_older_tables
from recruit.vacancies.readiness import is_promise_stale
from recruit.vacancies.relisting import relisted_as
from recruit.vacancies.revisions import LIVE, is_overtaken, open_revision
from recruit.vacancies.standing import Standing, standing_of
from recruit.vacancies.steps import OVER, Step, steps_open_to
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.standing_words import WORDS
from recruit.web.vacancy_steps import links_of
from recruit.web.vacancy_thread import CommentForm, comments_shown, in_short

LAST_PAGE = 10_000
_PAGE = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Row:
    """One vacancy of the list, ready to be shown.  What was never public receives no applications: None.

    `is_stale` says that candidates read old figures about caseload and supervision.
    """

    vacancy: Vacancy
    word: str
    kind: str
    when: str
    urgent: str
    received: int | None
    is_writable: bool
    is_stale: bool


@blueprint.get("")
def list_vacancies() -> ResponseReturnValue:
    """All of their teams' vacancies, a page at a time."""
    now = clock.now()
    standing, page = _standing_asked(), _page_asked()
    numbers = queries.numbers_by_standing(g.actor, now=now)
    found = queries.vacancies_of(g.actor, now=now, standing=standing, page=page)
    received = received_by_vacancy([vacancy.id for vacancy in found])
    older = on_older_tables(found, now)
    total = numbers[standing] if standing else sum(numbers.values())
    return render_template(
        "recruiter/list_vacancies.html",
        rows=[_row(vacancy, received.get(vacancy.id, 0), now) for vacancy in found],
        older=older,
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
    """Where one vacancy stands, what can be done with it, what was said about it, what happened to it."""
    return vacancy_page(queries.vacancy_of(g.actor, reference), CommentForm())


def vacancy_page(vacancy: Vacancy, comment: CommentForm, *, status: int = 200) -> ResponseReturnValue:
    """Return the page of a vacancy, with a comment that was refused or a fresh form for one."""
    now = clock.now()
    comments, standing = queries.comments_of(vacancy), standing_of(vacancy, now)
    received = received_by_vacancy([vacancy.id])
    change = open_revision(vacancy) if vacancy.status in LIVE else None
    page = render_template(
        "recruiter/show_vacancy.html",
        vacancy=vacancy,
        row=_row(vacancy, received.get(vacancy.id, 0), now),
        standing=standing,
        older_table=older_table(vacancy, now) if vacancy.published_at is None else "",
        steps=links_of(vacancy, lambda step: url_for(".steer_vacancy", reference=vacancy.reference, step=step)),
        can_take_back=Step.TAKE_BACK in steps_open_to(g.actor, vacancy, now),
        can_change=vacancy.status in LIVE,
        change=change,
        is_overtaken=change is not None and is_overtaken(change),
        has_closed=vacancy.has_closed(now),
        checks=checks_in_words(vacancy.id) if vacancy.has_closed(now) else "",
        can_relist=vacancy.published_at is not None and standing in OVER,
        relisted_as=relisted_as(vacancy) if vacancy.published_at is not None else [],
        moves={move.target.value for move in moves_open_to(VACANCY_MOVES, g.actor, vacancy)},
        sent=_sent(vacancy),
        comments=comments_shown(comments),
        form=comment if vacancy.status in IN_TALKS or comment.form_errors else None,
        opens=long_moment(vacancy.opens_at) if vacancy.opens_at else "",
        closes=closing_words(vacancy.closes_at) if vacancy.closes_at else "",
        events=in_short(queries.events_of(vacancy)),
    )
    return page, status


def _row(vacancy: Vacancy, received: int, now: datetime) -> Row:
    standing = standing_of(vacancy, now)
    word, kind = WORDS[standing]
    is_writable = vacancy.status in WRITABLE
    left = time_left(vacancy.closes_at, now) if standing is Standing.OPEN and vacancy.closes_at else None
    urgent = left.capitalize() if left else ""
    shown = received if vacancy.published_at else None
    is_stale = vacancy.status in LIVE and not vacancy.has_closed(now) and is_promise_stale(vacancy, now)
    return Row(vacancy, word, kind, _when(vacancy, standing, now), urgent, shown, is_writable, is_stale)


def _sent(vacancy: Vacancy) -> str:
    """Return since when it waits and who sent it; "" for what was never sent."""
    if vacancy.sent_at is None:
        return ""
    who = f", sent by {vacancy.sent_by.name}" if vacancy.sent_by else ""
    return f"{long_moment(vacancy.sent_at)}{who}"


def _when(vacancy: Vacancy, standing: Standing, now: datetime) -> str:
    """Return the day that matters now."""
    if standing is Standing.DRAFT:
        return f"Started {days_ago(vacancy.created_at, now)}"
    if vacancy.sent_at and standing in (Standing.AWAITING_APPROVAL, Standing.CHANGES_REQUESTED):
        return f"Sent {days_ago(vacancy.sent_at, now)}"
    if standing is Standing.SCHEDULED and vacancy.opens_at:
        return f"Opens {short_date(vacancy.opens_at)}"
    if vacancy.filled is not None:
        return f"{vacancy.filled} of {vacancy.posts} filled"
    if vacancy.closes_at and standing in (Standing.OPEN, Standing.PAUSED, Standing.CLOSED):
        verb = "Closed" if standing is Standing.CLOSED else "Was to close" if vacancy.has_closed(now) else "Closes"
        return f"{verb} {short_date(shown_closing(vacancy.closes_at))}"
    return ""


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
