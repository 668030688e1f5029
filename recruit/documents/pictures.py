"""Taking out of a picture what is not seen in it: where, when and with what it was taken, by whom, and small copies.

What is seen is not touched: nothing is decoded or packed anew, so it loses nothing, and a picture of any size costs no
more than its bytes.  How to turn it stays, or a photo would lie on its side.
"""

import re
import struct
import zlib

from recruit.core.errors import Incomplete
from recruit.documents import sentences
from recruit.rules import limits
from recruit.rules.uploads import FileKind

_JPEG_START = b"\xff\xd8"
_JPEG_END, _SCAN = 0xD9, 0xDA
_TOLD = {*range(0xE0, 0xF0), 0xFE}  # segments of programs, and comments
_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])", re.DOTALL)  # within a scan, 00 is filling and D0 to D7 go on
_COLOURS = ((0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_JFIF, _EXIF = b"JFIF\0", b"Exif\0\0"
_ORIENTATION, _SHORT = 0x0112, 3  # tag and type (Exif 3.0, 4.6.5)
_PNG_START = b"\x89PNG\r\n\x1a\n"
_SEEN = {b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs"}


def without_metadata(content: bytes, kind: FileKind) -> bytes:
    """Return a picture with nothing but what is seen; what is no picture as it is.

    Raises:
        Incomplete: it is cut off or damaged.
    """
    try:
        if kind is FileKind.JPEG:
            return _jpeg(content)
        return _png(content) if kind is FileKind.PNG else content
    except struct.error:
        raise Incomplete(sentences.DAMAGED) from None


def _jpeg(content: bytes) -> bytes:
    kept, at, in_scan = [_JPEG_START], len(_JPEG_START), False
    for _ in range(limits.PICTURE_PIECES):
        found = _MARKER.search(content, at)
        if found is None:
            break
        if in_scan:
            kept.append(content[at : found.start()])
        marker, begun = found[1][0], found.end()
        if marker == _JPEG_END:  # some phones hang a film or a second picture behind it
            return b"".join([*kept, found[0]])
        at = begun + struct.unpack_from(">H", content, begun)[0]
        segment = content[begun + 2 : at]
        if marker in _TOLD:
            segment = _needed(marker, segment)
        if segment or marker not in _TOLD:
            kept.append(found[0] + struct.pack(">H", len(segment) + 2) + segment)
        in_scan = marker == _SCAN
    raise Incomplete(sentences.DAMAGED)


def _needed(marker: int, segment: bytes) -> bytes:
    """Return what a picture is shown by in a segment of a program: its colours, its shape, how to turn it."""
    if any(marker == known and segment.startswith(name) for known, name in _COLOURS):
        return segment
    if segment.startswith(_JFIF):
        return segment[:12] + b"\0\0"  # without the small copy
    if marker == 0xE1 and segment.startswith(_EXIF) and (turned := _orientation(segment[len(_EXIF) :])):
        return _EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, turned, 0, 0)
    return b""


def _orientation(exif: bytes) -> int:
    """Return how a photo is to be turned, 2 to 8; 0 where it is not, or nobody can tell."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (entries,) = struct.unpack_from(f"{order}H", exif, at)
        for number in range(entries):
            tag, _type, _count, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * number)
            if tag == _ORIENTATION:
                return value if 2 <= value <= 8 else 0
    except struct.error:  # also of no order that there is
        pass
    return 0


def _png(content: bytes) -> bytes:
    kept, at = [_PNG_START], len(_PNG_START)
    for _ in range(limits.PICTURE_PIECES):
        size, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + size + 12]
        if len(chunk) != size + 12 or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            break
        if kind in _SEEN or kind[:1].isupper():  # capitals are what a reader must know
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)
        at += len(chunk)
    raise Incomplete(sentences.DAMAGED)
