"""What must be true of every file."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECRUIT = ROOT / "recruit"
FILES = sorted(RECRUIT.rglob("*.py"))


@pytest.mark.parametrize(
    ("pattern", "homes"),
    [
        (r"session\.commit\(\)", {"core/transaction.py"}),
        (r"datetime\.now\(|date\.today\(|utcnow\(", {"core/clock.py"}),
        (r"application\.status = (?!=)", {"applications/moves.py"}),
        (r"(?<!def )\bmove_application\(", {"panels/deciding.py", "demo/decisions.py"}),  # a panel may come first
        (r"vacancy\.status = (?!=)", {"vacancies/moves.py"}),
        (r"os\.environ|os\.getenv", set()),
        (r"\.execute\(\s*f\"|text\(f\"", {"core/db.py"}),  # a PRAGMA takes no parameters
    ],
)
def test_is_done_in_one_place(pattern: str, homes: set[str]):
    found = {str(file.relative_to(RECRUIT)) for file in FILES if re.search(pattern, file.read_text())}

    assert found == homes


def test_no_file_is_too_long_to_hold_in_the_head():
    assert [str(file) for file in FILES if len(file.read_text().splitlines()) > 300] == []


def test_no_file_has_a_name_that_says_nothing():
    banned = {"utils", "helpers", "misc", "common", "util", "helper"}

    assert [str(file) for file in FILES if file.stem in banned] == []


def test_no_word_of_the_field_is_used_wrongly():
    banned = re.compile(r"\b(applicant|jobseeker|rejected|rejection)\b", re.IGNORECASE)
    texts = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt"), *RECRUIT.rglob("*.md")]
    found = {str(file.relative_to(ROOT)) for file in texts if banned.search(file.read_text())}

    assert found == set()


def test_no_template_has_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|\sstyle=|\son[a-z]+=\"", re.IGNORECASE)
    found = [str(file) for file in (ROOT / "templates").rglob("*.html") if inline.search(file.read_text())]

    assert found == []


def test_locks_and_code_name_no_registry():
    hosts = re.compile("pypi" + r"\.org|python" + r"hosted\.org|npm" + r"js\.(org|com)|deb\.debian" + r"\.org")
    names = [
        "requirements.txt",
        "requirements-dev.txt",
        "package-lock.json",
        "package.json",
        "Makefile",
        "pyproject.toml",
    ]

    assert [name for name in names if hosts.search((ROOT / name).read_text())] == []


def test_every_test_file_stands_where_its_subject_does():
    tests = ROOT / "tests"
    free = {"architecture", "journeys", "bench", "service"}
    astray = [
        str(file.relative_to(tests))
        for file in tests.rglob("test_*.py")
        if file.relative_to(tests).parts[0] not in free and not (RECRUIT / file.relative_to(tests).parent).is_dir()
    ]

    assert astray == []
