"""Writing pages: saving, publishing, withdrawing, going back to an older version."""

from datetime import date, datetime

from sqlalchemy.orm.attributes import flag_modified

from recruit.content.addresses import is_fixed
from recruit.content.models import ContentAct, ContentEvent, ContentKind, ContentPage, ContentVersion
from recruit.content.queries import Listed, find_page, last_event, last_number, version_of
from recruit.content.texts import NotFit, Text, check, says, words_of
from recruit.core.calendar import london_day, long_moment
from recruit.core.counters import renew_public_pages
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line, clean_prose
from recruit.rules.access import NOBODY, Actor, Permission, authorise
from recruit.rules.content import CONTENT_MOVES, ContentStatus
from recruit.rules.lifecycle import permit

DID = {
    ContentAct.SAVED: "saved this page",
    ContentAct.PUBLISHED: "published this page",
    ContentAct.WITHDRAWN: "withdrew this page",
    ContentAct.DELETED: "deleted the draft of this page",
}
"""What whoever changed a page last did, in words."""


def create_page(actor: Actor, kind: ContentKind, slug: str, text: Text, *, now: datetime) -> ContentPage:
    """Keep the first draft of a new page.

    Args:
        actor: somebody of HR, or an administrator.
        kind: what it is.
        slug: the last part of its address.
        text: what it says.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: the actor may not write pages.
        NotFit: a page has this address already, or the words cannot stand.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    if _is_taken(kind, slug):
        raise NotFit([("slug", "There is a page with this address already. Change it, or edit that page")])
    check(text)
    page = ContentPage(kind=kind, slug=slug, saved_at=now)
    db.session.add(page)
    _add_draft(actor, page, 1, text, now)
    return page


def save_draft(actor: Actor, listed: Listed, text: Text, *, seen_version: int, now: datetime) -> None:
    """Keep what was written as the page's draft, in place of the draft before; nothing where nothing changed.

    Raises:
        NotAllowed: the actor may not write pages.
        NotFit: the words cannot stand.
        Conflict: somebody changed the page since `seen_version`.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    page, draft = _refuse_stale(listed, seen_version)
    check(text)
    newest = draft or listed.published
    if newest is not None and says(newest) == words_of(text):
        return
    if draft is not None:
        draft.status = permit(CONTENT_MOVES, actor, draft, ContentStatus.SUPERSEDED).target
    _add_draft(actor, page, last_number(page) + 1, text, now)


def publish_page(actor: Actor, listed: Listed, *, seen_version: int, now: datetime) -> None:
    """Let the public read the page's draft, in place of what they read before.

    Raises:
        NotAllowed: the actor may not write pages.
        NotFit: the words cannot stand any more, because a claim that they cite was retired.
        Conflict: somebody changed the page since `seen_version`, or it has no draft.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    page, draft = _refuse_stale(listed, seen_version)
    if draft is None:
        raise Conflict("This page has no draft, so there is nothing to publish.")
    check(Text(draft.title, draft.summary, draft.body, draft.recording_url, draft.transcript))
    if listed.published is not None:
        listed.published.status = permit(CONTENT_MOVES, actor, listed.published, ContentStatus.SUPERSEDED).target
    draft.status = permit(CONTENT_MOVES, actor, draft, ContentStatus.PUBLISHED).target
    draft.published_at = page.changed_at = now
    _touch(page, now)
    page.published_at = page.published_at or now
    if draft.author_id is not None:
        draft.dated_on = _day_shown(page, draft, now)
    _note(actor, page, ContentAct.PUBLISHED, draft.number, "", now)
    renew_public_pages()


def withdraw_page(actor: Actor, listed: Listed, reason: str, *, seen_version: int, now: datetime) -> None:
    """Take a page from the public.  Its history stays, and an old version of it can be restored.

    Raises:
        NotAllowed: the actor may not write pages.
        Incomplete: no reason is given.
        Conflict: somebody changed the page since `seen_version`, it is not public, or others lead to it.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    page, _ = _refuse_stale(listed, seen_version)
    if listed.published is None:
        raise Conflict("This page is not public, so it cannot be withdrawn.")
    if is_fixed(page.kind, page.slug):
        raise Conflict("Other pages lead to this one, so it cannot be withdrawn. Change what it says instead.")
    reason = clean_prose(reason)
    if not reason:
        raise Incomplete("Enter why the page is withdrawn")
    listed.published.status = permit(CONTENT_MOVES, actor, listed.published, ContentStatus.WITHDRAWN).target
    page.changed_at = now
    _touch(page, now)
    _note(actor, page, ContentAct.WITHDRAWN, listed.published.number, reason, now)
    renew_public_pages()


