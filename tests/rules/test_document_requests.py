from pathlib import Path

from recruit.rules.document_requests import REQUEST_MOVES, RequestStatus
from recruit.rules.lifecycle import mermaid


def test_each_status_is_reached_and_the_docs_show_the_table():
    page = (Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md").read_text()
    pairs = [(move.source, move.target) for move in REQUEST_MOVES]

    assert {move.target for move in REQUEST_MOVES} == set(RequestStatus)
    assert sorted(set(pairs)) == sorted(pairs)
    assert mermaid(REQUEST_MOVES) in page
