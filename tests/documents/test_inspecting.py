"""Which files are taken, and the sentence for each that is not."""

import pytest

from recruit.core.errors import Incomplete
from recruit.documents import sentences
from recruit.documents.inspecting import inspect, size_words
from recruit.documents.names import clean_name, tidy_name, title_from
from recruit.rules import limits
from recruit.rules.uploads import OF_CANDIDATE, OF_VACANCY, FileKind
from tests.documents.making import JPEG, PNG, TYPES, archive, damaged, docx, odt, pdf


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", pdf(), FileKind.PDF),
        ("A.PDF", pdf(packed=b"1 0 <</Type/Page>>"), FileKind.PDF),
        ("a.docx", docx(word__media__photo_dot_png=PNG), FileKind.DOCX),
        ("a.odt", odt(), FileKind.ODT),
        ("a.jpeg", JPEG, FileKind.JPEG),
        ("a.jpg", JPEG, FileKind.JPEG),
        ("a.png", PNG, FileKind.PNG),
        ("noise.pdf", pdf(b"5 0 obj <<>>\nstream\n/JS /JavaScript \xff\nendstream endobj"), FileKind.PDF),
    ],
)
def test_takes_what_is_what_it_says(name: str, content: bytes, kind: FileKind):
    found = inspect(name, content, OF_CANDIDATE)

    assert (found.name, found.kind, found.content) == (name, kind, content)


LIES, NOT_INSIDE = sentences.LIES.format, sentences.NOT_INSIDE.format


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", sentences.EMPTY),
        ("a.pdf", pdf() + b"x" * limits.DOCUMENT_BYTES, sentences.TOO_LARGE_PICTURE.format("10 MB")),
        ("a.pdf", JPEG, LIES(".pdf", "JPEG photo", ".jpg")),
        ("a.jpg", pdf(), LIES(".jpg", "PDF", ".pdf")),
        ("a.docx", odt(), LIES(".docx", "OpenDocument text", ".odt")),
        ("certificate", pdf(), LIES("nothing", "PDF", ".pdf")),
        ("a.pdf.exe", pdf(), LIES(".exe", "PDF", ".pdf")),
        ("photo\u202egpj.exe", JPEG, LIES(".exe", "JPEG photo", ".jpg")),
        ("a.pdf", b"MZ\x90\0 a program", NOT_INSIDE(".pdf", "PDF")),
        ("a.docx", archive({"readme.txt": b"x"}), NOT_INSIDE(".docx", "Word document")),
        ("a.pdf", b"<html><script>", NOT_INSIDE(".pdf", "PDF")),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, sentences.OLD_OFFICE),
        ("a.pdf", pdf()[:-8], sentences.DAMAGED),
        ("a.pdf", pdf(trailer=b"<</Root 1 0 R/Encrypt 8 0 R>>"), sentences.PROTECTED),
        ("a.pdf", pdf(b"4 0 obj <</S/JavaScript/JS (app.alert(1))>> endobj"), sentences.PDF_PROGRAM),
        ("a.pdf", pdf(b"4 0 obj <</S/J#61vaScript>> endobj"), sentences.PDF_PROGRAM),
        ("a.pdf", pdf(packed=b"4 0 <</S/Launch/F(cmd.exe)>>"), sentences.PDF_PROGRAM),
        ("a.pdf", pdf(b"4 0 obj <</EmbeddedFiles 5 0 R>> endobj"), sentences.PDF_FILES),
        ("a.docx", docx(word__vbaProject_dot_bin=b"x"), sentences.MACROS),
        ("a.docx", docx(TYPES + b"macroEnabled"), sentences.MACROS),
        ("a.docx", docx(word___rels__settings_dot_xml_dot_rels=b'Target="https://x.example/t"'), sentences.MACROS),
        ("a.odt", odt(Basic__Standard__Module1_dot_xml=b"x"), sentences.MACROS),
        ("a.odt", odt(**{"META-INF__manifest_dot_xml": b"<manifest:encryption-data/>"}), sentences.PROTECTED),
        ("a.docx", docx(word__embeddings__oleObject1_dot_bin=b"x"), sentences.FILES_INSIDE),
        ("a.docx", docx(inner_dot_zip=b"x"), sentences.FILES_INSIDE),
        ("a.docx", docx(**{"..__..__x": b""}), sentences.DAMAGED),
        ("a.docx", docx(word__big_dot_xml=b"0" * 2_000_000), sentences.UNPACKS_TOO_FAR),
        ("a.docx", docx(**{f"word__{n}": b"" for n in range(limits.ARCHIVE_ENTRIES)}), sentences.UNPACKS_TOO_FAR),
        ("a.docx", docx()[:-30], sentences.DAMAGED),
        ("a.docx", damaged(docx()), sentences.DAMAGED),
    ],
)  # fmt: skip
def test_says_why_a_file_is_not_taken(name: str, content: bytes, sentence: str):
    with pytest.raises(Incomplete) as refusal:
        inspect(name, content, OF_CANDIDATE)

    assert str(refusal.value) == sentence


def test_takes_no_picture_where_text_is_asked_for():
    with pytest.raises(Incomplete, match=r"The file must be a PDF \(.pdf\), Word document \(.docx\) or OpenDocument"):
        inspect("a.png", PNG, OF_VACANCY)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\Degree.pdf", "Degree.pdf"),
        ("a\x00\r\nb\u202e.pdf", "a b.pdf"),
        ('<b onclick="x">.pdf', "-b onclick=-x--.pdf"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Zeugnis für Zoë.pdf", "Zeugnis für Zoë.pdf"),
    ],
)
def test_a_name_is_kept_without_tricks(name: str, kept: str):
    assert clean_name(name) == kept


def test_names_and_sizes_in_words():
    assert title_from("job_description-2026.pdf") == "Job description 2026"
    assert tidy_name("CSW-0001", "Job description", ending=".pdf") == "csw-0001-job-description.pdf"
    assert tidy_name("مرحبا", ending=".pdf") == "document.pdf"
    assert [size_words(size) for size in (5, 88_000, 1_470_000, 10 * 1024 * 1024)] == [
        "1 KB",
        "86 KB",
        "1.4 MB",
        "10 MB",
    ]
