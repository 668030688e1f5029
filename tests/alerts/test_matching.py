"""A vacancy is found by the same searches here as on the site."""

import random
from contextlib import nullcontext

import pytest
from sqlalchemy.orm import Session

from recruit.alerts.matching import Matching
from recruit.alerts.searches import ASKED, chosen_of, key_of, query_of, query_string, search_of, search_words
from recruit.core.counters import public_revision
from recruit.core.transaction import transaction
from recruit.vacancies.finder import Finder
from recruit.vacancies.finder_query import YES, Facet, Hours, Query, Sort
from recruit.vacancies.finder_rows import read_rows
from recruit.vacancies.models import Contract, Criterion, CriterionKind
from tests.alerts.alerting import DAY, a_vacancy
from tests.factories import NOW, GradeFactory, TeamFactory, WelcomeSchemeVersionFactory

WORDS = ("", "", "fostering", "LAC", "looked after", "part time fostering", "jobs", "MASH", "senior", "the", "CSW", "é")


def several_vacancies() -> None:
    teams = [TeamFactory(slug="fostering", name="Fostering"), TeamFactory(slug="mash", name="MASH")]
    grades = [GradeFactory(), GradeFactory(code="senior", title="Senior social worker", position=3)]
    said = ("Work with looked after children.", "Be the front door.", "Foster carers are our partners.")
    for number in range(12):
        a_vacancy(
            NOW - DAY,
            title=("Social worker", "Senior social worker", "Fostering officer")[number % 3],
            team=teams[number % 2],
            grade=grades[number // 2 % 2],
            full_time=number % 3 > 0,
            part_time=number % 3 < 2,
            job_share=number % 5 == 0,
            contract=Contract.SECONDMENT if number % 4 == 3 else Contract.PERMANENT,
            newly_qualified=number % 4 == 0,
            welcome=WelcomeSchemeVersionFactory() if number % 6 == 0 else None,
            salary_max_pence=36_922_00 + number * 1_000_00,
            description=said[number % 3],
            criteria=[Criterion(kind=CriterionKind.ESSENTIAL, position=1, text=said[number // 3 % 3])],
        )


def many_searches(number: int) -> list[Query]:
    draw = random.Random(8058)
    values = {
        Facet.GRADE: ("social-worker", "senior"),
        Facet.TEAM: ("fostering", "mash", "gone"),
        Facet.CONTRACT: tuple(contract.value for contract in Contract),
        Facet.HOURS: tuple(hours.value for hours in Hours),
        Facet.SALARY_MIN: ("30000", "36922", "36923", "40000", "47922", "48000"),
        Facet.NEWLY_QUALIFIED: (YES,),
        Facet.WELCOME_PAYMENT: (YES,),
    }
    several = (Facet.GRADE, Facet.TEAM, Facet.CONTRACT, Facet.HOURS)
    searches = []
    for _ in range(number):
        chosen = {}
        for facet in draw.sample(ASKED, draw.choice((0, 1, 1, 2, 3))):
            most = min(len(values[facet]), 2) if facet in several else 1
            chosen[facet] = tuple(draw.sample(values[facet], draw.randint(1, most)))
        searches.append(Query(draw.choice(WORDS), chosen))
    return searches


def test_a_vacancy_is_found_by_the_searches_that_find_it_on_the_site(session: Session):
    several_vacancies()
    searches, finder, matching = many_searches(600), Finder(public_revision, nullcontext), Matching()
    for start in range(0, len(searches), 170):  # taken in bit by bit, as they are asked for
        batch = searches[start : start + 170]
        matching.add(
            (start + number, query.words, {facet.value: list(values) for facet, values in chosen_of(query).items()})
            for number, query in enumerate(batch)
        )
    rows = read_rows(NOW)

    by_site: dict[int, list[int]] = {number: [] for number in rows.vacancies}
    for number, query in enumerate(searches):
        for vacancy_id in finder.search(query, NOW, 100).ids:
            by_site[vacancy_id].append(number)
    by_alerts = {number: matching.searches_for(row, rows.texts[number]) for number, row in rows.vacancies.items()}

    assert by_alerts == by_site
    assert sum(map(len, by_site.values())) > 500, "the searches find something"


def test_nothing_is_asked_when_there_are_no_searches(session: Session):
    several_vacancies()
    rows = read_rows(NOW)

    assert [Matching().searches_for(row, rows.texts[number]) for number, row in rows.vacancies.items()] == [[]] * 12


def test_some_vacancies_are_read_as_all_are(session: Session):
    several_vacancies()
    everything = read_rows(NOW)
    two = sorted(everything.vacancies)[3:5]

    some = read_rows(NOW, only=two)

    assert some.vacancies == {number: everything.vacancies[number] for number in two}
    assert some.texts == {number: everything.texts[number] for number in two}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Query("MASH"), Query("mash", sort=Sort.SALARY, page=3), True),
        (Query("", {Facet.TEAM: ("b", "a")}), Query("", {Facet.TEAM: ("a", "b")}), True),
        (Query("", {Facet.CLOSING_WITHIN: ("7",)}), Query(), True),
        (Query("mash"), Query("front door"), False),
        (Query("", {Facet.TEAM: ("a",)}), Query("", {Facet.GRADE: ("a",)}), False),
    ],
)
def test_searches_that_ask_for_the_same_have_one_key(one: Query, other: Query, same: bool):
    assert (key_of(one) == key_of(other)) is same


def test_a_search_is_kept_once(session: Session):
    with transaction():
        first = search_of(Query("MASH", {Facet.HOURS: ("part_time", "full_time")})).id
    with transaction():
        again = search_of(Query("mash", {Facet.HOURS: ("full_time", "part_time")}, sort=Sort.CLOSING))
        other = search_of(Query("mash"))
        kept = (again.id, again.words, again.chosen, other.id != first)

    assert kept == (first, "mash", {"hours": ["full_time", "part_time"]}, True)


def test_a_search_in_words_and_as_an_address():
    chosen = {"team": ["mash"], "salary_min": ["35000"], "hours": ["full_time"], "welcome_payment": ["1"]}
    query = query_of("front door & more", chosen)

    assert search_words(query, {"mash": "The MASH"}) == (
        "‘front door & more’, The MASH, Full time, Pay reaches £35,000, With a welcome payment"
    )
    assert search_words(Query(), {}) == "All vacancies"
    assert query_string(Query()) == ""
    assert query_string(query) == (
        "?q=front+door+%26+more&team=mash&hours=full_time&salary_min=35000&welcome_payment=1"
    )
