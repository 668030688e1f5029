"""Hiding who somebody is in what they wrote.

Word by word: a name is hidden at word boundaries, without regard to capitals and accents.  A name that is also a common
word ("Grace", "Will") is hidden only where it is written as a name: with a capital, and not where any sentence begins.
It cannot find everything, so HR reads what the panel will and hides more.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from recruit.core.text import unaccented
from recruit.panels.name_words import COMMON, PARTICLES

HIDDEN, HIDDEN_BY_HR = "[hidden]", "[hidden by HR]"
_OURS, _HRS = "\ue000", "\ue001"  # stand for the marks while the text is searched: nobody types them

_LETTER = r"[^\W_][\u0300-\u036f]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:['\u2019\u02bc](?:{_LETTER})+)*")
_APOSTROPHE = re.compile("['\u2019\u02bc]")
_POSSESSIVE = re.compile("['\u2019\u02bc]s$", re.IGNORECASE)
_RUN = re.compile(rf"{_OURS}(?:[ \t,.\-\u2010-\u2015]*{_OURS})+")
_ANYBODYS = (
    re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}"),  # an email address
    re.compile(r"(?:https?://|www\.)\S+|\b(?:linkedin|facebook|instagram|twitter|x)\.com/\S+", re.IGNORECASE),
    re.compile(r"(?<![\w])\+?\(?\d(?:[\s().\-]?\d){8,14}(?!\w)"),  # a phone number: 9 digits and more
    re.compile(r"\bSW\s?\d{3,6}\b", re.IGNORECASE),  # a registration number
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE),  # a postcode
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Masking:
    """What is hidden in one application.

    Args:
        names: names of a person as they wrote them: each part is hidden.
        phrases: other things of theirs, such as an address or a referee's name: hidden where they stand whole.
        by_hr: phrases that HR hides.
    """

    names: Iterable[str]
    phrases: Iterable[str] = ()
    by_hr: Sequence[str] = ()
    hidden: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        parts = {folded for name in self.names for folded in _parts(name)}
        self._common = parts & COMMON | {part for part in parts if len(part) == 2}
        self._sure = parts - self._common
        whole = [name for name in self.names if len(name.split()) > 1]
        self._phrases = [_phrase(text) for text in [*whole, *self.phrases] if _is_worth_hiding(text)]
        self._by_hr = [_phrase(text) for text in self.by_hr if text.strip()]
        # Scripts that are written without spaces have no word boundaries to look at.
        self._unspaced = [re.compile(re.escape(name)) for name in self.names if name and ord(name[0]) >= 0x2E80]

    def hide(self, text: str) -> str:
        """Return `text` with a mark in place of what tells who wrote it; counts the marks in `hidden`."""
        for pattern in self._by_hr:
            text = pattern.sub(_HRS, text)
        for pattern in (*_ANYBODYS, *self._phrases, *self._unspaced):
            text = pattern.sub(_OURS, text)
        text = _RUN.sub(_OURS, _WORD.sub(self._word, text))
        self.hidden += text.count(_OURS) + text.count(_HRS)
        return text.replace(_OURS, HIDDEN).replace(_HRS, HIDDEN_BY_HR)

    def hide_with_years(self, text: str) -> str:
        """Return `text` hidden as by `hide`, and the years in it: a year of study tells an age."""
        return self.hide(_YEAR.sub(_OURS, text))

    def _word(self, match: re.Match[str]) -> str:
        word = match[0]
        folded = _folded(_POSSESSIVE.sub("", word))
        if folded in self._sure or _folded(word) in self._sure:
            return _OURS
        if folded in self._common and word[0].isupper() and not _begins_sentence(match.string, match.start()):
            return _OURS
        return word


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'\u2018\u201c(")
    return not before or before[-1] in ".!?:;\n\u2022-"


def _parts(name: str) -> set[str]:
    words = {_folded(word) for word in _WORD.findall(name)}
    words |= {_folded(word) for whole in _WORD.findall(name) for word in _APOSTROPHE.split(whole) if len(word) > 2}
    return {word for word in words if len(word) > 1 and word not in PARTICLES}


def _folded(word: str) -> str:
    return unaccented(_APOSTROPHE.sub("", word))


def _is_worth_hiding(text: str) -> bool:
    return len(text.strip()) > 3  # a shorter one would hide parts of a sentence


def _phrase(text: str) -> re.Pattern[str]:
    """Return a pattern for `text` as a whole, with any white space between its words and any capitals."""
    words = r"\s+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
