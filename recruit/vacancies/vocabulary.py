"""The words of search: what a vacancy is found by, and what a query asks for.

A `Vocabulary` knows which words mean the same; administrators change it, and each index has one.

A text is indexed under the stems of its words and under one made-up token for each idea of the field that it names, in
whatever words: "LAC" and "looked after children" both give `synlookedafter`.  A query gives that token instead of the
words.  So search is: every term of the query is among the terms of the text.

Every term is letters and digits only, so SQLite's unicode61 tokenizer and PostgreSQL's `simple` dictionary keep it
whole.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import snowballstemmer

from recruit.core.text import unaccented
from recruit.vacancies.synonyms import IRREGULAR, QUERY_NOISE, STOP_WORDS, SYNONYMS

MAX_QUERY_TERMS = 16  # terms of one query; what follows is not asked for
_LONGEST_WORD = 40  # characters; the rest of a longer one is not read

_WORD = re.compile(r"[^\W_]+")
_WRITTEN = re.compile("[^\\W_]+(?:['\u2018\u2019\u02bc][^\\W_]+)*")  # a word as a reader sees it: "children's"
_POSSESSIVE = re.compile("['\u2018\u2019\u02bc](?:s\\b)?", re.IGNORECASE)
_SEND_IN_TEXT = re.compile(r"\bSEND\b")  # "send" is also a verb, so a text must write it in capitals
_SEND_IN_QUERY = re.compile(r"\bsend\b", re.IGNORECASE)
_SEND = "special educational needs"


def terms(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order: no accents, capitals, possessives or stop words.

    "Children's Social Workers" is ["child", "social", "worker"].
    """
    return [stem for stem in stems_of(text) if stem not in _STOPS]


def asks_for_something(text: str) -> bool:
    """Say whether `text` has a word that a query is held to: neither a stop word nor one that every vacancy is."""
    return any(stem not in _STOPS and stem not in _NOISE for stem in stems_of(text))


def stems_of(text: str) -> list[str]:
    """Return the stems of all words of `text`, stop words among them: phrases like "out of hours" need theirs."""
    return [_stem(word[:_LONGEST_WORD]) for word in _WORD.findall(unaccented(_POSSESSIVE.sub("", text)))]


class Vocabulary:
    """Which words mean the same.  Never changed once made; two are the same only if they are one.

    Args:
        groups: the phrases of each idea, by its token, which is letters and digits.
    """

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self.groups = {token: tuple(phrases) for token, phrases in groups.items()}
        self._from: dict[str, dict[tuple[str, ...], str]] = {}  # by first stem
        for token, phrases in self.groups.items():
            for stems in map(tuple, map(stems_of, phrases)):
                self._from.setdefault(stems[0], {})[stems] = token

    def index_terms(self, text: str) -> Counter[str]:
        """Return what a text is found by, with how often it says each: its `terms`, and a token for each idea."""
        stems = stems_of(_SEND_IN_TEXT.sub(_SEND, text))
        found = Counter(stem for stem in stems if stem not in _STOPS)
        for start in range(len(stems)):
            found.update(token for _, token in self._phrases_at(stems, start))
        return found

    def query_terms(self, query: str) -> list[str]:
        """Return what a text must be indexed under to match `query`: each term, in order, once.

        The longest phrase wins: "child in need team" asks for the idea "child in need" and for "team".  Words that
        every vacancy could be called by ("jobs", "vacancies") are not asked for.

        Returns:
            At most `MAX_QUERY_TERMS` terms; none if the query has no word to look for, which every text matches.
        """
        return [term for _, _, term in self._asked(stems_of(_SEND_IN_QUERY.sub(_SEND, query)))]

    def query_parts(self, query: str) -> list[str]:
        """Return what `query` asks for as it was typed, a word or a phrase of one term each, in order.

        "Child in need team near me" is ["Child in need", "team"].
        """
        stems, words = [], []
        for match in _WRITTEN.finditer(query):
            of_word = stems_of(_SEND_IN_QUERY.sub(_SEND, match[0]))
            stems += of_word
            words += [match.span()] * len(of_word)
        places = [(words[start][0], words[start + length - 1][1]) for start, length, _ in self._asked(stems)]
        return [query[start:end] for start, end in places]

    def _asked(self, stems: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """What a query of these stems asks for, each once: where it begins, of how many stems it is, its term."""
        start, found = 0, set[str]()
        while start < len(stems) and len(found) < MAX_QUERY_TERMS:
            length, term = max(self._phrases_at(stems, start), default=(1, stems[start]))
            if term not in _STOPS and term not in _NOISE and term not in found:
                found.add(term)
                yield start, length, term
            start += length

    def places_of(self, text: str, terms: Collection[str]) -> list[tuple[int, int]]:
        """Return where `text` says any of `terms`, as (start, end) in order, never overlapping.

        A text that `index_terms` finds under one of them says it somewhere; one that it does not says it nowhere.

        Args:
            text: as it is written.
            terms: as `query_terms` gives them.
        """
        stems: list[str] = []
        places: list[tuple[int, int]] = []
        for match in _WRITTEN.finditer(text):
            of_word = stems_of(_SEND_IN_TEXT.sub(_SEND, match[0]))
            stems += of_word
            places += [match.span()] * len(of_word)
        said = []
        for start, stem in enumerate(stems):
            lengths = [length for length, token in self._phrases_at(stems, start) if token in terms]
            if lengths or stem in terms:
                said.append((places[start][0], places[start + max(lengths, default=1) - 1][1]))
        return _joined(said, text)

    def differing(self, other: "Vocabulary") -> set[tuple[str, ...]]:
        """Return the phrases that mean something in one of both only, or something else, as their `terms`.

        A text that says none of them is indexed alike by both.
        """
        mine, theirs = (
            {(token, tuple(terms(phrase))) for token, phrases in one.groups.items() for phrase in phrases}
            for one in (self, other)
        )
        return {phrase for _, phrase in mine ^ theirs}

    def _phrases_at(self, stems: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
        """Each phrase that begins there: its length in words, and its token."""
        for phrase, token in self._from.get(stems[start], {}).items():
            if tuple(stems[start : start + len(phrase)]) == phrase:
                yield len(phrase), token


def _joined(places: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """`places`, which are in order, with those as one that overlap or have only a space or hyphen between them."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start] in (" ", "-")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    stem: str = snowballstemmer.stemmer("english").stemWord(word)  # a new one each time: they are not thread-safe
    return stem


_STOPS = frozenset(_stem(word) for word in STOP_WORDS)
_NOISE = frozenset(_stem(word) for word in QUERY_NOISE)


def token_of(name: str) -> str:
    """Return the token of the idea called `name`, such as "looked-after"."""
    return "syn" + name.replace("-", "")


SHIPPED = Vocabulary({token_of(name): phrases for name, phrases in SYNONYMS.items()})
"""What comes with the service; `synonym_groups` says what administrators have made of it."""
