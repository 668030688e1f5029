"""The demo's public pages: those that come with the service, stories and news that say they are samples, a draft."""

from datetime import datetime, timedelta
from pathlib import Path

from recruit.accounts.models import User
from recruit.content.claims import ClaimText, add_claim
from recruit.content.front_matter import read_file
from recruit.content.importing import load_shipped
from recruit.content.models import ContentKind, WhenStale
from recruit.content.queries import find_page
from recruit.content.service import create_page, publish_page, save_draft
from recruit.content.texts import Text, says
from recruit.core.calendar import london_day
from recruit.core.db import db

FOLDER = Path(__file__).parent / "content" / "pages"
STALE_AFTER = 90  # days of the claim that waits to be checked
CASELOAD = "sample-caseload"


def load_pages(owner: User, *, now: datetime) -> None:
    """Publish the pages, stories and news; leave a draft to look at, and a claim to check.

    Args:
        owner: somebody of HR, who writes the samples and looks after the claims.
        now: this moment.
    """
    load_shipped(owner, now=now)
    _add_stale_claim(owner, now)
    for kind in (ContentKind.STORY, ContentKind.NEWS, ContentKind.TEAM):
        for file in sorted((FOLDER / kind.value).glob("*.md")):
            _publish(owner, kind, file, now)
    _leave_a_draft(owner, now)


def _publish(owner: User, kind: ContentKind, file: Path, now: datetime) -> None:
    about, body = read_file(file.read_text(encoding="utf-8"))
    at = now - timedelta(days=about["days"])
    text = Text(about["title"], about["summary"], body, about.get("recording_url", ""), about.get("transcript", ""))
    create_page(owner.as_actor(), kind, file.stem, text, now=at - timedelta(hours=1))
    db.session.flush()  # its draft is to be found
    listed = find_page(kind, file.stem)
    publish_page(owner.as_actor(), listed, seen_version=listed.page.version, now=at)
    db.session.flush()


def _add_stale_claim(owner: User, now: datetime) -> None:
    counted_on = london_day(now) - timedelta(days=STALE_AFTER + 12)
    text = ClaimText(
        "In the sample teams of this demonstration, social workers in assessment had 16 children on average.",
        "Sample team performance report",
        "https://reports.demo.example/caseloads",
        counted_on,
        STALE_AFTER,
        WhenStale.HIDE,
        owner.id,
    )
    add_claim(owner.as_actor(), CASELOAD, text, now=now - timedelta(days=STALE_AFTER + 10), checked_on=counted_on)
    db.session.flush()  # a page may cite it


def _leave_a_draft(owner: User, now: datetime) -> None:
    page = find_page(ContentKind.PAGE, "newly-qualified")
    if page.published is None:
        return
    words = says(page.published)
    words["body"] = words["body"].replace("Half a day a week", "A whole afternoon a week")
    text = Text(words["title"], words["summary"], words["body"], note="The afternoon is agreed with the teams")
    at = now - timedelta(hours=3)
    save_draft(owner.as_actor(), page, text, seen_version=page.page.version, now=at)
