"""No page of staff shows what a candidate sent without having it kept that it was shown."""

import ast
from pathlib import Path

RECRUIT = Path(__file__).resolve().parents[2] / "recruit"
AREAS = (
    "review", "sift", "panel", "interviews", "interviewing", "approvals", "recruiter", "interested", "safeguarding",
    "admin",
)  # fmt: skip
"""The areas of staff."""
CONTENT = {
    "application_to_read", "applications_to_zip", "chaired_interview", "chapters_of", "content_of", "handed_out",
    "held_interview", "inspect_application", "inspect_vacancy", "messages_of", "named_referees", "prompts_for",
    "reading_for_panel", "reading_of", "reading_of_sent", "saved_parts", "sent_content", "sent_content_query",
    "sent_shown",
    "snapshot_of", "support_asked_for",
}  # fmt: skip
"""What reads a candidate's words, or the name of whom the panel does not know."""
KEEPS = {"note_opening", "keep_disclosure"}
"""What keeps that they were shown or taken out."""
BY_FRAME = {"web/interviewing/scoring.py", "web/review/application_shown.py", "web/review/sent_shown.py"}
"""What does so by a function of another file, with which it makes all its pages."""
SENT = {
    "applications/own_data.py", "applications/queries.py", "applications/submitting.py",
    "appointments/employment_queries.py", "demo/bulk.py", "interviews/prompting.py", "panels/named_referees.py",
    "panels/reading.py", "record/exporting.py", "record/inspection.py", "review/dossier.py", "review/reading.py",
    "web/candidate/copies.py", "web/candidate/sending.py",
}  # fmt: skip
"""What reads the whole of what was sent.  One more is a way round for those above: name it there."""


def names_in(file: Path) -> set[str]:
    """Return every name that a file uses."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def test_whatever_shows_content_to_staff_keeps_that_it_did():
    files = [file for area in AREAS for file in (RECRUIT / "web" / area).rglob("*.py")]
    found = {str(file.relative_to(RECRUIT)): names_in(file) for file in files}
    silent = {name for name, used in found.items() if used & CONTENT and not used & KEEPS}

    assert silent == BY_FRAME


def test_what_was_sent_is_read_where_it_is_known_to_be():
    readers = {"snapshot_of", "sent_content", "sent_content_query", "Snapshot"}
    found = {str(file.relative_to(RECRUIT)) for file in RECRUIT.rglob("*.py") if names_in(file) & readers}

    assert found == SENT
