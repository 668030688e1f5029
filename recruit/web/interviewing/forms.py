"""The forms of the area."""

from collections.abc import Sequence
from typing import Any, cast

from recruit.interviews.prompting import Asked, Told
from recruit.rules import limits
from recruit.web.fields import ChoiceField
from recruit.web.forms import Form, MaxCharacters, ProseField
from recruit.web.prompts_shown import field_of

EXPLAINED, OPEN = "explained", "open"


def prompt_form(asked: Sequence[Asked]) -> Any:
    """Return a form with a note for each prompt, and whether it explains what was asked."""
    fields: dict[str, Any] = {}
    for one in asked:
        name = field_of(one.prompt.key)
        fields[f"words_{name}"] = ProseField(
            "What they said", [MaxCharacters(limits.SCORE_NOTE_CHARACTERS, "What you write")]
        )
        fields[f"state_{name}"] = ChoiceField(
            "Does that explain it?",
            [(EXPLAINED, "Yes"), (OPEN, "Not yet")],
            missing="Select whether it is explained",
            needed=False,
        )
    return cast(Any, type("PromptForm", (Form,), fields))()


def told_in(form: Any, asked: Sequence[Asked]) -> dict[str, Told]:
    """Return what a valid form holds, by the prompt's key, and put beside a field what is missing."""
    told = {}
    for one in asked:
        name = field_of(one.prompt.key)
        words, state = (form[f"words_{name}"].data or "").strip(), form[f"state_{name}"].data
        if words and not state:
            form[f"state_{name}"].errors = ["Select whether it is explained"]
        if state and not words:
            form[f"words_{name}"].errors = ["Enter what they said"]
        told[one.prompt.key] = Told(words, state == EXPLAINED)
    return told
