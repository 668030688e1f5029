"""Pages and claims for tests."""

from datetime import date, datetime, timedelta
from typing import Any

from recruit.accounts.models import User
from recruit.content import claims, service
from recruit.content.claims import ClaimText
from recruit.content.models import Claim, ContentKind, WhenStale
from recruit.content.queries import Listed, find_page
from recruit.content.texts import Text
from recruit.core import clock
from recruit.core.transaction import transaction


def a_text(**given: Any) -> Text:
    return Text(**{"title": "Open evening", "summary": "Come and ask.", "body": "We are **there**.", **given})


def draft(
    author: User, kind: ContentKind = ContentKind.NEWS, slug: str = "open-evening", *, now: datetime | None = None,
    **given: Any,
) -> Listed:  # fmt: skip
    """Make a page that has a draft."""
    with transaction():
        service.create_page(author.as_actor(), kind, slug, a_text(**given), now=now or clock.now())
    return find_page(kind, slug)


def publish(author: User, listed: Listed, *, now: datetime | None = None) -> Listed:
    with transaction():
        service.publish_page(author.as_actor(), listed, seen_version=listed.page.version, now=now or clock.now())
    return find_page(listed.page.kind, listed.page.slug)


def published(author: User, kind: ContentKind = ContentKind.NEWS, slug: str = "open-evening", **given: Any) -> Listed:
    """Make a page that the public can read."""
    now = given.pop("now", None)
    return publish(author, draft(author, kind, slug, now=now, **given), now=now)


def save(author: User, listed: Listed, *, seen: int | None = None, **given: Any) -> Listed:
    version = listed.page.version if seen is None else seen
    with transaction():
        service.save_draft(author.as_actor(), listed, a_text(**given), seen_version=version, now=clock.now())
    return find_page(listed.page.kind, listed.page.slug)


def a_claim_text(owner: User, **given: Any) -> ClaimText:
    usual = {
        "text": "In June 2022, 26% came through agencies.",
        "source_name": "Report",
        "source_url": "https://council.test/report",
        "as_of_on": date(2022, 6, 14),
        "stale_after_days": 90,
        "when_stale": WhenStale.HIDE,
        "owner_id": owner.id,
    }
    return ClaimText(**{**usual, **given})


def a_claim(owner: User, slug: str = "agency", *, checked_days_ago: int = 0, **given: Any) -> Claim:
    now = clock.now()
    with transaction():
        return claims.add_claim(
            owner.as_actor(),
            slug,
            a_claim_text(owner, **given),
            now=now,
            checked_on=(now - timedelta(days=checked_days_ago)).date(),
        )
