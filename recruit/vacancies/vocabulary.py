"""The words of search: what a vacancy is found by, and what a query asks for.

A text is indexed under the stems of its words and under one made-up token for each idea of the field that it names, in
whatever words: "LAC" and "looked after children" both give `synlookedafter`.  A query gives that token instead of the
words.  So search is: every term of the query is among the terms of the text.

Every term is letters and digits only, so SQLite's unicode61 tokenizer and PostgreSQL's `simple` dictionary keep it
whole.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

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
    return [stem for stem in _stems(text) if stem not in _STOPS]


def index_terms(text: str) -> Counter[str]:
    """Return what a text is found by, with how often it says each: its `terms`, and a token for each idea it names."""
    stems = _stems(_SEND_IN_TEXT.sub(_SEND, text))
    found = Counter(stem for stem in stems if stem not in _STOPS)
    for start in range(len(stems)):
        found.update(token for _, token in _phrases_at(stems, start))
    return found


def query_terms(query: str) -> list[str]:
    """Return what a text must be indexed under to match `query`: each term, in order, once.

    The longest phrase wins: "child in need team" asks for the idea "child in need" and for "team".  Words that every
    vacancy could be called by ("jobs", "vacancies") are not asked for.

    Returns:
        At most `MAX_QUERY_TERMS` terms; none if the query has no word to look for, which every text matches.
    """
    stems = _stems(_SEND_IN_QUERY.sub(_SEND, query))
    wanted: dict[str, None] = {}
    start = 0
    while start < len(stems) and len(wanted) < MAX_QUERY_TERMS:
        length, term = max(_phrases_at(stems, start), default=(1, stems[start]))
        if term not in _STOPS and term not in _NOISE:
            wanted[term] = None
        start += length
    return list(wanted)


def places_of(text: str, terms: Collection[str]) -> list[tuple[int, int]]:
    """Return where `text` says any of `terms`, as (start, end) in order, never overlapping: what a reader is shown.

    A text that `index_terms` finds under one of them says it somewhere; one that it does not says it nowhere.

    Args:
        text: as it is written.
        terms: as `query_terms` gives them.
    """
    stems: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _WRITTEN.finditer(text):
        of_word = _stems(_SEND_IN_TEXT.sub(_SEND, match[0]))
        stems += of_word
        places += [match.span()] * len(of_word)
    said = []
    for start, stem in enumerate(stems):
        lengths = [length for length, token in _phrases_at(stems, start) if token in terms]
        if lengths or stem in terms:
            said.append((places[start][0], places[start + max(lengths, default=1) - 1][1]))
    return _joined(said, text)


def _joined(places: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """`places`, which are in order, with those as one that overlap or have only a space or hyphen between them."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start] in (" ", "-")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stems(text: str) -> list[str]:
    """Stems of all words, stop words among them: phrases like "out of hours" need theirs."""
    return [_stem(word[:_LONGEST_WORD]) for word in _WORD.findall(unaccented(_POSSESSIVE.sub("", text)))]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    stem: str = snowballstemmer.stemmer("english").stemWord(word)  # a new one each time: they are not thread-safe
    return stem


def _phrases_at(stems: list[str], start: int) -> Iterator[tuple[int, str]]:
    """Each phrase of the table that begins there: its length in words, and its token."""
    for phrase, token in _PHRASES_FROM.get(stems[start], ()):
        if tuple(stems[start : start + len(phrase)]) == phrase:
            yield len(phrase), token


def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The table by first stem."""
    by_first: dict[str, dict[tuple[str, ...], str]] = {}
    for name, phrases in SYNONYMS.items():
        for phrase in phrases:
            stems = tuple(_stems(phrase))
            by_first.setdefault(stems[0], {})[stems] = "syn" + name.replace("-", "")
    return MappingProxyType({first: tuple(phrases.items()) for first, phrases in by_first.items()})


_STOPS = frozenset(_stem(word) for word in STOP_WORDS)
_NOISE = frozenset(_stem(word) for word in QUERY_NOISE)
_PHRASES_FROM = _phrases()
