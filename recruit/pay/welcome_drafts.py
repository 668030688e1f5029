"""New terms of the welcome payment: drafted by one person, approved by another.  The only writer of their status."""

from datetime import datetime

from sqlalchemy import func, select

from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_line, slugify
from recruit.pay.models import TermsEvent, WelcomeScheme, WelcomeSchemeVersion
from recruit.pay.welcome import TermsEntry
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import permit
from recruit.rules.terms import TERMS_MOVES, TermsStatus

CODE_CHARACTERS = 40
SETTLED = "These terms have been approved, so they cannot change. Start a new version to take their place."


def draft_terms(
    actor: Actor, scheme: WelcomeScheme | None, name: str, entry: TermsEntry, *, now: datetime
) -> WelcomeSchemeVersion:
    """Keep new terms as a draft, under the scheme's next number.

    Args:
        actor: an administrator.
        scheme: what they are the next version of; None for a new scheme.
        name: what a new scheme is called.
        entry: the terms.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not an administrator.
        Incomplete: a new scheme has no name.
        Conflict: there is a scheme of that name, or a draft of this one already.
    """
    authorise(actor, Permission.PAY_MANAGE)
    if scheme is None:
        scheme = _new_scheme(clean_line(name))
    elif any(one.status is TermsStatus.DRAFT for one in scheme.versions):
        raise Conflict("There is a draft of new terms already. Change that one, or delete it first.")

    number = max((one.number for one in scheme.versions), default=0) + 1
    version = WelcomeSchemeVersion(
        scheme=scheme,
        number=number,
        status=TermsStatus.DRAFT,
        author_id=actor.user_id,
        edited_by_id=actor.user_id,
        **entry.columns(),
    )
    db.session.add(version)
    _note(actor, version, TermsStatus.DRAFT, now, "Draft started")
    return version


def edit_terms(
    actor: Actor, version: WelcomeSchemeVersion, entry: TermsEntry, *, seen_version: int, now: datetime
) -> None:
    """Change a draft.

    Raises:
        NotAllowed: not an administrator.
        Conflict: they have been approved or deleted, or somebody saved them since.
    """
    authorise(actor, Permission.PAY_MANAGE)
    _refuse_stale(version, seen_version)
    if version.status is not TermsStatus.DRAFT:
        raise Conflict(SETTLED)

    for name, value in entry.columns().items():
        setattr(version, name, value)
    version.edited_by_id = actor.user_id
    _note(actor, version, version.status, now, "Draft saved")


def move_terms(
    actor: Actor, version: WelcomeSchemeVersion, target: TermsStatus, *, seen_version: int, now: datetime
) -> None:
    """Approve a draft, or delete it.  Approved terms hold from their first day on.

    Args:
        actor: an administrator; to approve, one who neither started it nor saved it last.
        version: the draft.
        target: approved or discarded.
        seen_version: the version that the actor read.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not an administrator, or it is their own.
        Conflict: it is no draft any more, or somebody saved it since it was read.
    """
    _refuse_stale(version, seen_version)
    move = permit(TERMS_MOVES, actor, version, target)

    source, version.status = version.status, move.target
    if target is TermsStatus.APPROVED:
        version.approver_id, version.approved_at = actor.user_id, now
    _note(actor, version, source, now)


def _new_scheme(name: str) -> WelcomeScheme:
    code = slugify(name, CODE_CHARACTERS)
    if not code:
        raise Incomplete("Enter what the payment is called")
    if db.session.scalar(select(func.count()).select_from(WelcomeScheme).where(WelcomeScheme.code == code)):
        raise Conflict("There is a payment of this name already. Start a new version of it.")
    scheme = WelcomeScheme(code=code, name=name)
    db.session.add(scheme)
    return scheme


def _refuse_stale(version: WelcomeSchemeVersion, seen_version: int) -> None:
    db.session.refresh(version, with_for_update={"of": WelcomeSchemeVersion})
    if version.version != seen_version:
        raise Conflict("Somebody changed these terms after you opened them. Nothing of yours was saved over theirs.")


def _note(actor: Actor, version: WelcomeSchemeVersion, source: TermsStatus, now: datetime, reason: str = "") -> None:
    db.session.add(
        TermsEvent(terms=version, actor_id=actor.user_id, source=source, target=version.status, reason=reason, at=now)
    )
