"""A row of the queue, or of what was searched for, in the shape that its template prints."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from recruit.applications.promises import due_day
from recruit.core.calendar import days_between, london_day, short_date
from recruit.review.queries import QueuedApplication
from recruit.rules.interview_stages import STAGE_WORDS, InterviewStage
from recruit.rules.lifecycle import STAFF_WORDS, UNTOLD_WORDS
from recruit.web.quick_templates import markup_of
from recruit.web.review.due_words import due_words
from recruit.web.review.list_words import KINDS

ROWS_KEPT = 2_000  # rows whose markup a process keeps, of about a kilobyte each: the pages that people go back to


class Row(NamedTuple):
    """One row of the table, every word ready to be shown."""

    href: str
    reference: str
    is_read: bool
    candidate: str
    vacancy: str
    vacancy_href: str
    vacancy_reference: str
    team: str
    moment: str  # ISO 8601, for machines
    ago: str
    day: str
    status: str
    kind: str
    further: str  # what the status alone does not say: a message not released, or how far interviews are
    due: str
    due_on: str
    is_late: bool
    message_waits: bool
    assignee: str


def _row(row: QueuedApplication, today: date, filters: str) -> Row:
    """Return what the table says of an application: a function of what is given, because its markup is kept.

    Args:
        today: the day in London.
        filters: what its address carries, so that it knows the list that it was opened from.
    """
    sent_on, due_on = london_day(row.submitted_at), due_day(row.due_at)
    return Row(
        href=f"/review/applications/{row.reference}{filters}",  # written out: a call of `url_for` for each took a tenth
        reference=row.reference,
        is_read=row.is_read,
        candidate=row.candidate,
        vacancy=row.vacancy,
        vacancy_href=f"/review/vacancies/{row.vacancy_reference}",
        vacancy_reference=row.vacancy_reference,
        team=row.team,
        moment=row.submitted_at.isoformat(timespec="seconds"),
        ago=days_between(sent_on, today),
        day=short_date(sent_on),
        status=STAFF_WORDS[row.status],
        kind=KINDS[row.status],
        further=_further(row),
        due=due_words(due_on, today),
        due_on=short_date(due_on) if due_on else "",
        message_waits=row.message_waits,
        is_late=due_on is not None and due_on < today,
        assignee=row.assignee or "Nobody",
    )


def _further(row: QueuedApplication) -> str:
    if row.is_untold:
        return UNTOLD_WORDS
    return STAGE_WORDS[InterviewStage(row.stage)] if row.stage else ""


@lru_cache(maxsize=ROWS_KEPT)
def _shown(row: QueuedApplication, today: date, filters: str, can_tick: bool) -> Markup:
    """Return the markup of a row.  It is made of what is given and of nothing else, so it can be kept by that."""
    return markup_of("review/_row.html", "row", _row(row, today, filters), can_tick)


def rows_shown(rows: Iterable[QueuedApplication], now: datetime, filters: str, *, can_tick: bool = False) -> Markup:
    """Return the rows of a table.

    Args:
        filters: the query string that leads from an application back to the page that it was opened from; may be empty.
        can_tick: whether each row has a box for what is done with many at once.
    """
    today = london_day(now)
    return Markup("".join([_shown(row, today, filters, can_tick) for row in rows]))  # noqa: S704  each is markup
