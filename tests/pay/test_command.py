"""`flask pay import`."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from recruit.pay.models import PayPoint, PayTable

GOOD = "scp,2024-04-01,2025-04-01\n2,23656,24413\n3,24027,24796\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "spine.csv"


def _run(app: Flask, *arguments: str) -> tuple[int, list[str]]:
    result = app.test_cli_runner().invoke(args=["pay", "import", *arguments])
    return result.exit_code, result.output.splitlines()


def test_importing_says_what_was_kept(app, session, file: Path):
    file.write_text(GOOD)

    assert _run(app, str(file)) == (0, ["1 April 2024: new, 2 points", "1 April 2025: new, 2 points"])
    assert _run(app, str(file)) == (0, ["1 April 2024: the same as before", "1 April 2025: the same as before"])
    assert session.scalar(select(func.count()).select_from(PayPoint)) == 4
    assert set(session.scalars(select(PayTable.source))) == {"spine.csv"}


def test_one_table_can_be_chosen(app, session, file: Path):
    file.write_text(GOOD)

    assert _run(app, str(file), "--effective-on", "2025-04-01") == (0, ["1 April 2025: new, 2 points"])
    assert _run(app, str(file), "--effective-on", "2030-04-01") == (
        1,
        ["Error: The file has no table from 2030-04-01."],
    )


def test_a_bad_file_imports_nothing(app, session, file: Path):
    file.write_text(GOOD + "4,x,25185\n")

    assert _run(app, str(file)) == (
        1,
        [
            "Error: nothing was imported.",
            "Line 4, column 2 (2024-04-01): “x” is not a year’s pay in pounds, like 28672.",
        ],
    )
    assert session.scalar(select(func.count()).select_from(PayTable)) == 0
