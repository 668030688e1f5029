"""What stands between double braces in a page: `{{ claim some-name }}`, or a blank that the service fills in.

A claim stands alone on its line, or on a line of a list, so that a page without it still reads well.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

BLANKS = ("contact", "effort", "referees", "working_days")
"""The blanks that staff can use: how to reach us, how long a form takes, and numbers of the rules."""

_MARKER = re.compile(r"\{\{([^{}\n]*)\}\}")
_CLAIM = re.compile(r"claim[ \t]+([a-z0-9]+(?:-[a-z0-9]+)*)")
_ALONE = re.compile(r"^([ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?)\{\{([^{}\n]*)\}\}[ \t]*$")


class Marker(NamedTuple):
    """One marker: what stands in it, the claim that it cites or "", and whether it stands where a claim may."""

    words: str
    claim: str
    is_alone: bool


def markers(text: str) -> list[Marker]:
    """Return every marker of `text`, in order."""
    found = []
    for line in text.split("\n"):
        is_alone = _ALONE.match(line) is not None
        found += [Marker(words.strip(), _cited(words), is_alone) for words in _MARKER.findall(line)]
    return found


def claims_of(text: str) -> list[str]:
    """Return the slugs of the claims that `text` cites, in order, each once."""
    return list(dict.fromkeys(marker.claim for marker in markers(text) if marker.claim))


def filled_in(text: str, claim: Callable[[str], str], blanks: Mapping[str, str]) -> str:
    """Return `text` with its markers filled in.

    Args:
        claim: gives what stands for a claim; "" leaves out its line.
        blanks: what stands for each blank.
    """
    lines = []
    for line in text.split("\n"):
        alone = _ALONE.match(line)
        if alone and (slug := _cited(alone.group(2))):
            words = claim(slug)
            if words:
                lines.append(alone.group(1) + words)
            continue
        lines.append(_MARKER.sub(lambda marker: blanks.get(marker.group(1).strip(), ""), line))
    return "\n".join(lines)


def _cited(words: str) -> str:
    """Return the claim that a marker cites; "" where it is a blank."""
    found = _CLAIM.fullmatch(words.strip())
    return found.group(1) if found else ""
