"""Reading conversations."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import RoleGrant, User
from recruit.applications.models import Application
from recruit.conversation.models import ConversationMessage
from recruit.core.db import db
from recruit.rules import limits
from recruit.rules.access import Actor, Role


def messages_of(application_id: int) -> Sequence[ConversationMessage]:
    """Return the conversation about an application, the newest `CONVERSATION_SHOWN` of it, the oldest first."""
    newest = db.session.scalars(
        select(ConversationMessage)
        .where(ConversationMessage.application_id == application_id)
        .options(joinedload(ConversationMessage.author), joinedload(ConversationMessage.notice))
        .order_by(ConversationMessage.id.desc())
        .limit(limits.CONVERSATION_SHOWN)
    ).all()
    return newest[::-1]


def number_unread(actor: Actor) -> dict[int, int]:
    """Return how many messages from HR the candidate has not opened, by application; without those that have none."""
    own = select(Application.id).where(Application.candidate_id == actor.user_id)
    statement = (
        select(ConversationMessage.application_id, func.count())
        .where(
            ConversationMessage.application_id.in_(own),
            ~ConversationMessage.is_by_candidate,
            ConversationMessage.read_at.is_(None),
        )
        .group_by(ConversationMessage.application_id)
    )
    return dict(db.session.execute(statement).tuples().all())


def number_since(application_id: int, author_id: int, since: datetime) -> int:
    """Return how many messages one person wrote about an application from `since` on."""
    return (
        db.session.scalar(
            select(func.count()).where(
                ConversationMessage.application_id == application_id,
                ConversationMessage.author_id == author_id,
                ConversationMessage.at >= since,
            )
        )
        or 0
    )


def hr_addresses(application: Application) -> Sequence[str]:
    """Return who of HR is told that the candidate wrote: whoever has the application, else everybody in HR.

    The candidate is not among them, even if they work in HR.
    """
    if application.assigned_to is not None and application.assigned_to.disabled_at is None:
        return [application.assigned_to.email]
    return db.session.scalars(
        select(User.email)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.HR, User.disabled_at.is_(None), User.id != application.candidate_id)
        .order_by(User.id)
    ).all()


class OwnMessage(NamedTuple):
    """A message as its candidate reads it."""

    application: str
    who: str
    text: str
    at: datetime
    read_at: datetime | None


def own_messages(actor: Actor) -> Sequence[OwnMessage]:
    """Return every message of the conversations about the applications of `actor`, the oldest first."""
    rows = db.session.execute(
        select(Application.reference, ConversationMessage)
        .join(ConversationMessage, ConversationMessage.application_id == Application.id)
        .where(Application.candidate_id == actor.user_id)
        .options(joinedload(ConversationMessage.author))
        .order_by(ConversationMessage.id)
    )
    return [
        OwnMessage(reference, "You" if one.is_by_candidate else one.author.name, one.text, one.at, one.read_at)
        for reference, one in rows.tuples()
    ]