def delete_draft(actor: Actor, listed: Listed, *, seen_version: int, now: datetime) -> None:
    """Give up a page's draft.  It stays in the history.

    Raises:
        NotAllowed: the actor may not write pages.
        Conflict: somebody changed the page since `seen_version`, or it has no draft.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    page, draft = _refuse_stale(listed, seen_version)
    if draft is None:
        raise Conflict("This page has no draft.")
    draft.status = permit(CONTENT_MOVES, actor, draft, ContentStatus.WITHDRAWN).target
    _touch(page, now)
    _note(actor, page, ContentAct.DELETED, draft.number, "", now)


def restore_version(actor: Actor, listed: Listed, number: int, *, seen_version: int, now: datetime) -> None:
    """Make an old version the page's draft, to be looked at and published.

    Raises:
        NotAllowed: the actor may not write pages.
        NotFound: the page has no such version.
        NotFit: its words cannot stand any more.
        Conflict: somebody changed the page since `seen_version`.
    """
    old = version_of(listed.page, number)
    text = Text(old.title, old.summary, old.body, old.recording_url, old.transcript, note=f"Version {number} again")
    save_draft(actor, listed, text, seen_version=seen_version, now=now)


def _refuse_stale(listed: Listed, seen_version: int) -> tuple[ContentPage, ContentVersion | None]:
    """Wait for the page's row, and refuse if it was changed since the page that showed `seen_version`."""
    page = listed.page
    db.session.refresh(page, with_for_update={"of": ContentPage})
    if page.version == seen_version:
        return page, listed.draft
    event = last_event(page)
    who = event.actor.name if event and event.actor else "Somebody"
    did = DID.get(event.act, "changed this page") if event else "changed this page"
    when = f" at {long_moment(event.at)}" if event else ""
    raise Conflict(f"{who} {did}{when}, after you opened it. Nothing of yours was saved over theirs.")


def _is_taken(kind: ContentKind, slug: str) -> bool:
    try:
        find_page(kind, slug)
    except NotFound:
        return False
    return True


def _add_draft(actor: Actor, page: ContentPage, number: int, text: Text, now: datetime) -> None:
    words = words_of(text)
    author_id = actor.user_id if actor.user_id != NOBODY else None
    note = clean_line(text.note)
    dated_on = text.dated_on or london_day(now)
    version = ContentVersion(
        page=page, number=number, status=ContentStatus.DRAFT, author_id=author_id, written_at=now, note=note,
        dated_on=dated_on, **words,
    )  # fmt: skip
    _touch(page, now)
    db.session.add(version)
    _note(actor, page, ContentAct.SAVED, number, note, now)


def _touch(page: ContentPage, now: datetime) -> None:
    """Count a change of the page, even if it is the second at one moment."""
    page.saved_at = now
    flag_modified(page, "saved_at")


def _day_shown(page: ContentPage, draft: ContentVersion, now: datetime) -> date:
    """The day that a page is shown as of: news keeps the day of its first publication, others show the change."""
    is_news = page.kind is ContentKind.NEWS and page.published_at is not None
    return london_day(page.published_at) if is_news and page.published_at else london_day(now)


def _note(actor: Actor, page: ContentPage, act: ContentAct, number: int, note: str, now: datetime) -> None:
    actor_id = actor.user_id if actor.user_id != NOBODY else None
    db.session.add(ContentEvent(page=page, actor_id=actor_id, act=act, number=number, note=note, at=now))
