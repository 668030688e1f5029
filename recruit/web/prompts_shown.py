"""What a history leaves to ask about, as interviewers and HR read it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from recruit.applications.prompts import PromptKind
from recruit.core.calendar import long_moment
from recruit.interviews.prompting import Asked


def field_of(key: str) -> str:
    """Return a name for the fields of one prompt: its key can hold anything."""
    return sha256(key.encode()).hexdigest()[:12]


def prompts_shown(asked: Sequence[Asked]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return prompts under their headings, each with what was noted."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for kind in PromptKind:
        rows = [_shown(one) for one in asked if one.prompt.kind == kind]
        if rows:
            groups.append((kind.value, rows))
    return groups


def _shown(one: Asked) -> dict[str, Any]:
    return {
        "field": field_of(one.prompt.key),
        "text": one.prompt.text,
        "said": one.prompt.said,
        "is_explained": one.is_explained,
        "notes": [
            {
                "words": note.words,
                "is_explained": note.is_explained,
                "who": note.author.name,
                "when": long_moment(note.at),
            }
            for note in one.notes
        ],
    }
