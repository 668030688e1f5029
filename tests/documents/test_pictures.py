"""Pictures are kept without what tells where and by whom they were taken, and look as they did; Pillow reads both."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from recruit.core.errors import Incomplete
from recruit.documents import sentences
from recruit.documents.inspecting import inspect
from recruit.documents.pictures import without_metadata
from recruit.rules import limits
from recruit.rules.uploads import OF_CANDIDATE, FileKind

PRIVATE = (b"Cassidy", b"Northmoor", b"2026:11:20", b"Phone 12", b"GPS", b"http")
GPS, ORIENTATION = 0x8825, 0x0112


def drawn(mode: str = "RGB") -> Image.Image:
    """A picture that is not the same when it is turned."""
    picture = Image.linear_gradient("L").resize((48, 32)).convert(mode)
    picture.paste(Image.new(mode, (8, 8)), (2, 2))
    return picture


def exif(orientation: int, order: str = ">") -> bytes:
    written = Image.Exif()
    written.endian = order
    written[0x010F], written[0x0132], written[0x013B] = "Phone 12", "2026:11:20 10:00:00", "Cassidy"
    written[ORIENTATION] = orientation
    written.get_ifd(GPS).update({1: "N", 2: (54.0, 34.0, 12.0), 29: "2026:11:20"})
    return written.tobytes()


def jpeg(**how: object) -> bytes:
    file = BytesIO()
    how.setdefault("exif", exif(6))
    drawn().save(
        file, "JPEG", comment=b"Taken at Northmoor", xmp=b"<x:xmpmeta>http://ns.example Cassidy</x:xmpmeta>", **how
    )
    return file.getvalue()


def png() -> bytes:
    file, told = BytesIO(), PngInfo()
    told.add_text("Author", "Cassidy")
    told.add_itxt("Comment", "Northmoor", zip=False)
    drawn("RGBA").save(file, "PNG", pnginfo=told, exif=exif(1), dpi=(300, 300))
    return file.getvalue()


def upright(content: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(BytesIO(content)))


@pytest.mark.parametrize(
    "content",
    [
        jpeg(),
        jpeg(exif=exif(8, "<"), progressive=True, quality=95),
        jpeg(exif=exif(1), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
        jpeg(restart_marker_blocks=1) + b"\0\0\0\x18ftypmp42 a film, Northmoor",
        png(),
    ],
    ids=["turned", "progressive", "with colours", "with a film behind it", "png"],
)
def test_nothing_that_is_not_seen_is_kept(content: bytes):
    ending = ".png" if content[1:4] == b"PNG" else ".jpg"
    assert any(word in content for word in PRIVATE)

    kept = inspect(f"photo{ending}", content, OF_CANDIDATE).content

    before, after = Image.open(BytesIO(content)), Image.open(BytesIO(kept))
    assert [word for word in PRIVATE if word in kept] == []
    assert set(after.getexif()) <= {ORIENTATION}
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert upright(kept).tobytes() == upright(content).tobytes()
    assert without_metadata(kept, FileKind.PNG if ending == ".png" else FileKind.JPEG) == kept


def test_a_colour_picture_of_a_print_shop_keeps_its_colours():
    file = BytesIO()
    drawn("L").convert("CMYK").save(file, "JPEG", exif=exif(1))

    kept = inspect("photo.jpg", file.getvalue(), OF_CANDIDATE).content

    assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(file.getvalue())).tobytes()


@pytest.mark.parametrize("told", [b"", b"MM", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", b"xx" * 40])
def test_what_is_written_badly_about_a_photo_is_dropped(told: bytes):
    plain = jpeg(exif=b"")
    odd = plain[:2] + b"\xff\xe1" + (len(told) + 8).to_bytes(2, "big") + b"Exif\0\0" + told + plain[2:]

    assert without_metadata(odd, FileKind.JPEG) == without_metadata(plain, FileKind.JPEG)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", jpeg()[:-2]),
        ("photo.jpg", jpeg()[:40]),
        ("photo.jpg", b"\xff\xd8\xff"),
        ("photo.jpg", b"\xff\xd8" + b"\xff\xe0\0\2" * (limits.PICTURE_PIECES + 1) + b"\xff\xd9"),
        ("photo.jpg", b"\xff\xd8\xff\xda\0\2" + b"\xff" * 1_000_000),
        ("photo.png", png()[:-4]),
        ("photo.png", png().replace(b"IDAT", b"IDAU")),
        ("photo.png", png()[:60]),
    ],
)
def test_a_picture_that_is_cut_off_or_damaged_is_not_taken(name: str, content: bytes):
    with pytest.raises(Incomplete) as refusal:
        inspect(name, content, OF_CANDIDATE)

    assert str(refusal.value) == sentences.DAMAGED
