"""The words of public vacancies: for each term and weight, the set of vacancies that say it.

A set is a Python int: bit `n` stands for slot `n`, and each vacancy has a slot.  Sets of 20,000 are joined and counted
in about a microsecond, on every database alike.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from recruit.vacancies.finder_rows import Texts
from recruit.vacancies.vocabulary import Vocabulary

WEIGHTS = (8, 4, 2, 1)  # what a term counts for in a title; team, grade, place; summary, criteria; description


FEW = 64  # slots up to which shifting is quicker than writing out all digits


def bits_of(slots: Collection[int], size: int) -> int:
    """Return the set of `slots`, each from 0 and below `size`."""
    if len(slots) <= FEW:
        return sum(1 << slot for slot in slots)
    digits = bytearray(b"0" * max(size, 1))
    for slot in slots:
        digits[-1 - slot] = 49  # "1"
    return int(digits, 2)


def flags_of(bits: int, size: int) -> bytes:
    """Return the set `bits` as one byte a slot, 1 or 0: what `filter` and `compress` read fastest."""
    return format(bits, f"0{size}b").encode()[::-1].translate(_DIGITS)


_DIGITS = bytes(max(0, digit - 48) & 1 for digit in range(256))


class Terms:
    """Which slots say which term, by weight.  Made anew for each change from the one before; never changed itself.

    Args:
        tiers: for each of `WEIGHTS`, the set of each term.
    """

    def __init__(self, tiers: Sequence[Mapping[str, int]] = ({}, {}, {}, {})) -> None:
        self._tiers = tiers

    def changed(self, gone: Collection[int], added: Mapping[int, Texts], size: int, vocabulary: Vocabulary) -> "Terms":
        """Return these terms without what the slots `gone` said, and with what the slots `added` say."""
        kept = ~bits_of(gone, size)
        said: list[dict[str, list[int]]] = [defaultdict(list) for _ in WEIGHTS]
        for slot, texts in added.items():
            for tier, text in zip(said, texts, strict=True):
                for term in {term for line in text.splitlines() for term in _terms_of(vocabulary, line)}:
                    tier[term].append(slot)
        sets = []
        for before, more in zip(self._tiers, said, strict=True):
            says = {term: left for term, bits in before.items() if (left := bits & kept)}
            for term, slots in more.items():
                says[term] = says.get(term, 0) | bits_of(slots, size)
            sets.append(says)
        return Terms(sets)

    def saying_all(self, terms: Sequence[str], among: int) -> int:
        """Return those of the set `among` that say every one of `terms`, anywhere."""
        for term in terms:
            anywhere = 0
            for tier in self._tiers:
                anywhere |= tier.get(term, 0)
            among &= anywhere
        return among

    def ranked(self, terms: Sequence[str], among: int) -> list[int]:
        """Return the set `among` in parts of equal weight, the weightiest first.

        A term counts once, where it weighs most.  Each of `among` must say every one of `terms`.
        """
        parts = {0: among}
        for term in terms:
            heavier: dict[int, int] = defaultdict(int)
            for weight, part in parts.items():
                for more, tier in zip(WEIGHTS, self._tiers, strict=True):
                    if found := part & tier.get(term, 0):
                        heavier[weight + more] |= found
                        part ^= found
            parts = heavier
        return [parts[weight] for weight in sorted(parts, reverse=True)]


@lru_cache(maxsize=32_768)
def _terms_of(vocabulary: Vocabulary, line: str) -> tuple[str, ...]:
    """The terms of a line, each once.  Vacancies share most of their lines: a team's, a grade's, last year's advert."""
    return tuple(vocabulary.index_terms(line))
