"""What is wrong with a Word or OpenDocument file, which are archives of many files."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from recruit.core.errors import Incomplete
from recruit.documents import sentences
from recruit.rules import limits
from recruit.rules.uploads import KINDS, FileKind

_ENCRYPTED = 0x1  # the flag of an entry (APPNOTE 4.4.4)
_FILES_INSIDE = (
    ".zip", ".7z", ".rar", ".gz", ".jar", ".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".odt", ".pdf", ".exe", ".dll",
    ".js", ".vbs", ".hta", ".lnk",
)  # fmt: skip
_MACROS = ("vbaproject.bin", "vbadata.xml")
_SCRIPTS = ("basic/", "scripts/", "word/activex/")
_READ = 1024 * 1024  # bytes of one entry that are read


def archive_kind(content: bytes) -> FileKind | None:
    """Return what an archive is by what it holds; None for any other.

    Raises:
        Incomplete: it holds what a document must not, or too much.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries, len(content))
            kind = _kind(archive, {entry.filename for entry in entries})
            if kind is not None:
                _refuse_contents(archive, entries)
                if archive.testzip() is not None:
                    raise Incomplete(sentences.DAMAGED)
            return kind
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Incomplete(sentences.DAMAGED) from None


def _refuse_bomb(entries: list[ZipInfo], size: int) -> None:
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    is_bomb = (
        len(entries) > limits.ARCHIVE_ENTRIES
        or unpacked > limits.ARCHIVE_BYTES
        or unpacked > limits.ARCHIVE_RATIO * size
        or packed > size  # entries that lie over each other
    )
    if is_bomb:
        raise Incomplete(sentences.UNPACKS_TOO_FAR)


def _kind(archive: ZipFile, names: set[str]) -> FileKind | None:
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return FileKind.DOCX
    if "mimetype" in names and "content.xml" in names:
        declared = _text(archive, "mimetype").strip()
        return FileKind.ODT if declared == KINDS[FileKind.ODT].media_type.encode() else None
    return None


def _refuse_contents(archive: ZipFile, entries: list[ZipInfo]) -> None:
    names = [entry.filename.casefold() for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries) or b"encryption-data" in _text(
        archive, "META-INF/manifest.xml"
    ):
        raise Incomplete(sentences.PROTECTED)
    if any(name.endswith(_MACROS) or name.startswith(_SCRIPTS) for name in names) or _has_macro_type(archive):
        raise Incomplete(sentences.MACROS)
    if any(name.endswith(_FILES_INSIDE) or "/embeddings/" in name for name in names):
        raise Incomplete(sentences.FILES_INSIDE)
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise Incomplete(sentences.DAMAGED)


def _has_macro_type(archive: ZipFile) -> bool:
    """Say whether it says itself that it has macros, or fetches a template, which may have them, from elsewhere."""
    template = _text(archive, "word/_rels/settings.xml.rels").lower()
    return b"macroenabled" in _text(archive, "[Content_Types].xml").lower() or b'target="http' in template


def _text(archive: ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as entry:
            return entry.read(_READ)
    except KeyError:
        return b""
