"""All pages, and one of them with its history."""

from dataclasses import dataclass

from flask import g, render_template
from flask.typing import ResponseReturnValue

from recruit.content import queries
from recruit.content.addresses import is_fixed, path_of
from recruit.content.models import ContentAct, ContentKind, ContentPage, ContentVersion
from recruit.content.queries import Listed
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment, short_date
from recruit.rules.content import CONTENT_WORDS, ContentStatus
from recruit.vacancies import authoring_queries as vacancies
from recruit.web.content.blueprint import blueprint

KIND_WORDS = {
    ContentKind.PAGE: ("Pages", "page"),
    ContentKind.TEAM: ("Words about teams", "words about a team"),
    ContentKind.STORY: ("Stories", "story"),
    ContentKind.NEWS: ("News", "news"),
}
"""What each kind is called: the heading of its list, and one of it."""
KINDS_OF_TAG = {ContentStatus.DRAFT: "wait", ContentStatus.PUBLISHED: "good"}
ACT_WORDS = {
    ContentAct.SAVED: "Draft saved",
    ContentAct.PUBLISHED: "Published",
    ContentAct.WITHDRAWN: "Withdrawn",
    ContentAct.DELETED: "Draft deleted",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A page in the list."""

    listed: Listed
    tags: list[tuple[str, str]]
    changed: str

    @property
    def path(self) -> str:
        return path_of(self.listed.page.kind, self.listed.page.slug)


@blueprint.get("")
def list_pages() -> ResponseReturnValue:
    """Every page by its kind, and how many claims must be checked."""
    today = london_day(clock.now())
    rows: dict[ContentKind, list[Row]] = {kind: [] for kind in ContentKind}
    for listed in queries.pages_listed():
        rows[listed.page.kind].append(Row(listed, tags_of(listed), _changed(listed)))
    claims = queries.claims_listed()
    return render_template(
        "content/list_pages.html",
        groups=[(*KIND_WORDS[kind], kind, found) for kind, found in rows.items()],
        stale=queries.stale_number(claims, today),
        stale_own=queries.stale_number(claims, today, g.actor.user_id),
        has_teams=bool(vacancies.teams_with_recruiters()),
    )


@blueprint.get("/<kind>/<slug>")
def show_page(kind: str, slug: str) -> ResponseReturnValue:
    """One page: where it stands, what can be done with it, its versions and what happened to it."""
    listed = queries.find_page(kind, slug)
    versions = queries.versions_of(listed.page)
    return render_template(
        "content/show_page.html",
        listed=listed,
        page=listed.page,
        title=listed.title,
        path=path_of(listed.page.kind, listed.page.slug),
        is_fixed=is_fixed(listed.page.kind, listed.page.slug),
        tags=tags_of(listed),
        versions=[
            (version, CONTENT_WORDS[version.status], KINDS_OF_TAG.get(version.status, "plain"), author_of(version))
            for version in versions
        ],
        events=_events(listed.page),
    )


def author_of(version: ContentVersion) -> str:
    """Return who wrote a version, in words."""
    return version.author.name if version.author else "the service"


def tags_of(listed: Listed) -> list[tuple[str, str]]:
    """Return where a page stands: words and look of each tag."""
    found = []
    if listed.published is not None:
        found.append(("Published", "good"))
    if listed.draft is not None:
        found.append(("Draft", "wait"))
    return found or [("Withdrawn" if listed.page.published_at else "Deleted draft", "plain")]


def _changed(listed: Listed) -> str:
    newest = listed.draft or listed.published
    who = f", {author_of(newest)}" if newest else ""
    return f"{short_date(listed.page.saved_at)}{who}"


def _events(page: ContentPage) -> list[dict[str, str]]:
    return [
        {
            "title": f"{ACT_WORDS[event.act]}, version {event.number}",
            "when": long_moment(event.at),
            "iso": event.at.isoformat(timespec="seconds"),
            "who": event.actor.name if event.actor else "The service",
            "note": event.note,
        }
        for event in queries.events_of(page)
    ]
