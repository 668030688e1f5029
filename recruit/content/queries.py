"""Reading pages, versions and claims: for the public, and for those who write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from recruit.accounts.models import RoleGrant, User
from recruit.content.markers import claims_of
from recruit.content.models import Claim, ContentEvent, ContentKind, ContentPage, ContentVersion
from recruit.content.shelf import Fact, Shelf, Words
from recruit.content.shipped import shipped_facts, shipped_pages
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.core.text import is_plain
from recruit.rules import limits
from recruit.rules.access import MAY, Permission
from recruit.rules.content import LIVE, ContentStatus

PAGE_NOT_FOUND = "There is no such page."
CLAIM_NOT_FOUND = "There is no such claim."
EDITORS = tuple(MAY[Permission.CONTENT_EDIT])


def public_shelf() -> Shelf:
    """Return all that the public can read.  What the database has no page or claim for comes from the service's files.

    A claim that was retired is not shown, even if a file has it.
    """
    found = db.session.execute(
        select(ContentPage, ContentVersion)
        .outerjoin(
            ContentVersion,
            (ContentVersion.page_id == ContentPage.id) & (ContentVersion.status == ContentStatus.PUBLISHED),
        )
        .order_by(ContentPage.published_at.desc().nulls_last(), ContentPage.id)
        .limit(limits.CONTENT_PAGES)
    )
    rows = found.tuples().all()
    pages: dict[tuple[ContentKind, str], Words] = dict(shipped_pages())
    for page, version in rows:
        if version is not None:
            pages[page.kind, page.slug] = words_of(page, version)
    withdrawn = frozenset((page.kind, page.slug) for page, _ in rows if page.published_at is not None)
    facts = dict(shipped_facts())
    for claim in db.session.scalars(select(Claim)):
        facts.pop(claim.slug, None)
        if claim.retired_at is None:
            facts[claim.slug] = fact_of(claim)
    return Shelf(pages, facts, withdrawn - pages.keys())


def words_of(page: ContentPage, version: ContentVersion) -> Words:
    """Return what `version` says, as a value."""
    return Words(
        page.kind,
        page.slug,
        version.title,
        version.summary,
        version.body,
        version.dated_on,
        version.recording_url,
        version.transcript,
        page.published_at,
        page.changed_at,
    )


def fact_of(claim: Claim) -> Fact:
    """Return a claim as pages show it."""
    return Fact(
        claim.slug,
        claim.text,
        claim.source_name,
        claim.source_url,
        claim.as_of_on,
        claim.checked_on,
        claim.stale_after_days,
        claim.when_stale,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A page with its draft and what is published of it, each with its author; none of both once it is withdrawn."""

    page: ContentPage
    draft: ContentVersion | None
    published: ContentVersion | None

    @property
    def title(self) -> str:
        """What the page is called: the newest words, or its address where all are history."""
        newest = self.draft or self.published
        return newest.title if newest else self.page.slug


def pages_listed() -> Sequence[Listed]:
    """Return every page, by kind and then those that changed last first."""
    return [Listed(*row) for row in db.session.execute(_listed().limit(limits.CONTENT_PAGES)).tuples()]


