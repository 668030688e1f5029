"""Files that spreadsheets open: what is typed stays text."""

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from recruit.record.tables import csv_file, xlsx_file

pytestmark = pytest.mark.one_database

FORMULAS = [
    '=HYPERLINK("http://a.example","x")', "+44 20 7946 0000", "-1+1", "@SUM(A1)", "|calc", "%x", "＝1+1", " =1+1",
    "\t=1",
]  # fmt: skip
TEXTS = ["Zoë O’Neil", "a=b", "SW123456", "", "0123", 'say "so", then\nleave', "http://a.example", "'quoted'"]


def read(file: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline="")))


def sheet(file: bytes) -> tuple[str, list[str]]:
    """Return the sheet's markup and all its texts."""
    with ZipFile(BytesIO(file)) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
        return archive.read("xl/worksheets/sheet1.xml").decode(), re.findall(r"<t[^>]*>(.*?)</t>", strings, re.DOTALL)


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_a_csv_file_begins_a_formula(cell: str):
    assert read(csv_file(["A"], [[cell]])) == [["A"], [f"'{cell}"]]


@pytest.mark.parametrize("cell", TEXTS)
def test_other_text_comes_back_as_it_was(cell: str):
    assert read(csv_file(["A", "B"], [[cell, "x"]])) == [["A", "B"], [cell, "x"]]


def test_excel_knows_that_it_is_utf_8():
    assert csv_file(["A"], []).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("cell", [*FORMULAS, *[text for text in TEXTS if text]])
def test_every_cell_of_an_xlsx_file_is_text(cell: str):
    markup, texts = sheet(xlsx_file(["A"], [[cell]]))

    shown = cell.replace("&", "&amp;").replace("<", "&lt;").replace('"', '"')
    assert texts == ["A", shown]
    assert re.findall(r'<c r="A[12]"[^>]*t="(\w+)"', markup) == ["s", "s"]
    assert "<f>" not in markup
    assert "hyperlink" not in markup
