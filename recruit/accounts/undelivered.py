"""Emails to people who work here that did not arrive, to be looked at by HR and administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from recruit.accounts.models import RoleGrant, User
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import STAFF, Actor, Permission, Role, authorise
from recruit.rules.notifications import ACCOUNT_WORDS, STAFF_WORDS


@dataclass(frozen=True, slots=True)
class NotReached:
    """An email that did not arrive; `name` is whose address it is, "" where no account has it any more."""

    message: OutboxMessage
    name: str


def staff_not_reached(actor: Actor, *, now: datetime) -> Sequence[NotReached]:
    """Return what of the last `STAFF_MAIL_DAYS` did not arrive, the latest first, in one statement.

    Administrators see what was about colleagues' accounts too; what any of them said is not kept for either.

    Raises:
        NotAllowed: neither HR nor an administrator.
    """
    authorise(actor, Permission.MESSAGE_TO_STAFF_READ)
    since = now - timedelta(days=limits.STAFF_MAIL_DAYS)
    failed, came_back = OutboxMessage.failed_at, OutboxMessage.returned_at
    what: ColumnElement[bool] = OutboxMessage.notification.in_(STAFF_WORDS)
    if Role.ADMIN in actor.roles:
        is_colleague = exists().where(RoleGrant.user_id == User.id, RoleGrant.role.in_(STAFF))
        what = or_(what, and_(OutboxMessage.notification.in_(ACCOUNT_WORDS), is_colleague))
    rows = db.session.execute(
        select(OutboxMessage, func.coalesce(User.name, ""))
        .outerjoin(User, User.email == OutboxMessage.recipient)
        .where(or_(failed >= since, came_back >= since), what)
        .order_by(func.coalesce(came_back, failed).desc(), OutboxMessage.id.desc())
        .limit(limits.STAFF_MAILS)
    )
    return [NotReached(*row) for row in rows.tuples()]
