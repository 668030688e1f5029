import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.vacancies import vocabulary
from recruit.vacancies.synonyms import SYNONYMS
from recruit.vacancies.vocabulary import MAX_QUERY_TERMS, SHIPPED, stems_of, terms

index_terms, query_terms, query_parts = SHIPPED.index_terms, SHIPPED.query_terms, SHIPPED.query_parts
FIELD_WORDS = st.sampled_from(
    sorted({word for phrases in SYNONYMS.values() for phrase in phrases for word in phrase.split()})
)
FIELD_TEXT = st.lists(FIELD_WORDS | st.sampled_from(["team", "the", "of", "children's", "workers", "senior"])).map(
    " ".join
)
WORKED_OUT = {"child": 1, "social": 1, "worker": 1, "synsocialwork": 1}


def found(text: str, query: str) -> bool:
    return set(query_terms(query)) <= index_terms(text).keys()


def test_words_become_stems():
    assert terms("Children\u2019s Social Workers") == ["child", "social", "worker"]
    assert terms("The carers' families, and the PEOPLE of Élan") == ["carer", "famili", "person", "elan"]
    assert terms("part-time/term-time: 0-25") == ["part", "time", "term", "time", "0", "25"]


def test_a_text_is_indexed_by_words_and_ideas():
    assert index_terms("Children's social worker") == WORKED_OUT
    assert index_terms("LAC, LAC and looked after children") == {
        "lac": 2, "synlookedafter": 4, "looked": 1, "after": 1, "child": 1,
    }  # fmt: skip


def test_a_query_asks_for_ideas_instead_of_words():
    assert query_terms("looked after children team") == ["synlookedafter", "team"]
    assert query_terms("Jobs for Social Workers, social worker") == ["synsocialwork"]
    assert query_terms("job share") == ["synjobshare"]
    assert query_terms("independent visitor") == ["independ", "visitor"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NQSW", "newly qualified"),
        ("NQSWs", "ASYE"),
        ("Assessed and Supported Year in Employment", "newly-qualified"),
        ("LAC", "looked after children"),
        ("Looked-after child", "CLA"),
        ("children in care", "children looked after"),
        ("MASH", "front door"),
        ("Multi-Agency Safeguarding Hub", "mash"),
        ("IRO", "independent reviewing officers"),
        ("Child Protection", "CP"),
        ("CiN", "children in need"),
        ("SEND", "disabilities"),
        ("children with disabilities", "disabled children"),
        ("special educational needs", "send"),
        ("Fostering", "foster carers"),
        ("care leavers", "leaving care"),
        ("EDT", "out-of-hours"),
        ("Emergency Duty Team", "out of hours"),
        ("CSE", "child exploitation"),
        ("kinship", "special guardianship"),
        ("UASC", "unaccompanied asylum-seeking children"),
        ("youth justice", "YOT"),
        ("social work", "Social Workers"),
        ("jobshare", "job share"),
        ("working from home", "hybrid"),
        ("childrens social worker", "children’s social worker"),
        ("qualified social worker", "social worker"),
        ("early help", "family support"),
        ("kinship", "family and friends care"),
        ("separated young people", "UASC"),
        ("PLO", "pre-proceedings"),
        ("deputy team manager", "assistant team manager"),
        ("team leader", "team manager"),
        ("maternity cover", "fixed-term"),
        ("family support worker", "family practitioner"),
        ("personal advisor", "personal adviser"),
    ],
)
def test_either_wording_finds_the_other(one: str, other: str):
    assert found(f"We are the {one}, in Middlesbrough.", other)
    assert found(f"We are the {other.upper()}, in Middlesbrough.", one)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Adoption social worker", "fostering"),
        ("We will look after you", "looked after children"),
        ("Child care vouchers", "children in care"),
        ("Children, and need", "child in need"),
        ("Please send your form", "send"),
        ("Protection of children", "cp"),
        ("Worker, social", "social work"),
        ("Fostering team", "fostering manager"),
        ("", "fostering"),
    ],
)
def test_other_things_are_not_found(text: str, query: str):
    assert not found(text, query)


@pytest.mark.parametrize("query", ["", "the", " of and ", "jobs", "?!", "\x00", "🙂", "' OR 1=1 --"])
def test_a_query_without_a_word_to_look_for_asks_little(query: str):
    assert query_terms(query) in ([], ["1"])


def test_a_query_in_its_parts_is_what_was_typed():
    assert query_parts("Child in need, the TEAM near me; jobs") == ["Child in need", "TEAM"]
    assert query_parts("send – SEND social workers' court") == ["send", "social workers", "court"]
    assert query_parts("the jobs?!") == []


@given(FIELD_TEXT)
def test_each_part_of_a_query_asks_for_something_and_all_of_them_for_all(query: str):
    parts = query_parts(query)

    assert all(len(query_terms(part)) >= 1 for part in parts)
    assert {term for part in parts for term in query_terms(part)} >= set(query_terms(query))


def test_plain_words_find_every_form():
    text = "Managing caseloads, families and adoption"

    for query in ("manage", "caseload", "family", "adopted", "managing families"):
        assert found(text, query), query


def test_a_long_query_is_cut():
    assert len(query_terms(" ".join(f"word{n}" for n in range(1000)))) == MAX_QUERY_TERMS


def test_a_long_word_is_cut_alike_on_both_sides():
    assert terms("x" * 100_000) == query_terms("x" * 50_000) == ["x" * 40]


@given(FIELD_TEXT)
def test_every_text_is_found_by_itself(text: str):
    assert found(text, text)


@given(FIELD_TEXT, FIELD_TEXT)
def test_more_text_hides_nothing(text: str, more: str):
    assert index_terms(text) <= index_terms(f"{text}. {more}")


@given(st.text(st.characters(exclude_categories=())))
def test_terms_are_safe_for_any_index(text: str):
    for term in [*terms(text), *index_terms(text), *query_terms(text)]:
        assert re.fullmatch(r"[^\W_]+", term)


def test_a_phrase_stands_under_one_idea_only():
    phrases = [tuple(stems_of(phrase)) for group in SYNONYMS.values() for phrase in set(group)]
    by_idea = [{tuple(stems_of(phrase)) for phrase in group} for group in SYNONYMS.values()]

    assert all(phrases)
    assert sum(map(len, by_idea)) == len(set().union(*by_idea))


def test_stems_are_the_same_from_many_threads():
    words = [
        f"{stem}{ending}" for stem in ("foster", "manag", "adopt") for ending in ("ing", "ed", "s", "er", "ment")
    ] * 50
    alone = [vocabulary._stem.__wrapped__(word) for word in words]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(vocabulary._stem.__wrapped__, words))

    assert together == alone
