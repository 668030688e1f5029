"""Loading the words that come with the service into a database, as often as anybody likes.

What staff have written is never touched: a page or a claim that somebody changed here stays as it is.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.content.claims import ClaimText, add_claim
from recruit.content.models import Claim, ContentPage
from recruit.content.queries import Listed, find_page
from recruit.content.service import create_page, publish_page, save_draft
from recruit.content.shelf import Fact, Words
from recruit.content.shipped import shipped_facts, shipped_pages
from recruit.content.texts import Text, says, words_of
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.rules.access import SYSTEM, Actor


class Loaded(StrEnum):
    """What loading did with a page or a claim."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "the same as before"
    LEFT = "left as staff wrote it"


def load_shipped(owner: User, *, now: datetime) -> dict[str, list[Loaded]]:
    """Load the claims and pages that come with the service, and publish the pages.

    Args:
        owner: who is told when a claim must be checked.
        now: the moment, aware, UTC.

    Raises:
        NotFit: `owner` is nobody who may edit pages.
    """
    claims = load_claims(SYSTEM, shipped_facts().values(), owner, now=now)
    db.session.flush()  # pages cite them
    return {"claims": claims, "pages": [load_page(SYSTEM, words, now=now) for words in shipped_pages().values()]}


def load_claims(actor: Actor, facts: Iterable[Fact], owner: User, *, now: datetime) -> list[Loaded]:
    """Add those of `facts` that there is no claim of the same name for."""
    there = set(db.session.scalars(select(Claim.slug)))
    done = []
    for fact in facts:
        if fact.slug not in there:
            text = ClaimText(
                fact.text, fact.source_name, fact.source_url, fact.as_of_on, fact.stale_after_days, fact.when_stale,
                owner.id,
            )  # fmt: skip
            add_claim(actor, fact.slug, text, now=now, checked_on=fact.checked_on)
        done.append(Loaded.SAME if fact.slug in there else Loaded.NEW)
    return done


def load_page(actor: Actor, words: Words, *, now: datetime) -> Loaded:
    """Publish `words` on their page, unless staff have changed it."""
    text = Text(words.title, words.summary, words.body, words.recording_url, words.transcript, dated_on=words.dated_on)
    try:
        listed = find_page(words.kind, words.slug)
    except NotFound:
        page = create_page(actor, words.kind, words.slug, text, now=now)
        _publish(actor, page, now)
        return Loaded.NEW
    if listed.draft is not None or listed.published is None or listed.published.author_id is not None:
        return Loaded.LEFT
    if says(listed.published) == words_of(text):
        return Loaded.SAME
    save_draft(actor, listed, text, seen_version=listed.page.version, now=now)
    _publish(actor, listed.page, now)
    return Loaded.CHANGED


def _publish(actor: Actor, page: ContentPage, now: datetime) -> None:
    db.session.flush()  # its draft is to be found
    listed: Listed = find_page(page.kind, page.slug)
    publish_page(actor, listed, seen_version=page.version, now=now)
    db.session.flush()  # the next page may take its place
