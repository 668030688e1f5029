"""Finding a sent application by whose it is.

Each word of an applicant's names is a row, written when the application is sent, so that a search is a walk along an
index on any database and at any size.
"""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import ForeignKey, Index, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from recruit.core.db import Model, change_at_once, table_of

LONGEST_WORD = 40  # characters of a word that are kept
BYTEWISE = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")  # for ranges


class ApplicantWord(Model):
    """One word of the names of whoever sent an application, without accents, apostrophes and capitals."""

    __tablename__ = "applicant_word"
    __table_args__ = (Index("ix_applicant_word_word", "word", "application_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)


def name_words(text: str) -> list[str]:
    """Return the words of a name as they are kept and looked for: "Zoë O’Neil-Smith" is ["zoe", "oneil", "smith"]."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _WORD.findall(_APOSTROPHE.sub("", bare))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in words))


_APOSTROPHE = re.compile("['’‘ʼ`]")
_WORD = re.compile(r"[^\W_]+")


def remember(application_id: int, names: Iterable[str]) -> None:
    """Keep the words of `names` for an application that is sent, in the caller's transaction."""
    words = name_words(" ".join(names))
    if words:
        change_at_once(_INSERT, *[{"application_id": application_id, "word": word} for word in words])


_INSERT = insert(table_of(ApplicantWord))
