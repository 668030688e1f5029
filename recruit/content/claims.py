"""Keeping claims: adding, changing, checking that they still hold, and retiring them."""

from dataclasses import dataclass
from datetime import date, datetime

from recruit.content.markers import markers
from recruit.content.models import Claim, ContentAct, ContentEvent, WhenStale
from recruit.content.queries import citing_pages, editors, events_of_claim
from recruit.content.texts import NotFit
from recruit.content.wording import fault_of_address, faults, links_of
from recruit.core.calendar import london_day, long_moment, short_date
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.text import clean_line, slugify
from recruit.rules import limits
from recruit.rules.access import NOBODY, Actor, Permission, authorise

DID = {
    ContentAct.ADDED: "added this claim",
    ContentAct.CHANGED: "changed this claim",
    ContentAct.CHECKED: "checked this claim",
    ContentAct.RETIRED: "retired this claim",
}
"""What whoever changed a claim last did, in words."""


@dataclass(frozen=True, slots=True)
class ClaimText:
    """What somebody wrote of a claim.

    Args:
        as_of_on: the day that the fact is of.
        stale_after_days: whole days after which it is to be checked again.
        owner_id: who is told then.
        when_stale: what readers see until it is checked.
    """

    text: str
    source_name: str
    source_url: str
    as_of_on: date
    stale_after_days: int
    when_stale: WhenStale
    owner_id: int


def add_claim(actor: Actor, slug: str, written: ClaimText, *, now: datetime, checked_on: date | None = None) -> Claim:
    """Keep a new claim, which counts as checked today, or on the day given.

    Args:
        actor: somebody of HR, or an administrator.
        slug: the name that pages cite it by; one that was made from words.
        written: what it says.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: the actor may not write pages.
        NotFit: a claim has this name already, or what is written cannot stand.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    findings = _findings(written, now)
    if slug != slugify(slug) or not slug:
        findings.insert(0, ("slug", "Name must be lower-case letters, numbers and hyphens, like caseload-2026"))
    elif db.session.query(Claim.id).filter_by(slug=slug).first() is not None:
        findings.insert(0, ("slug", "There is a claim with this name already"))
    if findings:
        raise NotFit(findings)
    claim = Claim(slug=slug, checked_on=checked_on or london_day(now), **_values(written))
    db.session.add(claim)
    _note(actor, claim, ContentAct.ADDED, _in_words(written), now)
    return claim


def change_claim(actor: Actor, claim: Claim, written: ClaimText, *, seen_version: int, now: datetime) -> None:
    """Change a claim, which counts as checked today.  Pages that cite it show the change at once.

    Raises:
        NotAllowed: the actor may not write pages.
        NotFit: what is written cannot stand.
        Conflict: somebody changed it since `seen_version`, or it was retired.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    _refuse_stale(claim, seen_version)
    if findings := _findings(written, now):
        raise NotFit(findings)
    for name, value in _values(written).items():
        setattr(claim, name, value)
    _count_as_checked(claim, now)
    _note(actor, claim, ContentAct.CHANGED, _in_words(written), now)


def check_claim(actor: Actor, claim: Claim, *, seen_version: int, now: datetime) -> None:
    """Note that a claim was looked up at its source today, and that it still says so.

    Raises:
        NotAllowed: the actor may not write pages.
        Conflict: somebody changed it since `seen_version`, or it was retired.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    _refuse_stale(claim, seen_version)
    _count_as_checked(claim, now)
    _note(actor, claim, ContentAct.CHECKED, "", now)


def retire_claim(actor: Actor, claim: Claim, *, seen_version: int, now: datetime) -> None:
    """Take a claim away that no page cites any more.

    Raises:
        NotAllowed: the actor may not write pages.
        Conflict: a page cites it, somebody changed it since `seen_version`, or it was retired.
    """
    authorise(actor, Permission.CONTENT_EDIT)
    _refuse_stale(claim, seen_version)
    if citing := citing_pages().get(claim.slug):
        raise Conflict(f"{len(citing)} of the pages or drafts cite this claim. Take it out there first.")
    claim.retired_at = now
    _note(actor, claim, ContentAct.RETIRED, "", now)


def _refuse_stale(claim: Claim, seen_version: int) -> None:
    db.session.refresh(claim, with_for_update={"of": Claim})
    if claim.retired_at is not None:
        raise Conflict("This claim has been retired, so it can no longer be changed.")
    if claim.version != seen_version:
        event = next(iter(events_of_claim(claim)), None)
        who = event.actor.name if event and event.actor else "Somebody"
        did = DID.get(event.act, "changed this claim") if event else "changed this claim"
        when = f" at {long_moment(event.at)}" if event else ""
        raise Conflict(f"{who} {did}{when}, after you opened it. Nothing of yours was saved over theirs.")


def _count_as_checked(claim: Claim, now: datetime) -> None:
    claim.checked_on, claim.flagged_at = london_day(now), None


def _values(written: ClaimText) -> dict[str, object]:
    return {
        "text": clean_line(written.text),
        "source_name": clean_line(written.source_name),
        "source_url": clean_line(written.source_url),
        "as_of_on": written.as_of_on,
        "stale_after_days": written.stale_after_days,
        "when_stale": written.when_stale,
        "owner_id": written.owner_id,
    }


def _findings(written: ClaimText, now: datetime) -> list[tuple[str, str]]:
    """Return what is wrong with a claim: the part that it concerns, and a sentence."""
    found = [("text", fault) for fault in _faults_of_text(clean_line(written.text))]
    found += _faults_of_source(clean_line(written.source_name), clean_line(written.source_url))
    if written.as_of_on > london_day(now):
        found.append(("as_of_on", "Date of the claim must be today or in the past"))
    low, high = limits.CLAIM_DAYS
    if not low <= written.stale_after_days <= high:
        found.append(("stale_after_days", f"Days must be between {low} and {high:,}"))
    if written.owner_id not in {user.id for user in editors()}:
        found.append(("owner_id", "Select who checks it: somebody in HR or an administrator"))
    return found


def _faults_of_source(name: str, address: str) -> list[tuple[str, str]]:
    found = []
    if not name:
        found.append(("source_name", "Enter where the claim comes from"))
    elif len(name) > limits.LINE_CHARACTERS:
        found.append(("source_name", f"Source must be {limits.LINE_CHARACTERS} characters or fewer"))
    if not address:
        found.append(("source_url", "Enter the address of the source"))
    elif len(address) > limits.ADDRESS_CHARACTERS:
        found.append(("source_url", f"The address must be {limits.ADDRESS_CHARACTERS} characters or fewer"))
    elif fault := fault_of_address(address):
        found.append(("source_url", fault))
    return found


def _faults_of_text(text: str) -> list[str]:
    if not text:
        return ["Enter the claim"]
    if len(text) > limits.CLAIM_CHARACTERS:
        return [f"Claim must be {limits.CLAIM_CHARACTERS} characters or fewer"]
    if markers(text) or "{{" in text:
        return ["A claim has no double braces in it"]
    if links_of(text):
        return ["Take the link out of the claim: its source is linked anyway"]
    return faults(text)


def _in_words(written: ClaimText) -> str:
    """Return a claim as its history keeps it."""
    return f"{clean_line(written.text)} ({clean_line(written.source_name)}, {short_date(written.as_of_on)})"


def _note(actor: Actor, claim: Claim, act: ContentAct, note: str, now: datetime) -> None:
    actor_id = actor.user_id if actor.user_id != NOBODY else None
    db.session.add(ContentEvent(claim=claim, actor_id=actor_id, act=act, note=note, at=now))
