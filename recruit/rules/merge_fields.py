"""What a message may take from each application, written in braces: {candidate_name}."""

import re
from collections.abc import Mapping
from typing import Final

from recruit.core.errors import Incomplete

MERGE_FIELDS: Final[Mapping[str, str]] = {
    "candidate_name": "the first name of the candidate",
    "vacancy_title": "the title of the vacancy",
    "vacancy_reference": "the reference of the vacancy",
    "application_reference": "the reference of the application",
    "team_name": "the name of the team",
    "hear_by": "the day by which the candidate hears from us",
    "contact_role": "whom to ask about the vacancy",
    "contact_email": "the email address of whom to ask",
    "contact_phone": "the phone number of whom to ask",
}
"""Each field and what stands in its place."""

_FIELD = re.compile(r"\{([^{}]*)\}")


def refuse_unknown_fields(text: str) -> None:
    """Refuse a text whose braces name no field.

    Raises:
        Incomplete: with the first that is wrong, and what there is.
    """
    unknown = next((name for name in _FIELD.findall(text) if name not in MERGE_FIELDS), None)
    if unknown is not None:
        raise Incomplete(
            f"There is no field {{{unknown}}}. Use one of {', '.join(f'{{{name}}}' for name in MERGE_FIELDS)}"
        )
    if "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text):
        raise Incomplete("A brace stands alone. Write a field as {candidate_name}, or leave the brace out")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with each field's value in its place.

    Raises:
        Incomplete: a field is unknown, or there is nothing to put in its place.
    """
    refuse_unknown_fields(text)
    missing = next((name for name in _FIELD.findall(text) if not values[name]), None)
    if missing is not None:
        raise Incomplete(f"There is nothing to put in place of {{{missing}}}: {MERGE_FIELDS[missing]}")
    return _FIELD.sub(lambda found: values[found[1]], text)