def find_page(kind: str, slug: str) -> Listed:
    """Return one page.

    Raises:
        NotFound: there is none.
    """
    row: Row[tuple[ContentPage, ContentVersion, ContentVersion]] | None = None
    if kind in list(ContentKind) and is_plain(slug):
        row = db.session.execute(_listed().where(ContentPage.kind == kind, ContentPage.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(PAGE_NOT_FOUND)
    return Listed(*row)


def _listed() -> Select[tuple[ContentPage, ContentVersion, ContentVersion]]:
    draft, published = aliased(ContentVersion), aliased(ContentVersion)
    return (
        select(ContentPage, draft, published)
        .outerjoin(draft, (draft.page_id == ContentPage.id) & (draft.status == ContentStatus.DRAFT))
        .outerjoin(published, (published.page_id == ContentPage.id) & (published.status == ContentStatus.PUBLISHED))
        .options(joinedload(draft.author), joinedload(published.author))
        .order_by(ContentPage.kind, ContentPage.saved_at.desc(), ContentPage.id)
    )


def versions_of(page: ContentPage) -> Sequence[ContentVersion]:
    """Return the newest versions of a page with their authors, the newest first."""
    return db.session.scalars(
        select(ContentVersion)
        .where(ContentVersion.page_id == page.id)
        .options(joinedload(ContentVersion.author))
        .order_by(ContentVersion.number.desc())
        .limit(limits.CONTENT_VERSIONS_SHOWN)
    ).all()


def version_of(page: ContentPage, number: int) -> ContentVersion:
    """Return one version with its author.

    Raises:
        NotFound: the page has no such version.
    """
    version = db.session.scalars(
        select(ContentVersion)
        .where(ContentVersion.page_id == page.id, ContentVersion.number == number)
        .options(joinedload(ContentVersion.author))
    ).one_or_none()
    if version is None:
        raise NotFound("There is no such version of this page.")
    return version


def version_before(page: ContentPage, number: int) -> ContentVersion | None:
    """Return the version before `number`; none for the first."""
    return db.session.scalars(
        select(ContentVersion)
        .where(ContentVersion.page_id == page.id, ContentVersion.number < number)
        .order_by(ContentVersion.number.desc())
        .limit(1)
    ).one_or_none()


def last_number(page: ContentPage) -> int:
    """Return the number of the newest version of a page; 0 if it has none."""
    return db.session.scalar(select(func.max(ContentVersion.number)).where(ContentVersion.page_id == page.id)) or 0


def events_of(page: ContentPage) -> Sequence[ContentEvent]:
    """Return what was done to a page, with who did it, the newest first."""
    return _events(ContentEvent.page_id == page.id)


def events_of_claim(claim: Claim) -> Sequence[ContentEvent]:
    """Return what was done to a claim, with who did it, the newest first."""
    return _events(ContentEvent.claim_id == claim.id)


def _events(condition: object) -> Sequence[ContentEvent]:
    return db.session.scalars(
        select(ContentEvent)
        .where(condition)  # type: ignore[arg-type]  # a comparison of two columns
        .options(joinedload(ContentEvent.actor))
        .order_by(ContentEvent.id.desc())
        .limit(limits.CONTENT_VERSIONS_SHOWN)
    ).all()


def last_event(page: ContentPage) -> ContentEvent | None:
    """Return what was done to a page last."""
    return next(iter(events_of(page)), None)


def claims_listed() -> Sequence[Claim]:
    """Return every claim that can be cited, with its owner: what must be checked first stands first."""
    claims = db.session.scalars(
        select(Claim).where(Claim.retired_at.is_(None)).options(joinedload(Claim.owner)).order_by(Claim.slug)
    ).all()
    return sorted(claims, key=lambda claim: fact_of(claim).checked_until)


def find_claim(slug: str) -> Claim:
    """Return one claim with its owner.

    Raises:
        NotFound: there is none.
    """
    statement = select(Claim).where(Claim.slug == slug).options(joinedload(Claim.owner))
    claim = db.session.scalars(statement).one_or_none() if is_plain(slug) else None
    if claim is None:
        raise NotFound(CLAIM_NOT_FOUND)
    return claim


def citable() -> Mapping[str, Fact]:
    """Return the claims of the database that a page may cite."""
    return {claim.slug: fact_of(claim) for claim in db.session.scalars(select(Claim).where(Claim.retired_at.is_(None)))}


def citing_pages() -> Mapping[str, Sequence[ContentPage]]:
    """Return for each claim the pages that cite it, published or in a draft."""
    rows = db.session.execute(
        select(ContentPage, ContentVersion.body)
        .join(ContentVersion, ContentVersion.page_id == ContentPage.id)
        .where(ContentVersion.status.in_(LIVE))
        .order_by(ContentPage.kind, ContentPage.slug)
    ).tuples()
    found: dict[str, list[ContentPage]] = {}
    for page, body in rows:
        for slug in claims_of(body):
            if page not in found.setdefault(slug, []):
                found[slug].append(page)
    return found


def editors() -> Sequence[User]:
    """Return everybody who may own a claim: accounts that can sign in and may edit pages, by name."""
    return db.session.scalars(
        select(User)
        .where(
            User.disabled_at.is_(None),
            User.closed_at.is_(None),
            User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role.in_(EDITORS))),
        )
        .order_by(User.name, User.id)
    ).all()


def stale_number(claims: Sequence[Claim], today: date, owner_id: int | None = None) -> int:
    """Return how many of `claims` must be checked; of one owner, if given."""
    return sum(fact_of(claim).is_stale(today) for claim in claims if owner_id in (None, claim.owner_id))
