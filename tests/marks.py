"""Which files have the tests of a mark, so that a run of those alone reads no others."""

from pathlib import Path

FOUND_BY_MARK = ("slow", "browser")
TESTS = Path(__file__).resolve().parent


def files_with_mark(name: str) -> list[Path]:
    """Return the files that name a mark in their text."""
    return [file for file in sorted(TESTS.rglob("test_*.py")) if f"mark.{name}" in file.read_text()]
