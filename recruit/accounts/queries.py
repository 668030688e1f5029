"""Finding people."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.accounts.addresses import email_key
from recruit.accounts.models import User
from recruit.core.db import db
from recruit.rules import limits


def user_by_email(email: str) -> User | None:
    """Return whose account `email` is, however it is capitalised, with their roles, or None."""
    statement = select(User).where(User.email_key == email_key(email)).options(joinedload(User.grants))
    return db.session.scalars(statement).unique().one_or_none()


def name_of(user_id: int) -> str | None:
    """Return what the account of that id is called by, or None where there is none."""
    return db.session.scalar(select(User.name).where(User.id == user_id)) if user_id <= limits.LARGEST_ID else None
