"""Documents that HR asked candidates for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import Id, Line, Model, Prose, one_of
from recruit.documents.models import Document
from recruit.rules.document_requests import RequestStatus


class DocumentRequest(Model):
    """One document that HR asked for on one application, numbered from 1.

    `again` is why another was asked for after the last one was looked at; `due_on` the day by which it is needed.
    """

    __tablename__ = "document_request"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("again = '' OR status <> 'accepted'", name="again_until_accepted"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[Line]
    reason: Mapped[Prose]
    again: Mapped[Prose] = mapped_column(default="")
    due_on: Mapped[date] = mapped_column(Date)
    status: Mapped[RequestStatus] = mapped_column(one_of(RequestStatus), default=RequestStatus.ASKED)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    application: Mapped[Application] = relationship()
    document: Mapped[Document | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def candidate_id(self) -> int:
        """Whose it is, for the table of rights."""
        return self.application.candidate_id

    @property
    def reference(self) -> str:
        """What people quote: "A-7K3QF, document 1"."""
        return f"{self.application.reference}, document {self.number}"


class DocumentRequestEvent(Model):
    """What was done about a document that was asked for.  Added to, never changed.

    `file_digest` is the SHA-256 of what the candidate sent, in hexadecimal digits; empty for what is no file.
    """

    __tablename__ = "document_request_event"

    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("document_request.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    source: Mapped[str] = mapped_column(String(32))  # text, so that history outlives a retired status; "" at first
    target: Mapped[str] = mapped_column(String(32))
    reason: Mapped[Prose] = mapped_column(default="")
    file_digest: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]

    request: Mapped[DocumentRequest] = relationship()
    actor: Mapped[User] = relationship()
