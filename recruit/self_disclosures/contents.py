"""What was disclosed, sealed: the answers, what was added, what the lead noted and told the chair."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Model, one_of
from recruit.core.sealed_text import SealedText


class DisclosureAnswers(Model):
    """The answers of one candidate, a draft until they are sent; as `answers.Answers` writes them."""

    __tablename__ = "self_disclosure_answers"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("self_disclosure.application_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    answers: Mapped[str] = mapped_column(SealedText())
    saved_at: Mapped[datetime]


class TextKind(StrEnum):
    """What a text beside the answers is."""

    ADDITION = "addition"  # of the candidate, after sending
    NOTE = "note"  # of a safeguarding lead, for those who conclude
    TOLD = "told"  # of a safeguarding lead, for the chair of the panel
    REASON = "reason"  # why the chair is told


class DisclosureText(Model):
    """One text beside the answers, kept as it was written.  The record, which says what was done, has none of it."""

    __tablename__ = "self_disclosure_text"
    __table_args__ = (Index("ix_self_disclosure_text_application_id", "application_id", "kind", "id"),)

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("self_disclosure.application_id", ondelete="CASCADE"))
    kind: Mapped[TextKind] = mapped_column(one_of(TextKind, "kind"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    words: Mapped[str] = mapped_column(SealedText())
    at: Mapped[datetime]

    author: Mapped[User] = relationship()
