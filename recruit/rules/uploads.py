"""Which files are taken, and what each kind must look like.  No row, no upload."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

UPLOAD_END = "/upload"
"""How the address of every form that takes a file ends: these alone may send more than a form of words."""


class FileKind(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    JPEG = "jpeg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Kind:
    """One row.

    Args:
        words: what people call it.
        media_type: what it is served as.
        endings: how its name may end; the first is what we give it.
    """

    words: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Mapping[FileKind, Kind] = {
    FileKind.PDF: Kind("PDF", "application/pdf", (".pdf",)),  # what universities and scanners send
    FileKind.DOCX: Kind("Word document", _OFFICE, (".docx",)),  # without macros; .doc hides them, so it is not taken
    FileKind.ODT: Kind("OpenDocument text", "application/vnd.oasis.opendocument.text", (".odt",)),  # GOV.UK’s standard
    FileKind.JPEG: Kind("JPEG photo", "image/jpeg", (".jpg", ".jpeg")),  # phones; iPhones make one of HEIC when asked
    FileKind.PNG: Kind("PNG image", "image/png", (".png",)),  # screenshots, such as of a share code
}

OF_VACANCY = (FileKind.PDF, FileKind.DOCX, FileKind.ODT)
"""What a vacancy can have: text that a screen reader reads; a picture of text is none."""
OF_CANDIDATE = tuple(FileKind)
"""What a candidate can send: also a photo of a certificate, taken with the phone."""


def endings_of(kinds: tuple[FileKind, ...]) -> tuple[str, ...]:
    """Return how the names of files of `kinds` may end."""
    return tuple(ending for kind in kinds for ending in KINDS[kind].endings)


def kinds_in_words(kinds: tuple[FileKind, ...]) -> str:
    """Return "PDF (.pdf), Word document (.docx) or OpenDocument text (.odt)"."""
    named = [f"{KINDS[kind].words} ({KINDS[kind].endings[0]})" for kind in kinds]
    return f"{', '.join(named[:-1])} or {named[-1]}"
