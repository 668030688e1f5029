"""What is wrong with a PDF, as far as it can be seen without reading it as a reader does.

Names stand outside of streams, or in the packed object streams of PDF 1.5; both are looked at.  The bytes of pictures
and fonts, in which any three letters turn up by chance, are not.
"""

import re
import zlib

from recruit.core.errors import Incomplete
from recruit.documents import sentences
from recruit.rules import limits

_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_END = rb"(?=[\s/<>\[\]()%]|$)"
_PROGRAM = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)" + _NAME_END)
_FILES = re.compile(rb"/EmbeddedFiles?" + _NAME_END)
_PROTECTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_HEAD = 1024  # bytes before a stream in which its dictionary is looked for


def refuse_pdf(content: bytes) -> None:
    """Look at a PDF.

    Raises:
        Incomplete: it is cut off or protected, or holds scripts, programs or other files.
    """
    if b"%%EOF" not in content[-2048:]:
        raise Incomplete(sentences.DAMAGED)
    outside, packed = _pieces(content)
    if _PROTECTED.search(outside):
        raise Incomplete(sentences.PROTECTED)
    for piece in (outside, packed):
        plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), piece)
        if _PROGRAM.search(plain):
            raise Incomplete(sentences.PDF_PROGRAM)
        if _FILES.search(plain):
            raise Incomplete(sentences.PDF_FILES)


def _pieces(content: bytes) -> tuple[bytes, bytes]:
    """Return what stands outside of streams, and what the packed object streams hold."""
    outside, packed, at, left = [], [], 0, limits.PDF_INFLATED_BYTES
    while begun := _STREAM.search(content, at):
        outside.append(content[at : begun.start()])
        end = content.find(b"endstream", begun.end())
        end = len(content) if end < 0 else end
        if b"/ObjStm" in content[max(at, begun.start() - _HEAD) : begun.start()]:
            held = _inflated(content[begun.end() : end], left)
            packed.append(held)
            left -= len(held)
        at = end + len(b"endstream")
    return b"\n".join([*outside, content[at:]]), b"\n".join(packed)


def _inflated(held: bytes, most: int) -> bytes:
    if most <= 0:
        raise Incomplete(sentences.UNPACKS_TOO_FAR)
    try:
        return zlib.decompressobj().decompress(held, most)
    except zlib.error:
        return held  # packed in another way, or not at all
