"""Small files of each kind, made here, as whole as a reader needs."""

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

TYPES = b'<Types><Override PartName="/word/document.xml" ContentType="application/xml"/></Types>'
ODT = b"application/vnd.oasis.opendocument.text"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xda\0\2" + b"\0" * 64 + b"\xff\xd9"


def _chunk(kind: bytes, held: bytes = b"") -> bytes:
    return len(held).to_bytes(4, "big") + kind + held + zlib.crc32(kind + held).to_bytes(4, "big")


PNG = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", b"\0" * 13) + _chunk(b"IDAT", b"\0" * 64) + _chunk(b"IEND")


def pdf(*objects: bytes, trailer: bytes = b"<</Root 1 0 R>>", packed: bytes = b"") -> bytes:
    """Return a PDF with these objects; `packed` stands in an object stream."""
    parts = [b"%PDF-1.7", b"1 0 obj <</Type/Catalog>> endobj", *objects]
    if packed:
        parts.append(
            b"9 0 obj <</Type/ObjStm/Filter/FlateDecode>>\nstream\n" + zlib.compress(packed) + b"\nendstream endobj"
        )
    return b"\n".join([*parts, b"trailer " + trailer, b"startxref\n0\n%%EOF\n"])


def sent(token: str, content: bytes, name: str = "a.pdf", **fields: str) -> dict[str, Any]:
    """Return a form with one file as a browser sends it.  The test client’s own way leaves files open."""
    head = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in {"csrf_token": token, **fields}.items()
    )
    head += "--b\r\n"
    head += f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return {"data": head.encode() + content + b"\r\n--b--\r\n", "content_type": "multipart/form-data; boundary=b"}


def archive(entries: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of these files."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return file.getvalue()


def docx(types: bytes = TYPES, **more: bytes) -> bytes:
    """Return a Word document; `more` are files in it, with "__" for "/" and "_dot_" for "."."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": types, "word/document.xml": b"<w/>"} | named)


def damaged(content: bytes) -> bytes:
    """Return a Word document in which a byte of the text is another."""
    at = content.index(b"word/document.xml") + len("word/document.xml") + 1
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def odt(**more: bytes) -> bytes:
    """Return an OpenDocument text; `more` as for `docx`."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return archive({"mimetype": ODT, "content.xml": b"<o/>", "META-INF/manifest.xml": b"<m/>"} | named)
