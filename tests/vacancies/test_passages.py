"""What a search found is what is marked: the same terms, in titles, sentences and longer texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.vacancies.passages import BEFORE, LONGEST, passages_of, pieces_of, shortened
from recruit.vacancies.vocabulary import SHIPPED
from tests.web.public.test_cards import row

index_terms, query_terms = SHIPPED.index_terms, SHIPPED.query_terms
ROW = row(1, "Social worker")


def marked(text: str, query: str) -> list[str]:
    return [piece for piece, is_found in pieces_of(text, query_terms(query), SHIPPED) if is_found]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Managing caseloads for a manager", "manages", ["Managing", "manager"]),
        ("The children\u2019s team and a child's plan", "child", ["children\u2019s", "child's"]),
        ("We look after looked-after children, LAC for short", "children in care", ["looked-after children", "LAC"]),
        ("Support for SEND; please send it", "special needs", ["SEND"]),
        ("Part-time social work", "social part time", ["Part-time social"]),
        ("An Élan of carers' families", "elan family", ["Élan", "families"]),
        ("Social worker, court team", "fostering", []),
        ("The of and", "the", []),
        ("", "social", []),
    ],
)
def test_words_are_marked_as_they_are_found(text: str, query: str, found: list[str]):
    assert marked(text, query) == found


WORDS = st.lists(
    st.sampled_from(
        ["children's", "looked", "after", "in", "care", "SEND", "send", "élan", "part-time,", "LAC.", "(x)", "½"]
    )
)


@given(st.text(max_size=60) | WORDS.map(" ".join), WORDS.map(" ".join))
def test_pieces_are_the_text_and_marked_only_where_it_is_found(text: str, query: str):
    terms = query_terms(query)

    assert "".join(piece for piece, _ in pieces_of(text, terms, SHIPPED)) == text
    assert {term for piece in marked(text, query) for term in index_terms(piece)} >= (
        set(terms) & index_terms(text).keys() if text.isascii() else set()
    )
    if not set(terms) & index_terms(text).keys():
        assert marked(text, query) == []


SAID = passages_of(
    ROW,
    "A warm team. You visit families.",
    "Listens to children\nDrives a car",
    "## The role\n\n- **Visits** [evening](https://a.example) families\n- Writes reports",
    SHIPPED,
)


@pytest.mark.parametrize(
    ("query", "shown", "sentence"),
    [
        ("families", "", "You visit families."),
        ("families", "families", "You visit families."),
        ("worker", "worker", ""),
        ("driver car", "", "Drives a car"),
        ("evening families", "families", "Visits evening families"),
        ("evening families", "", "Visits evening families"),
        ("permanent", "", "Permanent"),
        ("CSW-0001", "", "Reference CSW-0001"),
        ("area", "", "Area"),
        ("zebra", "", ""),
    ],
)
def test_the_sentence_is_the_one_that_says_what_the_card_does_not(query: str, shown: str, sentence: str):
    assert SAID.best(query_terms(query), set(query_terms(shown))) == sentence


@pytest.mark.parametrize("place", [0, 50, 200, 390, 980])
def test_a_long_sentence_is_cut_between_words_round_what_was_found(place: int):
    text = ("a word " * 200)[:place].rsplit(" ", 1)[0] + " zebra " + "and more " * (100 - place // 10)
    short = shortened(text.strip(), ["zebra"], SHIPPED)

    assert "zebra" in short
    assert len(short) <= LONGEST + BEFORE
    assert set(short.split()) <= {"a", "word", "zebra", "and", "more", "…"}


def test_a_sentence_of_one_endless_word_is_cut_too():
    assert len(shortened("z" * 1_000, ["zebra"], SHIPPED)) <= LONGEST + 4
