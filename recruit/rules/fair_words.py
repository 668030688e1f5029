"""Words of an advert that keep good people from applying, as a table: what is looked for, why, what to write instead.

They are pointed at, never refused: the writer knows what is meant.  By the Equality Act 2010 (sex, age, disability,
race), the guidance of Acas on adverts without discrimination, and D. Gaucher, J. Friesen and A. C. Kay, “Evidence That
Gendered Wording in Job Advertisements Exists and Sustains Gender Inequality” (2011).  Ours, for the council to change.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Wording(NamedTuple):
    """What is looked for, as a pattern of whole words, and what is said of it, to follow the words found."""

    found: re.Pattern[str]
    advice: str


NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
PEOPLE = (
    r"people|persons?|child(?:ren)?|adults?|carers?|parents?|offenders?|mothers?|fathers?|m[ae]n|wom[ae]n|girls?|boys?"
    r"|refugees?|lives|minds|voices|families"
)
"""Whom adverts for work with children call young."""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


TABLE: tuple[Wording, ...] = (
    Wording(
        _words(
            r"he/she|she/he|s/he|\(s\)he|he or she|she or he|his or her|her or his|his/her|him or her|he will|she will"
        ),
        "leaves some people out: write “you” or “they”",
    ),
    Wording(_words(r"chair(?:man|men|woman|women)"), "names a sex: write “chair”"),
    Wording(_words(r"man ?power|man hours"), "names a sex: write “staff” or “time”"),
    Wording(_words(r"ladies|guys|lads|gentlemen"), "names a sex: write “people” or “colleagues”"),
    Wording(
        _words(r"rock ?stars?|ninjas?|gurus?|superhero(?:es)?|dominant|aggressive|fearless|hard-nosed|thick-skinned"),
        "puts many people off, women most: say what the person does",
    ),
    Wording(
        _words(r"fast-paced|high-pressured?|hit the ground running|work hard,? play hard"),
        "can sound like work without support: say how much work it is and what help there is",
    ),
    Wording(
        _words(
            rf"young(?!,? (?:{PEOPLE})\b)|youthful|digital natives?|recent graduates?"
            r"|mature (?:person|candidate|individual)"
        ),
        "suggests an age: say what the work asks for",
    ),
    Wording(
        _words(rf"{NUMBER}\+?(?: or more)? years[’']?(?: of)?(?: [\w-]+){{0,3}} experience"),
        "leaves people out by their age: say what they must have learned or done",
    ),
    Wording(
        _words(r"able-bodied|physically fit|fit and healthy|in good health|good (?:sickness|attendance) record"),
        "leaves disabled people out: say what the work asks for; adjustments are made",
    ),
    Wording(
        _words(r"(?:full |clean |valid |current |uk )*driving licen[cs]e|car (?:owner|driver)|own (?:car|transport)"),
        "leaves out people who cannot drive because of a disability: write “able to travel around the area”, unless"
        " driving is the work",
    ),
    Wording(
        _words(
            r"native(?: english)? speakers?|mother tongue|english as a first language"
            r"|british (?:citizens?|nationals?)"
        ),
        "leaves people out by where they come from: say what language or right to work the post asks for",
    ),
    Wording(_words(r"utili[sz](?:e|es|ed|ing)|leverag(?:e|es|ed|ing)"), "is harder to read: write “use”"),
    Wording(_words(r"commenc(?:e|es|ed|ing)"), "is harder to read: write “start”"),
    Wording(_words(r"in order to"), "is longer than it has to be: write “to”"),
    Wording(_words(r"prior to"), "is harder to read: write “before”"),
    Wording(_words(r"going forward"), "says nothing: take it out, or say from when"),
)  # fmt: skip


def pointed_at(text: str) -> Iterator[tuple[str, str]]:
    """Yield what `text` says that is in the table, in the table's order and each wording once, with the advice."""
    line = " ".join(text.split())
    for wording in TABLE:
        found = {match[0].casefold(): match[0] for match in wording.found.finditer(line)}
        for said in found.values():
            yield said, wording.advice
