"""Finding a sent application by whose it is.

Each word of an applicant's names is a row with each other word of them, written when the application is sent, so that
a search for one word, or for a first name with a surname, is a walk along an index on any database and at any size.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import permutations

from sqlalchemy import ForeignKey, Index, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from recruit.core.db import Model, change_at_once, table_of

LONGEST_WORD = 40  # characters of a word that are kept
MOST_WORDS = 16  # of one applicant's names that stand with each other; with a row for each two, more would be a load
BYTEWISE = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")  # for ranges


class ApplicantWord(Model):
    """Two words of the names of whoever sent an application, without accents, apostrophes and capitals.

    Each two stand in both orders, and a name of one word stands beside nothing: of two names, 2 rows; of three, 6.
    So does each word after the first `MOST_WORDS`.
    """

    __tablename__ = "applicant_word"
    __table_args__ = (
        Index("ix_applicant_word_word", "word", "application_id"),
        Index("ix_applicant_word_also", "word", "also", "application_id"),
        {"sqlite_with_rowid": False},
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    also: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)


def name_words(text: str) -> list[str]:
    """Return the words of a name as they are kept and looked for: "Zoë O’Neil-Smith" is ["zoe", "oneil", "smith"]."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _WORD.findall(_APOSTROPHE.sub("", bare))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in words))


_APOSTROPHE = re.compile("['’‘ʼ`]")
_WORD = re.compile(r"[^\W_]+")


def rows_of_names(application_id: int, names: Iterable[str]) -> list[dict[str, int | str]]:
    """Return the rows to keep of an applicant's names."""
    words = name_words(" ".join(names))
    together = words[:MOST_WORDS] if len(words) > 1 else []
    pairs = [*permutations(together, 2), *((word, "") for word in words[len(together) :])]
    return [{"application_id": application_id, "word": word, "also": also} for word, also in pairs]


def remember(application_id: int, names: Iterable[str]) -> None:
    """Keep the words of `names` for an application that is sent, in the caller's transaction."""
    if rows := rows_of_names(application_id, names):
        change_at_once(_INSERT, *rows)


_INSERT = insert(table_of(ApplicantWord))
