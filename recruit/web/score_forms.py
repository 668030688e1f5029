"""The forms of whoever scores, in the sift and in interviews.  A score form has two fields for each of its lines."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from wtforms.validators import DataRequired

from recruit.panels.entry import Entry
from recruit.panels.standings import Line
from recruit.rules import limits
from recruit.rules.sift import SCORE_WORDS
from recruit.web.fields import ChoiceField
from recruit.web.forms import Form, MaxCharacters, ProseField, VersionedForm

CHOICES = [(str(score), f"{score}: {name}") for score, (name, _) in SCORE_WORDS.items()]
NONE_KNOWN, CONNECTED = "none", "connected"


class DeclarationForm(Form):
    """Whether the scorer knows of a connection, before the application opens."""

    connection = ChoiceField(
        "Do you know of a connection with this candidate?",
        [(NONE_KNOWN, "No, not that I know of"), (CONNECTED, "Yes, or I think so")],
        missing="Select whether you know of a connection",
    )


class ConnectionForm(Form):
    """A scorer who recognises somebody; what it is need not be said."""

    reason = ProseField(
        "What is the connection? (optional)",
        [MaxCharacters(limits.SCORE_NOTE_CHARACTERS, "What you write")],
        description="For HR. You need not name anybody.",
    )


class ReasonForm(Form):
    """Why a scorer leaves an application to another, or opens scores again."""

    reason = ProseField(
        "Why?",
        [DataRequired("Enter a reason"), MaxCharacters(limits.SCORE_NOTE_CHARACTERS, "The reason")],
        description="For HR, with the record.",
    )


def score_form(lines: Sequence[Line], *, label: str, entries: Mapping[int, Entry], version: int) -> Any:
    """Return a form with a score and a note for each of `lines`, filled from the request, else from `entries`.

    Args:
        label: of each note.
        version: of what the page shows.
    """
    fields: dict[str, Any] = {}
    for line in lines:
        fields[f"score_{line.id}"] = ChoiceField(
            f"Score for “{line.text}”", CHOICES, missing="Select a score from the list", needed=False
        )
        fields[f"note_{line.id}"] = ProseField(label, [MaxCharacters(limits.SCORE_NOTE_CHARACTERS, "What you write")])
    kept: dict[str, Any] = {"version": str(version)}
    for key, entry in entries.items():
        kept[f"score_{key}"] = None if entry.score is None else str(entry.score)
        kept[f"note_{key}"] = entry.note
    return cast(Any, type("ScoreForm", (VersionedForm,), fields))(data=kept)


def entries_in(form: Any, keys: Collection[int]) -> dict[int, Entry]:
    """Return what a valid score form holds, by line."""
    return {
        key: Entry(
            int(form[f"score_{key}"].data) if form[f"score_{key}"].data else None, form[f"note_{key}"].data or ""
        )
        for key in keys
    }


def show_faults(form: Any, found: Mapping[int, tuple[str, str]]) -> None:
    """Put each fault beside its field."""
    for key, (field, sentence) in found.items():
        form[f"{field}_{key}"].errors = [sentence]


def show_unsettled(form: Any, entries: Mapping[int, Entry]) -> None:
    """Put beside its field what the chair has still to enter."""
    for key, entry in entries.items():
        if entry.score is None:
            form[f"score_{key}"].errors = ["Select the score that counts"]
        if not entry.note.strip():
            form[f"note_{key}"].errors = ["Enter why this is the score"]
