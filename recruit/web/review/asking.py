"""What an address asks of the queue.  Nothing in it is an error: what means nothing is left out, and HR is told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from recruit.core import clock
from recruit.core.found import Query, found, rows_found
from recruit.core.references import normalise_vacancy_reference
from recruit.core.remembered import Remembered
from recruit.core.text import clean_line
from recruit.review.choices import Choices, choices_query
from recruit.review.filters import Filters, Place
from recruit.review.queries import Page, page_query
from recruit.rules import limits
from recruit.rules.access import NOBODY, Actor
from recruit.rules.interview_stages import InterviewStage
from recruit.rules.lifecycle import QUEUE, ApplicationStatus
from recruit.web.ahead import Ahead, asked_ahead
from recruit.web.current import current_request, g

NAMES = ("vacancy", "team", "status", "due", "assigned", "unread", "label", "mine", "interview")
PLACES = ("after", "before")
"""What an address says of the page of the list, beside the filters."""

ANY, ME, NOBODYS, TO_DO, YES = "any", "me", "nobody", "todo", "yes"
KEPT = 80  # characters of one value that are read; a team's slug is the longest


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for.

    Args:
        filters: as the queue's queries take them.
        choices: what there is to choose from.
        carry: the same filters as an address writes them.
        notes: sentences about what was ignored.
    """

    filters: Filters
    choices: Choices
    carry: Mapping[str, str]
    notes: Sequence[str] = ()

    def without(self, *names: str) -> dict[str, str]:
        """Return the address without some of its filters."""
        return {name: value for name, value in self.carry.items() if name not in names}


def carried() -> dict[str, str]:
    """Return the filters and the page of this request's address as they came, to be handed on by links and forms."""
    return _came((*NAMES, *PLACES))


def filters_carried() -> dict[str, str]:
    """Return the filters of this request's address as they came."""
    return _came(NAMES)


def page_carried() -> dict[str, str]:
    """Return the page of the list that this request's address leads back to; nothing for the first."""
    return _came(PLACES)


def _came(names: Iterable[str]) -> dict[str, str]:
    asked = current_request()
    if not asked.query_string:
        return {}
    came = asked.args
    values = {name: clean_line(came[name][: KEPT * 2])[:KEPT] for name in names if name in came}
    return {name: value for name, value in values.items() if value}


def asked(carry: Mapping[str, str] | None = None) -> Asked:
    """Return what this request's address asks for, in one statement.

    Args:
        carry: the filters, where they are not the address's own.
    """
    came = _filters_of(carry)
    return _understood(came, found(_choices_query(g.actor, came)))


class Asking(NamedTuple):
    """What an address asks, before the database has said what it means.

    Args:
        came: the filters as they came.
        actor: who asks.
        now: this moment.
        presumed: what they meant the last time, if that is known.
        page_of: makes the query for the page, of what they mean.
    """

    came: Mapping[str, str]
    actor: Actor
    now: datetime
    presumed: Filters | None
    page_of: Callable[[Filters], Query[Page]]

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this from what anybody else asks, or with other filters."""
        return (self.actor.user_id, *self.came.items())

    def queries(self) -> Sequence[Query[Any]]:
        """Return what is to be asked: what there is to choose from, and the page where there may be one."""
        choices = _choices_query(self.actor, self.came)
        return [choices] if self.presumed is None else [choices, self.page_of(self.presumed)]


def asking_ahead(actor: Actor, now: datetime) -> Ahead:
    """Return what the queue's page will ask (see `web.ahead`)."""
    asking = _asking(actor, now, filters_carried())
    return Ahead(asking, asking.queries())


def asked_with_page(carry: Mapping[str, str] | None = None) -> tuple[Asked, Callable[[], Page], datetime]:
    """Return what this request's address asks for, what gives the page of the queue that it is, and this moment.

    What a filter means is for the database to say, but most mean what they did before: so the page is asked for in the
    same turn, and again where they do not.  Where no page was given before, none is asked for until it is wanted: an
    address that leads elsewhere needs none.

    Args:
        carry: as for `asked`.
    """
    ahead = asked_ahead()
    if ahead is None:
        asking = _asking(g.actor, clock.now(), _filters_of(carry))
        queries = asking.queries()
        rows = rows_found(queries)
    else:
        asking, queries, rows = ahead.asking, ahead.queries, ahead.found
    choices, *pages = [query.make(its) for query, its in zip(queries, rows, strict=True)]
    question = _understood(asking.came, choices)

    def page_found() -> Page:
        _PRESUMED.note(asking.key, question.filters)
        is_the_same = bool(pages) and question.filters == asking.presumed
        page: Page = pages[0] if is_the_same else found(asking.page_of(question.filters))
        return page

    return question, page_found, asking.now


