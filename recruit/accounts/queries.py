"""Finding people."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.accounts.addresses import email_key
from recruit.accounts.models import User
from recruit.core.db import db


def user_by_email(email: str) -> User | None:
    """Return whose account `email` is, however it is capitalised, with their roles, or None."""
    statement = select(User).where(User.email_key == email_key(email)).options(joinedload(User.grants))
    return db.session.scalars(statement).unique().one_or_none()
