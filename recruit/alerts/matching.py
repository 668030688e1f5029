"""Which searches a new vacancy is found by: all of them asked at once, not one after the other.

The searches of all alerts, each once however many alerts share it, are held as sets (see `finder_terms`): bit `n`
stands for slot `n`.  For each facet there is the set of searches that do not ask about it and, for each value, the set
of those that take it, so a facet costs two or three joins of sets, however many alerts there are.  Words are looked up
from the vacancy's side: a group of words stands under its rarest one, and only groups under a word of the vacancy are
looked at.  The answer is that of `finder_index.Index.search`; tests hold the two against each other.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from recruit.alerts.searches import ASKED
from recruit.vacancies.finder_facets import hours_of
from recruit.vacancies.finder_query import YES, Facet
from recruit.vacancies.finder_rows import Texts, VacancyRow
from recruit.vacancies.finder_terms import bits_of, flags_of
from recruit.vacancies.vocabulary import SHIPPED, Vocabulary

REMEMBERED = 64  # sets of "asks for no more than" that are kept: vacancies have few figures


class Matching:
    """The searches of alerts, ready to be held against vacancies.  Searches are added, never taken away.

    Args:
        vocabulary: which words mean the same.
    """

    def __init__(self, vocabulary: Vocabulary = SHIPPED) -> None:
        self.vocabulary = vocabulary
        self._ids: list[int] = []
        self._free: dict[Facet, int] = dict.fromkeys(ASKED, 0)
        self._taking: dict[Facet, dict[str, int]] = {facet: defaultdict(int) for facet in ASKED}
        self._salaries: list[tuple[int, int]] = []  # pounds a year that are asked for, and the slot
        self._modest: dict[int, int] = {}
        self._wordless = 0
        self._groups: dict[frozenset[str], list[int]] = {}
        self._by_anchor: dict[str, list[frozenset[str]]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, searches: Iterable[tuple[int, str, Mapping[str, Sequence[str]]]]) -> None:
        """Take in searches, as (id, words, facet to values)."""
        free: dict[Facet, list[int]] = {facet: [] for facet in ASKED}
        taking: dict[tuple[Facet, str], list[int]] = defaultdict(list)
        wordless = []
        for number, words, chosen in searches:
            slot = len(self._ids)
            self._ids.append(number)
            for facet in ASKED:
                values = chosen.get(facet.value) or ()
                for value in values:
                    taking[facet, value].append(slot)
                if not values:
                    free[facet].append(slot)
            if terms := frozenset(self.vocabulary.query_terms(words)):
                self._file(terms, slot)
            else:
                wordless.append(slot)
        self._join(free, taking, wordless)

    def _join(
        self, free: Mapping[Facet, list[int]], taking: Mapping[tuple[Facet, str], list[int]], wordless: list[int]
    ) -> None:
        size = len(self._ids)
        for facet, slots in free.items():
            self._free[facet] |= bits_of(slots, size)
        for (facet, value), slots in taking.items():
            if facet == Facet.SALARY_MIN:
                self._salaries += [(int(value), slot) for slot in slots]
            else:
                self._taking[facet][value] |= bits_of(slots, size)
        self._wordless |= bits_of(wordless, size)
        self._salaries.sort()
        self._modest.clear()

    def searches_for(self, row: VacancyRow, texts: Texts) -> list[int]:
        """Return the ids of the searches that find the vacancy while it is open, in the order they were added."""
        matched = (1 << len(self._ids)) - 1
        for facet, values in _values(row).items():
            taken = self._free[facet]
            for value in values:
                taken |= self._taking[facet].get(value, 0)
            matched &= taken
        matched &= self._free[Facet.SALARY_MIN] | self._asking_up_to(row.salary_max_pence // 100)
        matched &= self._wordless | self._said_by(texts)
        if not matched:
            return []
        flags = flags_of(matched, len(self._ids))
        return [number for number, flag in zip(self._ids, flags, strict=True) if flag]

    def _file(self, terms: frozenset[str], slot: int) -> None:
        slots = self._groups.get(terms)
        if slots is None:
            slots = self._groups[terms] = []
            anchor = min(sorted(terms), key=lambda term: len(self._by_anchor.get(term, ())))
            self._by_anchor[anchor].append(terms)
        slots.append(slot)

    def _said_by(self, texts: Texts) -> int:
        said = frozenset(
            term for text in texts for line in text.splitlines() for term in self.vocabulary.index_terms(line)
        )
        found: list[int] = []
        for term in said:
            for terms in self._by_anchor.get(term, ()):
                if terms <= said:
                    found += self._groups[terms]
        return bits_of(found, len(self._ids))

    def _asking_up_to(self, pounds: int) -> int:
        """The searches that ask for pay which reaches no more than `pounds` a year."""
        end = bisect_right(self._salaries, pounds, key=lambda pair: pair[0])
        if end not in self._modest:
            if len(self._modest) >= REMEMBERED:
                self._modest.clear()
            self._modest[end] = bits_of([slot for _, slot in self._salaries[:end]], len(self._ids))
        return self._modest[end]


def _values(row: VacancyRow) -> dict[Facet, list[str]]:
    """What the vacancy has of each facet, as `finder_facets` has it."""
    return {
        Facet.GRADE: [row.grade.code],
        Facet.TEAM: [row.team.slug],
        Facet.CONTRACT: [row.contract.value],
        Facet.HOURS: [hours.value for hours in hours_of(row)],
        Facet.NEWLY_QUALIFIED: [YES] if row.newly_qualified else [],
        Facet.WELCOME_PAYMENT: [YES] if row.welcome_pence else [],
    }