def _asking(actor: Actor, now: datetime, came: Mapping[str, str]) -> Asking:
    place = page_carried()
    after, before = (Place.parse(place.get(name, "")) for name in PLACES)
    page_of = partial(page_query, actor, now=now, after=after, before=before)
    return Asking(came, actor, now, _PRESUMED.get((actor.user_id, *came.items())), page_of)


_PRESUMED: Remembered[tuple[object, ...], Filters] = Remembered(512)
"""What the filters of an address meant the last time, by who asked and what they are."""


def _filters_of(carry: Mapping[str, str] | None) -> dict[str, str]:
    return filters_carried() if carry is None else {name: value for name, value in carry.items() if value}


def _choices_query(actor: Actor, came: Mapping[str, str]) -> Query[Choices]:
    reference = normalise_vacancy_reference(came.get("vacancy", ""))
    return choices_query(actor, reference, came.get("team", ""))


def _understood(came: Mapping[str, str], choices: Choices) -> Asked:
    return _meaning(tuple(came.items()), choices, g.actor.user_id)


@lru_cache(maxsize=256)
def _meaning(came: tuple[tuple[str, str], ...], choices: Choices, reader_id: int) -> Asked:
    """Return what filters mean, of what there is to choose from: the same for the same."""
    kept: dict[str, str] = {}
    notes: list[str] = []
    for name, value in came:
        meant = _meant(name, value, choices)
        if meant is None:
            notes.append(_IGNORED[name].format(value[:40]))
        elif meant:
            kept[name] = meant
    if "interview" in kept:
        kept["status"] = ApplicationStatus.SHORTLISTED.value
    if "vacancy" in kept and "team" in kept:
        del kept["team"]
        notes.append("A vacancy has one team, so the team is not used as a filter.")
    return Asked(_filters(kept, choices, reader_id), choices, kept, notes)


_IGNORED = {
    "vacancy": "There is no published vacancy ‘{}’, so applications for all vacancies are shown.",
    "team": "There is no team ‘{}’, so all teams are shown.",
    "status": "There is no status ‘{}’, so what is next to do is shown.",
    "due": "We cannot filter by ‘{}’ working days, so applications are shown whenever they are due.",
    "assigned": "There is nobody ‘{}’ in HR, so it does not matter here who has an application.",
    "label": "There is no label ‘{}’ that is in use, so it does not matter here what labels are on an application.",
    "mine": "We do not know ‘{}’ for your vacancies, so applications for all of them are shown.",
    "interview": "We do not know ‘{}’ for interviews, so it does not matter here how far they are.",
    "unread": "We do not know ‘{}’ for unread, so read ones are shown too.",
}


def _meant(name: str, value: str, choices: Choices) -> str | None:
    """Return how an address writes what `value` means; "" for what is usual anyway, None for nonsense."""
    if name == "vacancy":
        return choices.vacancy.key if choices.vacancy else None
    if name == "team":
        return value if value in choices.teams else None
    if name == "label":
        return value if _number(value) in choices.labels else None
    if name == "assigned":
        return value if value in (ME, NOBODYS) or _number(value) in choices.people else None
    if name == "status":
        return value if value in _STATUSES else None  # said even where it is usual: a view of one's own may open first
    usual, known = _SIMPLE[name]
    return "" if value == usual else value if value in known else None


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < MOST_DIGITS else None


MOST_DIGITS = 19  # of a number that the database can hold
_STATUSES = frozenset({ANY, TO_DO, *(status.value for status in QUEUE)})
_SIMPLE = {
    "due": ("any", frozenset(str(days) for days in limits.QUEUE_DUE)),
    "unread": ("no", frozenset({YES})),
    "mine": ("no", frozenset({YES})),
    "interview": ("any", frozenset(stage.value for stage in InterviewStage)),
}


def _filters(kept: Mapping[str, str], choices: Choices, reader_id: int) -> Filters:
    status = kept.get("status", TO_DO)
    return Filters(
        vacancy_id=choices.vacancy.id if "vacancy" in kept and choices.vacancy else None,
        team_id=choices.teams[kept["team"]].id if "team" in kept else None,
        status=None if status in (ANY, TO_DO) else ApplicationStatus(status),
        waiting=status == TO_DO,
        due_within=int(kept["due"]) if "due" in kept else None,
        assigned_to=_person(kept.get("assigned"), reader_id),
        unread="unread" in kept,
        label_id=int(kept["label"]) if "label" in kept else None,
        is_mine="mine" in kept,
        interview=InterviewStage(kept["interview"]) if "interview" in kept else None,
    )


def _person(value: str | None, reader_id: int) -> int | None:
    if value is None:
        return None
    return {ME: reader_id, NOBODYS: NOBODY}.get(value) if value in (ME, NOBODYS) else int(value)
