"""Rows of text as files that spreadsheets open, in which nothing that a person typed is ever a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from recruit.core.text import WHITESPACE

_STARTS = frozenset("=+-@|%＝＋－＠")
"""What a spreadsheet may take for the start of a formula (OWASP, CSV Injection), full-width forms included."""
_MARK = "\ufeff"  # without it Excel reads UTF-8 as another code
_WIDTH = 24  # characters of a column


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file in UTF-8.  A cell that would be a formula begins with an apostrophe."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    writer.writerows([_neutral(cell) for cell in row] for row in rows)
    return (_MARK + text.getvalue()).encode()


def xlsx_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an XLSX file of one sheet.  Every cell is text, as it was typed: none can be a formula or a link."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Applications")
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, _WIDTH)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return file.getvalue()


def _neutral(cell: str) -> str:
    """Return what a spreadsheet takes for text.  White space does not hide a formula from all of them."""
    return f"'{cell}" if cell.lstrip(WHITESPACE)[:1] in _STARTS else cell
