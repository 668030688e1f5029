"""Reading a file of pay tables."""

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit import pay
from recruit.pay.import_table import FILE_BYTES, Spine, Unreadable, read_spines

FIRST_LINE = (
    "The first line must be “scp”, then the day that each table takes effect, like “scp,2024-04-01,2025-04-01”."
)
NOT_PAY = "Line 2, column 2 (2025-04-01): “{}” is not a year’s pay in pounds, like 28672."
SPINE = Path(pay.__file__).parent / "data" / "njc-pay-spine.csv"


def _faults(content: bytes | str) -> list[str]:
    with pytest.raises(Unreadable) as refusal:
        read_spines(content.encode() if isinstance(content, str) else content)
    return list(refusal.value.faults)


def test_the_national_spine_is_read():
    spines = read_spines(SPINE.read_bytes())

    assert [(str(spine.effective_on), len(spine.points)) for spine in spines] == [
        ("2020-04-01", 43), ("2021-04-01", 43), ("2022-04-01", 43),
        ("2023-04-01", 42), ("2024-04-01", 42), ("2025-04-01", 42),
    ]  # fmt: skip
    assert (spines[0].points[24], spines[0].points[33]) == (28_672_00, 36_922_00)


@pytest.mark.parametrize(
    "content",
    [
        b"scp,2025-04-01\n2,24413\n3,24796\n",
        b"\xef\xbb\xbfscp,2025-04-01\r\n2,24413\r\n3,24796\r\n",
        b'"SCP","2025-04-01"\n"2","24,413"\n"3","\xc2\xa324,796.00"\n',
        b"scp,2025-04-01\r2,24413\r3,24796",
        b"\n scp , 2025-04-01 \n\n 3 , 24796 \n , \n2,24413\n",
    ],
    ids=["plain", "byte order mark", "quotes", "old line ends", "spaces and blank lines"],
)
def test_files_are_read_however_a_spreadsheet_wrote_them(content: bytes):
    assert read_spines(content) == [Spine(date(2025, 4, 1), {2: 24_413_00, 3: 24_796_00})]


def test_an_empty_cell_is_a_point_that_the_table_does_not_have():
    assert read_spines(b"scp,2024-04-01,2023-04-01\n1,,20000\n2,23656,22366\n") == [
        Spine(date(2023, 4, 1), {1: 20_000_00, 2: 22_366_00}),
        Spine(date(2024, 4, 1), {2: 23_656_00}),
    ]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", ["The file is empty."]),
        ("point,2025-04-01\n2,1", [FIRST_LINE]),
        ("scp,2025-02-30\n2,24413", ["Line 1, column 2: “2025-02-30” is not a date like 2025-04-01."]),
        ("scp,20250401\n2,24413", ["Line 1, column 2: “20250401” is not a date like 2025-04-01."]),
        ("scp,2025-04-01,2025-04-01\n2,1,1", ["Line 1, column 3: 2025-04-01 is there twice."]),
        ("scp,2025-04-01\n0,24413", ["Line 2, column 1: “0” is not a point of the spine, from 1 to 99."]),
        ("scp,2025-04-01\n²,24413", ["Line 2, column 1: “²” is not a point of the spine, from 1 to 99."]),
        ("scp,2025-04-01\n2,24413\n2,24414", ["Line 3: point 2 is on line 2 already."]),
        ("scp,2025-04-01\n2,24413,1", ["Line 2 has 3 columns, not 2 like the first line."]),
        ("scp,2025-04-01\n2,-5", [NOT_PAY.format("-5")]),
        ("scp,2025-04-01\n2,999", [NOT_PAY.format("999")]),
        ("scp,2025-04-01\n2,9999999", [NOT_PAY.format("9999999")]),
        ("scp,2025-04-01\n2,1e9", [NOT_PAY.format("1e9")]),
        ("scp,2025-04-01\n2,24413\n3,24413", ["The table from 2025-04-01: point 3 must pay more than point 2."]),
        ("scp,2025-04-01,2026-04-01\n2,24413,", ["The table from 2026-04-01 has no points."]),
        ('scp,2025-04-01\n2,"24"413', ["Line 2 has a quotation mark out of place."]),
        ("scp,2025-04-01\n2,\x0024413", ["The file is not a CSV file. Save the spreadsheet again as “CSV UTF-8”."]),
        (b"scp,2025-04-01\n2,\xa324413", ["Line 2 is not UTF-8 text. Save the file again as “CSV UTF-8”."]),
        ("scp,2025-04-01\n2,24413".encode("utf-16"), ["The file is UTF-16 text. Save it again as “CSV UTF-8”."]),
        (b"x" * (FILE_BYTES + 1), ["The file must be smaller than 100 kB."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_line_and_column(content: bytes | str, faults: list[str]):
    assert _faults(content) == faults


def test_all_that_is_wrong_is_said_at_once():
    assert _faults("scp,2025-04-01\nx,1\n2,y\n3,24796") == [
        "Line 2, column 1: “x” is not a point of the spine, from 1 to 99.",
        "Line 3, column 2 (2025-04-01): “y” is not a year’s pay in pounds, like 28672.",
    ]


def test_a_file_of_another_kind_is_not_told_a_hundred_times():
    faults = _faults("scp,2025-04-01\n" + "x,1\n" * 100)

    assert len(faults) == 21
    assert faults[-1] == "There are 80 more problems like these."


@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: b"scp,2025-04-01\n" + text.encode(errors="replace"))
)
def test_no_file_is_more_than_refused(content: bytes):
    with contextlib.suppress(Unreadable):
        assert all(spine.points for spine in read_spines(content))
