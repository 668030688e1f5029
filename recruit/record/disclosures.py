"""Keeping that something was taken out of the service, by whom and why; and who took what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.db import db, table_of
from recruit.record.models import OF_ONE, DisclosedApplication, Disclosure, Taking
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.reasons import needed_reason


def keep_disclosure(
    actor: Actor,
    taking: Taking,
    application_ids: Sequence[int],
    *,
    content: str,
    reason: str,
    file_digest: str = "",
    is_blind: bool = False,
    now: datetime,
) -> None:
    """Keep that `actor` takes applications out of the service.  Nothing is handed out that was not kept first.

    Args:
        actor: an HR person, or with `is_blind` a panel member who takes what they score, without names.
        application_ids: what is in it.
        content: what was asked for, in words.
        reason: why, in their words.
        file_digest: SHA-256 of the file, in hexadecimal digits; empty where that is not known yet, and for a page.

    Raises:
        NotAllowed: not HR; with `is_blind` no panel member.
        Incomplete: the reason is missing or too long.
    """
    authorise(actor, Permission.SHEET_EXPORT if is_blind else Permission.APPLICATION_EXPORT)
    reason = needed_reason(reason, missing="Enter why you need it")
    disclosure = Disclosure(
        actor_id=actor.user_id,
        taking=taking,
        content=content,
        number=len(application_ids),
        file_digest=file_digest,
        reason=reason,
        at=now,
    )
    db.session.add(disclosure)
    db.session.flush()  # the rows beneath name it
    if application_ids:
        rows = [{"disclosure_id": disclosure.id, "application_id": key} for key in application_ids]
        db.session.execute(insert(table_of(DisclosedApplication)), rows)


def latest_disclosures(actor: Actor) -> Sequence[Disclosure]:
    """Return what was taken out last, the newest first, with who took it.

    What is of one application, and that the actor's own, is left out: it would tell them who looks into it, and why.
    """
    own = exists().where(
        DisclosedApplication.disclosure_id == Disclosure.id,
        DisclosedApplication.application_id == Application.id,
        Application.candidate_id == actor.user_id,
    )
    statement = (
        select(Disclosure)
        .where(Disclosure.taking.not_in(OF_ONE) | ~own)
        .options(joinedload(Disclosure.actor))
        .order_by(Disclosure.id.desc())
        .limit(limits.DISCLOSURES_SHOWN)
    )
    return db.session.scalars(statement).all()


def disclosures_of(application_id: int) -> Sequence[Disclosure]:
    """Return what one application was in, oldest first, with who took it."""
    statement = (
        select(Disclosure)
        .join(DisclosedApplication, DisclosedApplication.disclosure_id == Disclosure.id)
        .where(DisclosedApplication.application_id == application_id)
        .options(joinedload(Disclosure.actor))
        .order_by(Disclosure.id)
    )
    return db.session.scalars(statement).all()
