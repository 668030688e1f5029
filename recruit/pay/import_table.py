"""Reading a file of pay tables: what is wrong in it is said by line and column, all at once.

The file is CSV as spreadsheets write it: a first line `scp,2024-04-01,2025-04-01` (the day each table takes effect),
then a line a point of the spine with a year's pay in pounds.  A point that a table does not have is an empty cell.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from recruit.core.errors import Incomplete

FILE_BYTES = 100_000  # bytes; the spine of ten years is 2,000
TABLES = 40  # columns of dates
POINTS = (1, 99)  # points of a spine; the column's own limits
PAY_PENCE = (1_000_00, 999_999_00)  # pence a year: beyond these a figure is a slip
FAULTS_TOLD = 20  # faults named; a file with more is of another kind

_POUNDS = re.compile(r"£?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{2}))?")
_POINT = re.compile(r"[0-9]{1,2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BYTE_ORDER_MARKS_16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Incomplete):
    """The file cannot be imported.  `faults` are sentences for a person, in the order of the file."""

    def __init__(self, faults: Sequence[str]) -> None:
        told = list(faults[:FAULTS_TOLD])
        if len(faults) > FAULTS_TOLD:
            told.append(f"There are {len(faults) - FAULTS_TOLD} more problems like these.")
        super().__init__(" ".join(told))
        self.faults = told


@dataclass(frozen=True, slots=True)
class Spine:
    """One table of a file: the day it takes effect, and pence a year by point."""

    effective_on: date
    points: dict[int, int]


def read_spines(content: bytes) -> list[Spine]:
    """Return the tables in a file, by date.

    Args:
        content: the file; UTF-8 with or without a byte order mark, any line ends.

    Raises:
        Unreadable: anything is wrong with any of it.
    """
    rows = _rows(_text(content))
    if not rows:
        raise Unreadable(["The file is empty."])
    faults: list[str] = []
    days = _days(rows[0][1], faults)
    if faults:
        raise Unreadable(faults)
    tables: dict[date, dict[int, int]] = {day: {} for day in days}
    first_line: dict[int, int] = {}
    for line, cells in rows[1:]:
        faults += _read_row(line, cells, days, tables, first_line)
    faults = faults or [fault for day, points in tables.items() for fault in _doubtful(day, points)]
    if faults:
        raise Unreadable(faults)
    return [Spine(day, dict(sorted(points.items()))) for day, points in sorted(tables.items())]


def _text(content: bytes) -> str:
    if len(content) > FILE_BYTES:
        raise Unreadable([f"The file must be smaller than {FILE_BYTES // 1000} kB."])
    if content.startswith(_BYTE_ORDER_MARKS_16):
        raise Unreadable(["The file is UTF-16 text. Save it again as “CSV UTF-8”."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable([f"Line {line} is not UTF-8 text. Save the file again as “CSV UTF-8”."]) from None
    if "\x00" in text:
        raise Unreadable(["The file is not a CSV file. Save the spreadsheet again as “CSV UTF-8”."])
    return text


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Each line that is not blank: its number, and its cells without space around them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        found = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        raise Unreadable([f"Line {reader.line_num} has a quotation mark out of place."]) from None
    return [(line, cells) for line, cells in found if any(cells)]


def _days(header: list[str], faults: list[str]) -> list[date]:
    if header[0].casefold() != "scp" or not 2 <= len(header) <= TABLES + 1:
        faults.append(
            "The first line must be “scp”, then the day that each table takes effect, like “scp,2024-04-01,2025-04-01”."
        )
        return []
    days: list[date] = []
    for number, cell in enumerate(header[1:], 2):
        day = _day(cell)
        if day is None:
            faults.append(f"Line 1, column {number}: “{_quoted(cell)}” is not a date like 2025-04-01.")
        elif day in days:
            faults.append(f"Line 1, column {number}: {cell} is there twice.")
        else:
            days.append(day)
    return days


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if _DAY.fullmatch(cell) else None
    except ValueError:
        return None


def _read_row(
    line: int, cells: list[str], days: list[date], tables: dict[date, dict[int, int]], first_line: dict[int, int]
) -> Iterator[str]:
    """Put one line's pay into `tables`; give what is wrong with it."""
    point = int(cells[0]) if _POINT.fullmatch(cells[0]) else 0
    if not POINTS[0] <= point <= POINTS[1]:
        yield f"Line {line}, column 1: “{_quoted(cells[0])}” is not a point of the spine, from 1 to 99."
        return
    if point in first_line:
        yield f"Line {line}: point {point} is on line {first_line[point]} already."
        return
    first_line[point] = line
    if len(cells) != len(days) + 1:
        yield f"Line {line} has {len(cells)} columns, not {len(days) + 1} like the first line."
        return
    for number, (day, cell) in enumerate(zip(days, cells[1:], strict=True), 2):
        if not cell:
            continue
        pence = _pence(cell)
        if pence is None:
            yield f"Line {line}, column {number} ({day}): “{_quoted(cell)}” is not a year’s pay in pounds, like 28672."
        else:
            tables[day][point] = pence


def _pence(cell: str) -> int | None:
    match = _POUNDS.fullmatch(cell)
    pence = int(match[1].replace(",", "")) * 100 + int(match[2] or 0) if match else 0
    return pence if PAY_PENCE[0] <= pence <= PAY_PENCE[1] else None


def _doubtful(day: date, points: dict[int, int]) -> Iterator[str]:
    """A table must have points, and a higher point must pay more."""
    if not points:
        yield f"The table from {day} has no points."
    ordered = sorted(points.items())
    for (lower, less), (higher, more) in zip(ordered, ordered[1:], strict=False):
        if more <= less:
            yield f"The table from {day}: point {higher} must pay more than point {lower}."


def _quoted(cell: str) -> str:
    """What was written, short enough to repeat."""
    return cell if len(cell) <= 20 else f"{cell[:20]}…"
