"""What was taken out of the service, and the seals over all that was done in it.  Only HR and operators see them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Model, Prose, one_of


class Taking(StrEnum):
    """In what form something was taken out."""

    CSV = "csv"
    XLSX = "xlsx"
    RECORD = "record"
    PDF = "pdf"
    ZIP = "zip"
    DOCUMENT = "document"


OF_ONE = (Taking.RECORD, Taking.PDF, Taking.DOCUMENT)
"""What is of one application or vacancy: a record, as a page or a file, or a document that a candidate sent."""


class Disclosure(Model):
    """That one person took applications out of the service, and why.  Added to, never changed.

    `content` says what was asked for, in words; `file_digest` is the SHA-256 of the file that was given, in hexadecimal
    digits, so that a file that turns up can be told; it is empty for a page, and for what is made while it is handed
    out.
    """

    __tablename__ = "disclosure"

    id: Mapped[Id]
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    taking: Mapped[Taking] = mapped_column(one_of(Taking, "taking"))
    content: Mapped[Prose]
    number: Mapped[int]  # applications in it
    file_digest: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[Prose]
    at: Mapped[datetime]

    actor: Mapped[User] = relationship()


class DisclosedApplication(Model):
    """That an application was in what somebody took out."""

    __tablename__ = "disclosed_application"

    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id", ondelete="CASCADE"), primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Seal(Model):
    """One link of the chain: what one row of a table said when it was sealed.  Added to by the worker, never changed.

    It names its row without a foreign key: a row that is removed must leave its seal.

    `digest` is of the row, `chain` of this link with the one before, both SHA-256 in hexadecimal digits; `is_last` says
    that nothing was left to seal, so that what is dated before and comes later was put in afterwards.
    """

    __tablename__ = "record_seal"
    __table_args__ = (UniqueConstraint("source", "row_id"),)

    position: Mapped[Id] = mapped_column(autoincrement=False)
    source: Mapped[str] = mapped_column(String(32))
    row_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(64))
    is_last: Mapped[bool]
    at: Mapped[datetime]
