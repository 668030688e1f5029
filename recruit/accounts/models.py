"""People, what they may be here, and how they prove who they are."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.core.db import Id, Line, Model, one_of, table_of
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


NAME_OF_USER = (table_of(User).c.id, table_of(User).c.name)
"""What is read of people who are only named (see `core.joined`)."""


class RoleGrant(Model):
    """One role of one person."""

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_role", "role"),)  # who is in HR, among all the candidates

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(one_of(Role, "role"), primary_key=True)

    user: Mapped[User] = relationship(back_populates="grants")


class UserSession(Model):
    """One signed-in browser.  The cookie holds a random token; only its hash is kept here.

    `device` is what its owner knows it by, such as "Chrome on Android"; empty if that cannot be told.
    """

    __tablename__ = "user_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    device: Mapped[str] = mapped_column(String(40), default="")

    user: Mapped[User] = relationship()


class Passkey(Model):
    """A key that a person's device or password manager keeps, to sign in with.  Only its public half is here.

    `user_handle` is what the device knows the account by: random, and the same for all passkeys of one person.
    """

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("sign_count >= 0", name="sign_count_not_negative"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    user_handle: Mapped[bytes] = mapped_column(LargeBinary)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]  # how often the device says it was used; many always say 0
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class SpentChallenge(Model):
    """A challenge that a passkey has answered, kept until it is too old to be answered again."""

    __tablename__ = "spent_challenge"

    challenge_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


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
