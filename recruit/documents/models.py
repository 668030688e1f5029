"""Files that people have given: what they are and where they stand.  Their bytes are in the store."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.core.db import Id, Line, Model, Published, one_of
from recruit.rules.uploads import KINDS, FileKind


class DocumentState(StrEnum):
    """How far a file has been looked at.  Whoever reads it asks `Document.is_open`."""

    RECEIVED = "received"
    CLEAN = "clean"
    REFUSED = "refused"


class Document(Published, Model):
    """One file, of a vacancy or sent because it was asked for.  Its row comes after its bytes, once they are read back.

    `key` names it in addresses, `stored_as` its bytes in the store; copies of a vacancy share them.  `name` is what it
    was called where it came from, `title` what we call it.  `size` is in bytes, `sha256` in hexadecimal digits.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("(vacancy_id IS NULL) <> (request_id IS NULL)", name="one_owner"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("(state = 'received') = (scanned_at IS NULL)", name="scanned_at"),
        Index("ix_document_vacancy_id", "vacancy_id"),
        Index("ix_document_stored_as", "stored_as"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("document_request.id", ondelete="CASCADE"), unique=True)
    title: Mapped[Line]
    name: Mapped[Line]
    kind: Mapped[FileKind] = mapped_column(one_of(FileKind, "kind"))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_as: Mapped[str] = mapped_column(String(32))
    state: Mapped[DocumentState] = mapped_column(one_of(DocumentState, "state"), default=DocumentState.RECEIVED)
    scanned_at: Mapped[datetime | None]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    received_at: Mapped[datetime]

    @property
    def ending(self) -> str:
        """How the name ends that it is handed out under."""
        return KINDS[self.kind].endings[0]
