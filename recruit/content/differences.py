"""What changed between two versions of a text: by lines, and within a line by words."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

AROUND = 1  # unchanged lines shown before and after a change
MOST_WORDS = 400  # words of two lines that are compared word by word; longer ones as wholes
_WORDS = re.compile(r"\S+\s*|\s+")


class Piece(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


class Line(NamedTuple):
    """One line: its pieces, each with what became of it.  Without pieces it stands for `left_out` unchanged lines."""

    pieces: Sequence[tuple[Piece, str]]
    left_out: int = 0


def differences(before: str, after: str) -> list[Line]:
    """Return the lines that tell `after` from `before`, with a little around them; none where they are the same."""
    old, new = before.split("\n"), after.split("\n")
    if old == new:
        return []
    lines: list[Line] = []
    steps = SequenceMatcher(None, old, new).get_opcodes()
    for position, (tag, start, end, new_start, new_end) in enumerate(steps, start=1):
        if tag == "equal":
            is_first, is_last = position == 1, position == len(steps)
            lines += _unchanged(old[start:end], is_first=is_first, is_last=is_last)
        else:
            lines += _changed(old[start:end], new[new_start:new_end])
    return lines


def _unchanged(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield from (Line([(Piece.SAME, line)]) for line in lines)
        return
    yield from (Line([(Piece.SAME, line)]) for line in lines[:head])
    yield Line([], len(lines) - head - tail)
    yield from (Line([(Piece.SAME, line)]) for line in lines[len(lines) - tail :])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    for before, after in zip_longest(old, new):
        if before is None:
            yield Line([(Piece.IN, after)])
        elif after is None:
            yield Line([(Piece.OUT, before)])
        else:
            yield Line(list(_by_words(before, after)))


def _by_words(before: str, after: str) -> Iterator[tuple[Piece, str]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > 2 * MOST_WORDS or matcher.quick_ratio() < 0.3:
        if before:
            yield Piece.OUT, before
        if after:
            yield Piece.IN, after
        return
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        out, into = "".join(old[start:end]), "".join(new[new_start:new_end])
        if out == into:
            yield Piece.SAME, out
            continue
        if out:
            yield Piece.OUT, out
        if into:
            yield Piece.IN, into
