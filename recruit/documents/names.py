"""The names of files: what is kept of the one that a file came with, and the one that it goes out under."""

import re

from recruit.core.text import clean_line, slugify
from recruit.rules import limits

_PATH = re.compile(r"[/\\]")
_ODD = re.compile(r'[<>:"|?*\x00-\x1f]')


def clean_name(name: str) -> str:
    """Return the name that a file came with, as people may read it: no path, nothing invisible or turned round.

    It is shown, and never opened: where the bytes are kept has a name of its own.
    """
    last = _PATH.split(clean_line(name))[-1]
    plain = _ODD.sub("-", last).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[: limits.FILE_NAME_CHARACTERS]
    return f"{stem[: limits.FILE_NAME_CHARACTERS - len(ending) - 1]}.{ending}"


def ending_of(name: str) -> str:
    """Return how a clean name ends: ".pdf"; "" where it has no ending."""
    _, dot, ending = name.rpartition(".")
    return f".{ending.casefold()}" if dot else ""


def title_from(name: str) -> str:
    """Return what to call a file at first, from its name: "Job_description-2026.pdf" is "Job description 2026"."""
    stem = name.rpartition(".")[0] or name
    words = " ".join(re.split(r"[\s_\-]+", stem)).strip()
    return (words[:1].upper() + words[1:])[: limits.LINE_CHARACTERS] or "Document"


def tidy_name(*parts: str, ending: str) -> str:
    """Return a name to hand a file out under, in letters that every system knows."""
    return (slugify(" ".join(parts)) or "document") + ending
