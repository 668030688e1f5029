"""Looking at a file before anything of it is kept.  Pure: bytes and a name in, a kind or a sentence out."""

from dataclasses import dataclass

import filetype

from recruit.core.errors import Incomplete
from recruit.documents import sentences
from recruit.documents.archives import archive_kind
from recruit.documents.names import clean_name, ending_of
from recruit.documents.pdfs import refuse_pdf
from recruit.documents.pictures import without_metadata
from recruit.rules import limits
from recruit.rules.uploads import KINDS, FileKind, kinds_in_words

_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: .doc, and what Office protects by a password

_PICTURES = {FileKind.JPEG, FileKind.PNG}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that can be taken: its name as it may be shown, what it is, and what is kept of it."""

    name: str
    kind: FileKind
    content: bytes


def inspect(name: str, content: bytes, kinds: tuple[FileKind, ...]) -> Inspected:
    """Return what a file is.

    Args:
        name: as it came, whatever is in it.
        content: all of it, or more of it than may be.
        kinds: what is taken here.

    Raises:
        Incomplete: it is not taken; the message says why, and how to mend it.
    """
    shown = clean_name(name)
    ending = ending_of(shown)
    if not content:
        raise Incomplete(sentences.EMPTY if shown else sentences.MISSING)
    if len(content) > limits.DOCUMENT_BYTES:
        too_large = sentences.TOO_LARGE_PICTURE if _PICTURES & set(kinds) else sentences.TOO_LARGE
        raise Incomplete(too_large.format(size_words(limits.DOCUMENT_BYTES)))
    if content.startswith(_OLD_OFFICE):
        raise Incomplete(sentences.OLD_OFFICE)
    kind = _kind(content)
    wanted = next((one for one in kinds if ending in KINDS[one].endings), None)
    if kind not in kinds or kind is None:
        if wanted is None:
            raise Incomplete(sentences.WRONG_KIND.format(kinds_in_words(kinds)))
        raise Incomplete(sentences.NOT_INSIDE.format(ending, KINDS[wanted].words))
    if kind is not wanted:
        raise Incomplete(sentences.LIES.format(ending or "nothing", KINDS[kind].words, KINDS[kind].endings[0]))
    if kind is FileKind.PDF:
        refuse_pdf(content)
    return Inspected(shown, kind, without_metadata(content, kind))


def size_words(size: int) -> str:
    """Return a number of bytes as people read it: "87 KB", "1.4 MB"."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


def _kind(content: bytes) -> FileKind | None:
    if content.startswith(_ARCHIVE):
        return archive_kind(content)
    found = filetype.guess_mime(content)
    return next((kind for kind, row in KINDS.items() if row.media_type == found), None)
