"""The queue in the shapes that its template prints."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import current_app, url_for
from markupsafe import Markup

from recruit.core.calendar import london_day
from recruit.review.queries import Page
from recruit.rules.interview_stages import STAGE_WORDS, InterviewStage
from recruit.rules.lifecycle import QUEUE, WAITING
from recruit.web.current import g, request
from recruit.web.quick_templates import markup_of
from recruit.web.review.asking import ANY, ME, NOBODYS, TO_DO, YES, Asked, page_carried
from recruit.web.review.due_words import DUE_CHOICES
from recruit.web.review.list_rows import rows_shown
from recruit.web.review.list_words import EMPTY, FILTER_LABELS, STATUS_WORDS

QUEUES_KEPT = 64  # pages of the queue, of about 60 kilobytes each
FILTERS_KEPT = 200  # sheets of filters, of a few kilobytes each


FilterList = tuple[str, str, tuple[tuple[str, str, bool], ...]]
"""A filter's name, its label, and its options as (value, text, chosen)."""

_USUAL = {"status": TO_DO}
_YES = {"unread": "Not read by me", "mine": "My vacancies"}


@lru_cache(maxsize=FILTERS_KEPT)
def _filters_shown(action: str, vacancy: str | None, lists: tuple[FilterList, ...]) -> Markup:
    """Return the markup of the filters.  It is made of what is given and of nothing else, so it is kept by that."""
    return markup_of("review/_filters.html", "filters", action, vacancy, lists)


def _query(filters: Mapping[str, str]) -> str:
    return f"?{urlencode(filters)}" if filters else ""


