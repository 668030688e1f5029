from pathlib import Path

import pytest

from recruit.rules import limits
from recruit.rules.lifecycle import mermaid
from recruit.rules.sift import LIVE, SCORE_WORDS, SHEET_MOVES, SHEET_WORDS, SheetStatus

pytestmark = pytest.mark.one_database


def test_the_docs_show_the_diagram_of_score_sheets():
    page = (Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md").read_text()

    assert mermaid(SHEET_MOVES) in page


def test_every_status_and_every_score_has_words():
    least, most = limits.SCORES

    assert set(SHEET_WORDS) == set(SheetStatus)
    assert list(SCORE_WORDS) == list(range(least, most + 1))


def test_whoever_counts_no_more_does_not_come_back():
    assert {move.source for move in SHEET_MOVES} == set(LIVE)
