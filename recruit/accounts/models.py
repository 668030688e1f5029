"""People, what they may be here, and how they prove who they are."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.core.db import Id, Line, Model, one_of
from recruit.rules.access import Actor, Role


class User(Model):
    """One person's account.  `email` is kept as typed; `email_key` (case folded) finds it and is unique."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("email_key <> ''", name="email_key_given"),)

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Line]
    password_hash: Mapped[str] = mapped_column(String(255))
    confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # by the person: nobody signs in any more, what was sent stays with HR
    wants_reminders: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    def as_actor(self, team_ids: frozenset[int] = frozenset()) -> Actor:
        """Return who this is to the rules."""
        return Actor(self.id, frozenset(grant.role for grant in self.grants), team_ids, self.name)


class RoleGrant(Model):
    """One role of one person."""

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_role", "role"),)  # who is in HR, among all the candidates

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(one_of(Role, "role"), primary_key=True)

    user: Mapped[User] = relationship(back_populates="grants")


class UserSession(Model):
    """One signed-in browser.  The cookie holds a random token; only its hash is kept here."""

    __tablename__ = "user_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship()


class TokenPurpose(StrEnum):
    """What a link in a mail is for."""

    CONFIRM = "confirm"
    RESET = "reset"


class EmailToken(Model):
    """A link that was sent by mail: works once, for a while, until a newer one is sent."""

    __tablename__ = "email_token"
    __table_args__ = (Index("ix_email_token_user_id_purpose", "user_id", "purpose"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    purpose: Mapped[TokenPurpose] = mapped_column(one_of(TokenPurpose, "purpose"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship()


class EmailChange(Model):
    """A change of somebody's address: asked for, then confirmed from the new address, or stopped from the old one.

    Only hashes of the two links are kept.  The old address can undo the change until `undo_until`.
    """

    __tablename__ = "email_change"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    old_email: Mapped[str] = mapped_column(String(254))
    new_email: Mapped[str] = mapped_column(String(254))
    confirm_hash: Mapped[str] = mapped_column(String(64), unique=True)
    undo_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    undo_until: Mapped[datetime] = mapped_column(index=True)
    changed_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class Attempt(Model):
    """One try at something that can be guessed or abused.  `key` is a keyed hash of an account or a network address."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