class Listing:
    """What the page of the queue shows.  Two that are made of the same are equal, and their markup is the same.

    Args:
        asked: the filters, and the kept counts of what they are of.
        page: the rows.
        endpoint: the view that shows this list, and `own` what its address holds besides the filters.
        now: this moment.
    """

    def __init__(
        self,
        asked: Asked,
        page: Page,
        endpoint: str,
        own: Mapping[str, str],
        now: datetime,
    ) -> None:
        self.asked, self.page = asked, page
        self._counts, self._shown_at = asked.choices.counts, (endpoint, tuple(own.items()))
        self._fixed = frozenset({"vacancy", "team", "mine"}) if own else frozenset()
        self._now, self._reader_id = now, g.actor.user_id
        self._place = tuple(page_carried().items())
        came = request.args
        # What was chosen to do with rows before any was ticked; `get` is slow about what is missing.
        self.do = came["do"] if "do" in came else ""  # noqa: SIM401
        self._made_of = (
            self._shown_at, self.do, self._fixed, self._place, self._reader_id, london_day(now),
            tuple(asked.carry.items()), asked.filters, tuple(asked.notes), asked.choices.made_of,
            tuple(self._counts.items()), page.previous, page.next, *page.rows,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash(self._made_of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and self._made_of == other._made_of

    @cached_property
    def _path(self) -> str:
        endpoint, own = self._shown_at
        return url_for(endpoint, **dict(own))  # type: ignore[arg-type]  # values of an address

    def shown(self) -> Markup:
        """Return the whole queue: its buttons, filters, table and pages."""
        return _queue_shown(self)

    def rows(self) -> Markup:
        """Return the rows of the table."""
        return rows_shown(self.page.rows, self._now, _query(dict(self.asked_again())), can_tick=True)

    def stats(self) -> list[dict[str, Any]]:
        """Return a button for each status.  `count` is None where the list is narrower than what is counted."""
        shown = {status.value: self._counts.get(status, 0) for status in QUEUE}
        to_do = sum(shown[status.value] for status in WAITING)
        shown = {TO_DO: to_do, **shown, ANY: sum(shown.values())}
        words = STATUS_WORDS
        chosen = self.asked.carry.get("status", _USUAL["status"])
        return [
            {
                "text": words[value],
                "count": None if self.asked.filters.is_narrower else count,
                "href": self.address(**{**self.asked.without("status", "interview"), "status": value}),
                "current": value == chosen,
            }
            for value, count in shown.items()
        ]

    def counted(self) -> str:
        """Return what the counts are of, in words."""
        return f"all applications for {self.scope_words()}"

    def scope_words(self) -> str:
        """Return the vacancy or the team that the list is of."""
        choices, carry = self.asked.choices, self.asked.carry
        if "vacancy" in carry and choices.vacancy:
            return f"{choices.vacancy.name} ({choices.vacancy.key})"
        return choices.teams[carry["team"]].name if "team" in carry else "all vacancies"

    def query(self) -> str:
        """Return the query string of the filters in use, to lead on with; may be empty."""
        return _query(self.asked.carry)

    def chips(self) -> list[dict[str, str]]:
        """Return the filters in use beside the status, each with the address without it."""
        return [
            {"text": self._words(name, value), "href": self.address(**self.asked.without(name))}
            for name, value in self.asked.carry.items()
            if name != "status" and name not in self._fixed
        ]

    def clear(self) -> str:
        """Return the address without any filter."""
        return self.address()

    def filters(self) -> Markup:
        """Return the sheet of filters."""
        vacancy = None if self._fixed else self.asked.carry.get("vacancy", "")
        return _filters_shown(self._path, vacancy, tuple(self._lists()))

    def _lists(self) -> Iterator[FilterList]:
        choices, carry = self.asked.choices, self.asked.carry
        people = [(str(key), person.name) for key, person in choices.people.items() if key != self._reader_id]
        offered = {
            "team": [("", "All teams"), *((slug, team.name) for slug, team in choices.teams.items())],
            "status": list(STATUS_WORDS.items()),
            "due": [("", "At any time"), *DUE_CHOICES.items()],
            "assigned": [("", "Anybody"), (ME, "Me"), (NOBODYS, "Nobody"), *people],
            "unread": [("", "Read and unread"), (YES, _YES["unread"])],
            "label": [("", "Any or none"), *((str(key), label.name) for key, label in choices.labels.items())],
            "mine": [("", "All vacancies"), (YES, _YES["mine"])],
            "interview": [("", "However far"), *STAGE_WORDS.items()],
        }
        for name, label in FILTER_LABELS.items():
            if name not in self._fixed and len(offered[name]) > 1:
                chosen = carry.get(name, _USUAL.get(name, ""))
                yield name, label, tuple((value, text, value == chosen) for value, text in offered[name])

    def address(self, **filters: str) -> str:
        """Return the address of this list with other filters."""
        return self._path + _query({name: value for name, value in filters.items() if name not in self._fixed})

    def asked_again(self) -> list[tuple[str, str]]:
        """Return what asks for this page again: its filters and its place."""
        return [*self.asked.carry.items(), *self._place]

    def views(self) -> list[dict[str, Any]]:
        """Return the reader's own views, the one that is shown marked."""
        shown = urlencode(self.asked.carry)
        return [
            {"text": view.name, "href": f"/review?{view.key or 'status=todo'}", "current": view.key == shown}
            for view in self.asked.choices.views
        ]

    def previous(self) -> str | None:
        """Return the address of the page before, if there is one."""
        return self.address(**self.asked.carry, before=str(self.page.previous)) if self.page.previous else None

    def next(self) -> str | None:
        """Return the address of the page after, if there is one."""
        return self.address(**self.asked.carry, after=str(self.page.next)) if self.page.next else None

    def nothing(self) -> str:
        """Return what would stand here if there were anything."""
        if self.page_is_beyond:
            return "Nothing comes after this. The applications that were here have moved on."
        if self.chips():
            return "No application matches these filters."
        where = f"for {self.scope_words()}"
        return EMPTY[TO_DO if self.asked.filters.waiting else self.asked.filters.status].format(where)

    @property
    def page_is_beyond(self) -> bool:
        """Whether this is not the first page, and there is nothing on it any more."""
        return not self.page.rows and bool(self._place)

    def ways_on(self) -> list[tuple[str, str]]:
        """Return where to go from a page with nothing on it, as (text, address)."""
        ways = []
        if self.page_is_beyond:
            ways.append(("Go to the first page", self.address(**self.asked.carry)))
        if self.chips():
            ways.append(("Clear the filters", self.clear()))
        if self.asked.carry.get("status") != ANY and any(self._counts.values()):
            wider = {**self.asked.without("due", "assigned", "unread", "label", "mine", "interview"), "status": ANY}
            ways.append((f"See all that was sent for {self.scope_words()}", self.address(**wider)))
        return ways or [("See all vacancies", url_for("public.list_vacancies"))]

    def _words(self, name: str, value: str) -> str:
        if name == "vacancy":
            return f"Vacancy {value}"
        if name == "due":
            return DUE_CHOICES[value]
        if name == "assigned":
            return f"Assigned to {self._person(value)}"
        if name == "interview":
            return STAGE_WORDS[InterviewStage(value)]
        if name == "label":
            return f"Label ‘{self.asked.choices.labels[int(value)].name}’"
        return _YES.get(name) or self.asked.choices.teams[value].name

    def _person(self, value: str) -> str:
        return {ME: "me", NOBODYS: "nobody"}.get(value) or self.asked.choices.people[int(value)].name


@lru_cache(maxsize=QUEUES_KEPT)
def _queue_shown(listing: Listing) -> Markup:
    """Return the markup of a page of the queue.  It is made of what the listing is made of, so it is kept by that."""
    return Markup(current_app.jinja_env.get_template("review/_queue.html").render(listing=listing))  # noqa: S704
