"""All that public search knows at one revision of the database, held in memory.  Never changed once made."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from operator import attrgetter

from recruit.core.calendar import london_day, london_moment
from recruit.vacancies.did_you_mean import known_words, suggestion
from recruit.vacancies.finder_facets import Facets
from recruit.vacancies.finder_query import Facet, Query, Result, Sort
from recruit.vacancies.finder_rows import Rows, Texts, VacancyRow
from recruit.vacancies.finder_terms import Terms, bits_of, flags_of
from recruit.vacancies.vocabulary import SHIPPED, Vocabulary

FAR = 200  # slots of a list, after which it is quicker to keep all of it than to count from its top each time
OFFERED = 3  # ways to ask for fewer words that are offered
LISTS_KEPT = 16  # lists that an index keeps, of up to eight bytes a vacancy


class Index:
    """Vacancies by slot, with their words, facets and orders.

    Args:
        rows: what was read from the database.
        loaded_at: the moment for which it was read: vacancies that had closed by then are not there.
        before: the index before, whose words are taken over where nothing changed.
        vocabulary: which words mean the same.  Where it is not that of `before`, `rows` has the texts of all that
            `before.said_otherwise` names.
    """

    def __init__(
        self, rows: Rows, loaded_at: datetime, before: "Index | None" = None, vocabulary: Vocabulary = SHIPPED
    ) -> None:
        self.teams, self.grades = rows.teams, rows.grades
        self.vocabulary = vocabulary
        self.loaded_at = loaded_at
        self.read = rows._replace(texts={})  # the words are in the terms
        kept = before._kept(rows) if before else {}
        free = _free_slots(set(kept.values()))
        slots = {number: kept[number] if number in kept else next(free) for number in rows.vacancies}
        self._slots: Mapping[int, int] = slots
        self._rows: Mapping[int, VacancyRow] = {slots[number]: row for number, row in rows.vacancies.items()}
        self._size = 1 + max(slots.values(), default=0)
        self._terms = self._words(before, rows.texts, kept)
        self._facets = Facets(self._rows, self._size)
        moments = {moment for row in self._rows.values() for moment in (row.opens_at, row.closes_at)}
        self._boundaries = sorted(moments)
        self._live = (-1, 0)  # how many boundaries had passed, and what was open then
        self._flagged = (-1, b"")
        self._lists: dict[tuple[int, Sort], Sequence[int]] = {}
        self._counted: tuple[tuple[int, date], Mapping[Facet, Mapping[str, int]]] | None = None

    def _kept(self, rows: Rows) -> dict[int, int]:
        """The slots of vacancies that say the same in `rows`."""
        same = rows.vacancies.keys() - rows.texts.keys()
        return {number: slot for number, slot in self._slots.items() if number in same}

    def _words(self, before: "Index | None", texts: Mapping[int, Texts], kept: Mapping[int, int]) -> Terms:
        added = {self._slots[number]: said for number, said in texts.items()}
        if before is None:
            return Terms().changed((), added, self._size, self.vocabulary)
        gone = set(before._slots.values()) - set(kept.values())
        if not gone and not added:
            return before._terms
        return before._terms.changed(gone, added, max(self._size, before._size), self.vocabulary)

    def said_otherwise(self, vocabulary: Vocabulary) -> Set[int]:
        """Return the vacancies that another vocabulary may find by other terms, by number: those to read again."""
        if vocabulary is self.vocabulary:
            return frozenset()
        bits = 0
        for phrase in self.vocabulary.differing(vocabulary):
            bits |= self._terms.saying_all(phrase, (1 << self._size) - 1)
        return {row.id for slot, row in self._rows.items() if bits >> slot & 1}

    @cached_property
    def _orders(self) -> Mapping[Sort, Sequence[int]]:
        """Slots in each order; what is equal stands newest first, so every order is total."""
        newest = sorted(self._rows.values(), key=attrgetter("opens_at", "id"), reverse=True)
        salary = sorted(newest, key=attrgetter("salary_max_pence", "salary_min_pence"), reverse=True)
        closing = sorted(newest, key=attrgetter("closes_at"))
        by_newest, by_salary, by_closing = ([self._slots[row.id] for row in rows] for rows in (newest, salary, closing))
        return {Sort.NEWEST: by_newest, Sort.RELEVANCE: by_newest, Sort.CLOSING: by_closing, Sort.SALARY: by_salary}

    def rows(self, ids: Iterable[int]) -> list[VacancyRow]:
        """Return what a list shows of the vacancies `ids`, in their order, without those that are not in this index."""
        return [self._rows[self._slots[number]] for number in ids if number in self._slots]

    def mark_of(self, row: VacancyRow) -> tuple[int, Vocabulary]:
        """Return what stands for all that the vacancy says and is found by."""
        return self.read.marks[row.id], self.vocabulary

    def live(self, now: datetime) -> int:
        """Return the set of vacancies that take applications at `now`; worked out once between two boundaries."""
        passed = bisect_right(self._boundaries, now)
        known, bits = self._live
        if known != passed:
            open_now = [slot for slot, row in self._rows.items() if row.opens_at <= now < row.closes_at]
            bits = bits_of(open_now, self._size)
            self._live = (passed, bits)
        return bits

    def live_rows(self, now: datetime) -> list[VacancyRow]:
        """Return the vacancies that take applications at `now`, newest first."""
        flags = self._flags(self.live(now))
        return [self._rows[slot] for slot in self._orders[Sort.NEWEST] if flags[slot]]

    def next_boundary(self, now: datetime) -> datetime:
        """Return when the clock changes the list next: a vacancy opens or closes, or a day begins in London."""
        passed = bisect_right(self._boundaries, now)
        return min([_midnight_after(london_day(now)), *self._boundaries[passed : passed + 1]]).astimezone(UTC)

    def similar(self, team_id: int, grade_id: int, now: datetime, count: int) -> list[VacancyRow]:
        """Return at most `count` vacancies that take applications at `now`: of the team, then of the grade."""
        live, today = self.live(now), london_day(now)
        slugs = [team.slug for team in self.teams if team.id == team_id]
        codes = [grade.code for grade in self.grades if grade.id == grade_id]
        of_team = live & self._facets.having(Facet.TEAM, slugs, today)
        of_grade = live & self._facets.having(Facet.GRADE, codes, today) & ~of_team
        return [self._rows[slot] for slot in self._cut([of_team, of_grade], Sort.NEWEST, 0, count)]

    def search(self, query: Query, now: datetime, page_size: int) -> Result:
        """Answer `query` as of `now`; see `finder.Finder.search`."""
        today = london_day(now)
        terms = self.vocabulary.query_terms(query.words)
        live = self.live(now)
        said = self._terms.saying_all(terms, live)
        having = {facet: self._facets.having(facet, values, today) for facet, values in query.chosen.items()}
        matching = _all_of(said, having.values())
        others = {facet: _all_of(said, (bits for other, bits in having.items() if other != facet)) for facet in having}
        is_narrowed = bool(terms or having)
        counts = self._counts(matching, others, today) if is_narrowed else self._counts_of_all(live, today)
        without: dict[Facet | None, int] = {facet: bits.bit_count() for facet, bits in others.items()}
        if terms:
            without[None] = _all_of(live, having.values()).bit_count()
        total = matching.bit_count()
        pages = max(1, -(-total // page_size))
        page = min(max(1, query.page), pages)
        parts = self._terms.ranked(terms, matching) if terms and query.sort == Sort.RELEVANCE else [matching]
        slots = self._cut(parts, query.sort, (page - 1) * page_size, page_size)
        ids = tuple(self._rows[slot].id for slot in slots)
        return Result(ids, total, page, pages, counts, without, self.next_boundary(now))

    def did_you_mean(self, query: Query, now: datetime) -> tuple[str, int]:
        """Return other words for `query` that find something at `now`, with how many; "" and 0 if there are none.

        Only the words change; the filters stay.  Asked when `query` finds nothing.
        """
        words = suggestion(query.words, self._known)
        found = self.search(replace(query, words=words, page=1), now, 1).total if words else 0
        return (words, found) if found else ("", 0)

    def fewer_words(self, query: Query, now: datetime) -> list[tuple[str, int]]:
        """Return parts of the words of `query` that find something at `now`, with how many, the most first.

        They are all but one of what it asks for, or one of it where that finds nothing either.  Asked when `query`
        finds nothing.
        """
        today, parts = london_day(now), self.vocabulary.query_parts(query.words)
        if len(parts) < 2:
            return []
        chosen = (self._facets.having(facet, values, today) for facet, values in query.chosen.items())
        among = _all_of(self.live(now), chosen)
        for tried in ([[*parts[:place], *parts[place + 1 :]] for place in range(len(parts))], [[one] for one in parts]):
            found = dict.fromkeys(" ".join(words) for words in tried)
            counted = [(words, self._saying(words, among).bit_count()) for words in found]
            if left := sorted((one for one in counted if one[1]), key=lambda one: -one[1]):
                return left[:OFFERED]
        return []

    def _saying(self, words: str, among: int) -> int:
        return self._terms.saying_all(self.vocabulary.query_terms(words), among)

    @cached_property
    def _known(self) -> Set[str]:
        return known_words(self._rows.values(), self.vocabulary)

    def _counts(self, matching: int, others: Mapping[Facet, int], today: date) -> Mapping[Facet, Mapping[str, int]]:
        """How many of `matching` have each value that is offered; of `others` for a facet that stands there."""
        return {
            facet: {
                value: (others.get(facet, matching) & bits).bit_count()
                for value, bits in self._facets.offered(facet, today).items()
            }
            for facet in Facet
        }

    def _counts_of_all(self, live: int, today: date) -> Mapping[Facet, Mapping[str, int]]:
        """The counts of the list that nothing narrows, in any order and on any page; kept until it changes."""
        kept = self._counted
        if kept is None or kept[0] != (live, today):
            kept = self._counted = ((live, today), self._counts(live, {}, today))
        return kept[1]

    def _flags(self, bits: int) -> bytes:
        """The set `bits` as `flags_of`; kept for what was open last, which most lists are of."""
        kept, flags = self._flagged
        if bits != kept:
            flags = flags_of(bits, self._size)
            if bits == self._live[1]:
                self._flagged = (bits, flags)
        return flags

    def _listed(self, part: int, sort: Sort) -> Sequence[int]:
        """All of `part` in the order `sort`; kept for a while, because whoever has come far in a list goes on."""
        lists, key = self._lists, (part, sort)
        if key not in lists:
            if len(lists) >= LISTS_KEPT:
                lists.pop(next(iter(lists)), None)
            lists[key] = array("L", filter(self._flags(part).__getitem__, self._orders[sort]))
        return lists[key]

    def _cut(self, parts: Sequence[int], sort: Sort, start: int, count: int) -> Iterator[int]:
        """`count` slots from the `start`th on, of the parts one after the other, each in the order `sort`."""
        for part in parts:
            size = part.bit_count()
            if start >= size:
                start -= size
                continue
            here = min(count, size - start)
            if start < FAR:
                yield from islice(filter(self._flags(part).__getitem__, self._orders[sort]), start, start + here)
            else:
                yield from self._listed(part, sort)[start : start + here]
            start, count = 0, count - here
            if not count:
                return


@lru_cache(maxsize=8)
def _midnight_after(day: date) -> datetime:
    """When the day after `day` begins in London."""
    return london_moment(day + timedelta(days=1), time(0))


def _all_of(bits: int, sets: Iterable[int]) -> int:
    for other in sets:
        bits &= other
    return bits


def _free_slots(taken: set[int]) -> Iterator[int]:
    slot = 0
    while True:
        if slot not in taken:
            yield slot
        slot += 1
