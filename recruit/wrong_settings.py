"""Settings that are wrong, in words for whoever set them: which variable, and what was expected.

What it was set to is never repeated, as it may be a secret, or one that was put under the wrong name.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from recruit.config import Environment, Settings, Unsafe

STATUS = 2  # of a command that does not start because of its settings


class WrongSettings(Exception):
    """The settings cannot be used.

    Args:
        faults: a line for each that is wrong, which begins with the variable's name.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(["This does not start, because of its settings.", *faults]))


def read_settings() -> Settings:
    """Return the settings of the environment, with a folder for the data.

    Raises:
        WrongSettings: a value cannot be used, or a production start would be unsafe.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise WrongSettings([sentence for fault in found for sentence in _sentences(fault)]) from None
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSettings([f"DATA_DIR must be a folder that can be made here: {error.strerror}"]) from None
    return settings


def _sentences(fault: Any) -> list[str]:
    """Return what one of pydantic's faults says: a rule of ours in its own words, another by the type it is of."""
    reason = fault.get("ctx", {}).get("error")
    if isinstance(reason, Unsafe):
        return list(reason.faults)
    if not fault["loc"]:
        return [str(reason)]
    name = str(fault["loc"][0])
    return [f"{name.upper()} must be {reason if isinstance(reason, ValueError) else _expected(name)}"]


def _expected(name: str) -> str:
    field = Settings.model_fields[name]
    if field.annotation is int:
        bounds = {type(bound).__name__: bound for bound in field.metadata}
        return f"a whole number from {bounds['Ge'].ge} to {bounds['Le'].le}"
    if field.annotation is bool:
        return "true or false"
    if field.annotation is Environment:
        return "demo, test or production; where it is not set, the file “environment” in DATA_DIR says it"
    return "plain text"
