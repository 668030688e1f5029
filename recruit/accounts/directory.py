"""Reading accounts for administrators."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from recruit.accounts.models import RoleGrant, User
from recruit.core.db import db
from recruit.rules.access import Role

ACCOUNTS_A_PAGE = 50


def accounts_page(*, role: Role | None = None, before: int | None = None) -> tuple[Sequence[User], bool]:
    """Return a page of accounts with their roles, the newest first, and whether there are more.

    Args:
        role: only those who hold it.
        before: only accounts with a smaller id: the last one of the page before.
    """
    statement = select(User).options(selectinload(User.grants)).order_by(User.id.desc()).limit(ACCOUNTS_A_PAGE + 1)
    if role is not None:
        statement = statement.where(exists().where(RoleGrant.user_id == User.id, RoleGrant.role == role))
    if before is not None:
        statement = statement.where(User.id < before)
    found = db.session.scalars(statement).all()
    return found[:ACCOUNTS_A_PAGE], len(found) > ACCOUNTS_A_PAGE
