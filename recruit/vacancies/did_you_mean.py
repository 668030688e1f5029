"""Help with typing: the words that somebody may have meant, where what they typed finds nothing.

Words are compared with those of titles, teams, grades and places, and of the synonyms: what candidates look for.  It is
asked only when a search finds nothing, so nothing of it is on the way of one that finds something.
"""

import re
from collections.abc import Iterable, Set
from difflib import get_close_matches

from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.synonyms import STOP_WORDS
from recruit.vacancies.vocabulary import Vocabulary

LEAST_LETTERS = 4  # of a word that is compared: shorter ones are near to everything
LEAST_LIKENESS = 0.75  # of 1; "fostring" and "fostering" are 0.94, "fencing" and "fostering" 0.5
WORDS_COMPARED = 8  # of one query

_WORD = re.compile(r"[^\W\d_]+")
_TWO = re.compile(r"([^\W\d_]+)[\s-]+(?=([^\W\d_]+))")


def known_words(rows: Iterable[VacancyRow], vocabulary: Vocabulary) -> Set[str]:
    """Return the words that `rows` are called by, and those of the synonyms, in small letters."""
    said = {text for row in rows for text in (row.title, row.team.name, row.grade.title, row.workplace)}
    said |= {phrase for phrases in vocabulary.groups.values() for phrase in phrases}
    words = {word for text in said for word in _WORD.findall(text.casefold())}
    return {word for word in words if len(word) >= LEAST_LETTERS} - set(STOP_WORDS)


def suggestion(words: str, known: Set[str]) -> str:
    """Return `words` with each one that is not known made the known one that it is most like; "" if none is.

    Two that are known only as one, such as "safe guarding", become that one first.

    Args:
        words: what was typed.
        known: `known_words`.
    """
    joined = _as_one(words, known)
    unknown = [word for word in _WORD.findall(joined) if len(word) >= LEAST_LETTERS and word.casefold() not in known]
    meant = joined
    for word in unknown[:WORDS_COMPARED]:
        near = get_close_matches(word.casefold(), sorted(known), n=1, cutoff=LEAST_LIKENESS)
        if near:
            meant = re.sub(rf"\b{re.escape(word)}\b", near[0], meant)
    return meant if meant != words else ""


def _as_one(words: str, known: Set[str]) -> str:
    """Return `words` with the first two neighbours that are known as one word, and not both by themselves, as one."""
    for match in _TWO.finditer(words):
        first, second = match[1].casefold(), match[2].casefold()
        if first + second in known and not {first, second} <= known:
            return words[: match.end(1)] + words[match.end() :]
    return words
