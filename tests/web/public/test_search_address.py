"""Addresses of searches: read leniently, written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Request

from recruit.vacancies.finder_query import YES, Facet, Query, Sort
from recruit.web.public.search_address import NOTES, address_of, read_address, without

GRADES, TEAMS = ("SW", "SSW"), ("fostering", "leaving-care")


def read(query_string: str):
    return read_address(Request.from_values(f"/jobs?{query_string}").args, GRADES, TEAMS)


@pytest.mark.parametrize(
    ("query_string", "query"),
    [
        ("", Query()),
        ("q=+social++worker+", Query("social worker", sort=Sort.RELEVANCE)),
        ("q=&grade=&sort=&page=&salary_min=", Query()),
        ("grade=sw&grade=SSW&grade=SW", Query(chosen={Facet.GRADE: ("SW", "SSW")})),
        ("team=fostering", Query(chosen={Facet.TEAM: ("fostering",)})),
        ("contract=fixed_term&contract=permanent", Query(chosen={Facet.CONTRACT: ("fixed_term", "permanent")})),
        ("hours=job_share", Query(chosen={Facet.HOURS: ("job_share",)})),
        ("salary_min=30000", Query(chosen={Facet.SALARY_MIN: ("30000",)})),
        ("salary_min=%C2%A330,000.00", Query(chosen={Facet.SALARY_MIN: ("30000",)})),
        ("salary_min=30000&salary_min=40000", Query(chosen={Facet.SALARY_MIN: ("30000",)})),
        (
            "newly_qualified=true&welcome_payment=1",
            Query(chosen={Facet.NEWLY_QUALIFIED: (YES,), Facet.WELCOME_PAYMENT: (YES,)}),
        ),
        ("closing_within=14", Query(chosen={Facet.CLOSING_WITHIN: ("14",)})),
        ("sort=closing&page=3", Query(sort=Sort.CLOSING, page=3)),
        ("sort=relevance", Query()),
        ("q=a&sort=newest", Query("a", sort=Sort.NEWEST)),
        ("utm_source=x&foo[]=1", Query()),
    ],
)
def test_reads(query_string: str, query: Query):
    assert (read(query_string).query, read(query_string).notes) == (query, ())


@pytest.mark.parametrize(
    ("query_string", "note"),
    [
        ("grade=boss", "We ignored the grade ‘boss’ because we do not know it."),
        ("team=%3Cscript%3E", "We ignored the team ‘<script>’ because we do not know it."),
        ("hours=all", "We ignored the hours ‘all’ because we do not know it."),
        ("contract=zero", "We ignored the contract ‘zero’ because we do not know it."),
        ("salary_min=-1", "We ignored the salary ‘-1’ because we do not know it."),
        ("salary_min=0", "We ignored the salary ‘0’ because we do not know it."),
        ("salary_min=1000001", "We ignored the salary ‘1000001’ because we do not know it."),
        ("salary_min=٣٠٠٠٠", "We ignored the salary ‘٣٠٠٠٠’ because we do not know it."),
        ("salary_min=1e5", "We ignored the salary ‘1e5’ because we do not know it."),
        ("newly_qualified=maybe", "We ignored the newly qualified ‘maybe’ because we do not know it."),
        ("welcome_payment=2", "We ignored the welcome payment ‘2’ because we do not know it."),
        ("closing_within=8", "We ignored the closing date ‘8’ because we do not know it."),
        ("sort=random", "We ignored the order ‘random’ because we do not know it."),
        ("page=0", "We ignored the page ‘0’ because there is no such page."),
        ("page=-1", "We ignored the page ‘-1’ because there is no such page."),
        ("page=two", "We ignored the page ‘two’ because there is no such page."),
        (
            "page=99999999999999999999999",
            "We ignored the page ‘99999999999999999999999’ because there is no such page.",
        ),
        ("grade=" + "x" * 41, f"We ignored the grade ‘{'x' * 40}…’ because we do not know it."),
    ],
)
def test_ignores_with_a_note(query_string: str, note: str):
    assert (read(query_string).query, read(query_string).notes) == (Query(), (note,))


def test_reads_the_first_200_characters_of_words():
    asked = read("q=" + "a" * 201)

    assert (asked.query.words, len(asked.notes)) == ("a" * 200, 1)


def test_bounds_its_notes():
    assert len(read("&".join(f"grade=g{number}" for number in range(1000))).notes) == NOTES


@pytest.mark.parametrize(
    "address",
    [
        "/jobs",
        "/jobs?q=a+b&grade=SW&grade=SSW&team=fostering&sort=closing&page=2",
        "/jobs?salary_min=30000&newly_qualified=1",
    ],
)
def test_writes_what_it_reads(address: str):
    assert address_of(read(address.partition("?")[2]).query) == address


values = st.sampled_from(["", "1", "SW", "fostering", "permanent", "full_time", "30000", "7", "newest"]) | st.text(
    max_size=20
)
names = st.sampled_from([*(facet.value for facet in Facet), "q", "sort", "page", "x"])


@given(st.lists(st.tuples(names, values), max_size=12))
def test_an_address_that_was_written_reads_as_the_same_search(pairs: list[tuple[str, str]]):
    query = read_address(MultiDict(pairs), GRADES, TEAMS).query

    again = read(address_of(query).partition("?")[2])

    assert (again.query, again.notes) == (query, ())


def test_without_takes_one_value_all_values_or_the_words():
    query = Query("a", {Facet.TEAM: ("x", "y"), Facet.GRADE: ("SW",)}, Sort.RELEVANCE, 3)

    assert without(query, Facet.TEAM, "x") == Query("a", {Facet.GRADE: ("SW",), Facet.TEAM: ("y",)}, Sort.RELEVANCE)
    assert without(query, Facet.TEAM) == Query("a", {Facet.GRADE: ("SW",)}, Sort.RELEVANCE)
    assert without(query, None) == Query("", {Facet.TEAM: ("x", "y"), Facet.GRADE: ("SW",)}, Sort.NEWEST)
