"""Search in memory: what is found, in which order, with which counts; that it follows the database and the clock."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from recruit.core.counters import public_revision, renew_public_pages
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import finder_index, finder_rows
from recruit.vacancies.finder import Finder
from recruit.vacancies.finder_query import YES, Facet, Hours, Query, Sort
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.models import Contract, Criterion, CriterionKind, Vacancy
from tests.factories import (
    NOW,
    GradeFactory,
    TeamFactory,
    UserFactory,
    VacancyFactory,
    WelcomeSchemeVersionFactory,
)

DAY = timedelta(days=1)


def live(**kwargs) -> Vacancy:
    times = {"opens_at": NOW - 3 * DAY, "closes_at": NOW + 20 * DAY}
    return VacancyFactory(published=True, **{**times, **kwargs})


@pytest.fixture
def author(session: Session) -> int:
    return UserFactory().id


@pytest.fixture
def finder(session: Session) -> Finder:
    return Finder(public_revision, nullcontext)


def found(finder: Finder, now: datetime = NOW, **query) -> list[str]:
    """The titles found."""
    result = finder.search(Query(**query), now)
    return [row.title for row in finder.rows(result.ids, now)]


def test_finds_what_is_open_newest_first(finder: Finder):
    live(title="Older", opens_at=NOW - 2 * DAY)
    live(title="Newer", opens_at=NOW - DAY)
    live(title="Scheduled", opens_at=NOW + DAY)
    live(title="Closed", closes_at=NOW)
    live(title="Cancelled", status=VacancyStatus.CANCELLED)
    VacancyFactory(title="Draft")

    assert found(finder) == ["Newer", "Older"]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        (Sort.NEWEST, ["A", "B", "C"]),
        (Sort.CLOSING, ["B", "A", "C"]),
        (Sort.SALARY, ["C", "B", "A"]),
        (Sort.RELEVANCE, ["A", "B", "C"]),
    ],
)
def test_sorts(finder: Finder, sort: Sort, titles: list[str]):
    live(title="A", opens_at=NOW - DAY, closes_at=NOW + 5 * DAY)
    live(title="B", opens_at=NOW - 2 * DAY, closes_at=NOW + 4 * DAY, salary_min_pence=29_000_00)
    live(title="C", opens_at=NOW - 3 * DAY, closes_at=NOW + 6 * DAY, salary_max_pence=40_000_00)

    assert found(finder, sort=sort) == titles


def test_equal_vacancies_stand_in_one_order(finder: Finder):
    first = [live(title=letter, opens_at=NOW - DAY).title for letter in "ABC"]

    assert {sort: found(finder, sort=sort) for sort in Sort} == dict.fromkeys(Sort, first[::-1])


def test_relevance_weighs_title_team_summary_and_description_in_that_order(finder: Finder):
    words = "Therapeutic"
    live(title="In the description", description=words)
    live(title="In the summary", summary=words)
    live(title="In the criteria", criteria=[Criterion(kind=CriterionKind.ESSENTIAL, position=1, text=words)])
    live(title="In the team", team=TeamFactory(name=words))
    live(title=f"{words} post")
    live(title="Nowhere")

    assert found(finder, words=words, sort=Sort.RELEVANCE) == [
        f"{words} post",
        "In the team",
        "In the criteria",
        "In the summary",
        "In the description",
    ]


def test_every_word_must_be_found(finder: Finder):
    live(title="Fostering", description="Mediation work")
    live(title="Fostering")

    assert found(finder, words="fostering mediation") == ["Fostering"]
    assert found(finder, words="fostering xylophone") == []


@pytest.mark.parametrize(
    "words", ["CSW-7001", "csw 7001", "nqsw", "part time", "fixed term", "Grangetown", "looked after"]
)
def test_is_found_by_reference_kind_place_and_the_fields_own_words(finder: Finder, words: str):
    live(
        title="This",
        number=7001,
        newly_qualified=True,
        part_time=True,
        contract=Contract.FIXED_TERM,
        fixed_term_months=6,
        workplace="Grangetown",
        description="Children in our care",
    )
    live(title="Other")

    assert found(finder, words=words) == ["This"]


@pytest.mark.parametrize("words", ["", "jobs", "the", "?!", "vacancies near me"])
def test_words_that_ask_for_nothing_find_everything(finder: Finder, words: str):
    live(title="One")

    assert found(finder, words=words) == ["One"]


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        (Facet.GRADE, ("senior",)),
        (Facet.TEAM, ("fostering",)),
        (Facet.CONTRACT, ("secondment",)),
        (Facet.HOURS, (Hours.JOB_SHARE.value,)),
        (Facet.SALARY_MIN, ("40000",)),
        (Facet.NEWLY_QUALIFIED, (YES,)),
        (Facet.WELCOME_PAYMENT, (YES,)),
        (Facet.CLOSING_WITHIN, ("7",)),
    ],
)
def test_narrows_down(finder: Finder, facet: Facet, values: tuple[str, ...]):
    live(
        title="This",
        grade=GradeFactory(code="senior", title="Senior"),
        team=TeamFactory(slug="fostering"),
        contract=Contract.SECONDMENT,
        job_share=True,
        salary_max_pence=40_000_00,
        newly_qualified=True,
        welcome=WelcomeSchemeVersionFactory(),
        closes_at=NOW + 7 * DAY,
    )
    live(title="Other", closes_at=NOW + 9 * DAY)

    assert found(finder, chosen={facet: values}) == ["This"]


def test_several_values_of_one_facet_widen_and_several_facets_narrow(finder: Finder):
    a, b = TeamFactory(slug="a"), TeamFactory(slug="b")
    live(title="A", team=a)
    live(title="A part", team=a, part_time=True)
    live(title="B", team=b)

    assert sorted(found(finder, chosen={Facet.TEAM: ("a", "b")})) == ["A", "A part", "B"]
    assert found(finder, chosen={Facet.TEAM: ("a", "b"), Facet.HOURS: ("part_time",)}) == ["A part"]
    assert found(finder, chosen={Facet.TEAM: ("nowhere",)}) == []


def test_counts_respect_the_other_filters_but_not_their_own(finder: Finder):
    a, b = TeamFactory(slug="a"), TeamFactory(slug="b")
    live(team=a, part_time=True)
    live(team=a)
    live(team=b, part_time=True)
    live(team=b, part_time=True, title="Closed", closes_at=NOW)

    result = finder.search(Query(chosen={Facet.TEAM: ("a",), Facet.HOURS: ("part_time",)}), NOW)

    assert result.total == 1
    assert result.counts[Facet.TEAM] == {"a": 1, "b": 1}
    assert result.counts[Facet.HOURS] == {"full_time": 2, "part_time": 1}
    assert result.without == {Facet.TEAM: 2, Facet.HOURS: 2}


def test_says_how_many_there_would_be_without_the_words(finder: Finder):
    live(team=TeamFactory(slug="a"))

    result = finder.search(Query("zebra", {Facet.TEAM: ("a",)}), NOW)

    assert (result.total, result.without) == (0, {Facet.TEAM: 0, None: 1})


def test_closing_days_are_whole_days_of_london(finder: Finder):
    evening = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 11:30pm in London
    midnight = datetime(2026, 7, 8, 23, 0, tzinfo=UTC)  # the end of 8 July
    opened = evening - DAY
    live(title="On the seventh day", opens_at=opened, closes_at=midnight)
    live(title="On the eighth", opens_at=opened, closes_at=midnight + timedelta(minutes=1))

    assert found(finder, evening, chosen={Facet.CLOSING_WITHIN: ("7",)}) == ["On the seventh day"]


@pytest.fixture(params=["near", "far"])
def _far(request, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages as they are cut near the top of a list, and as they are far down, where the list is kept."""
    monkeypatch.setattr(finder_index, "FAR", {"near": 1000, "far": 0}[request.param])
    monkeypatch.setattr(finder_index, "LISTS_KEPT", 1)  # each query takes the other's place


@pytest.mark.usefixtures("_far")
def test_pages_hold_twenty_and_beyond_the_last_is_the_last(finder: Finder, author: int):
    team, grade = TeamFactory(), GradeFactory()
    for number in range(45):
        live(
            title=f"{number:02d}",
            team=team,
            grade=grade,
            author_id=author,
            opens_at=NOW - DAY + timedelta(seconds=number),
        )

    pages = [found(finder, page=page) for page in (1, 2, 3, 4)]
    result = finder.search(Query(page=4), NOW)

    assert [len(page) for page in pages] == [20, 20, 5, 5]
    assert sum(pages[:3], []) == [f"{number:02d}" for number in reversed(range(45))]
    assert (result.total, result.page, result.pages) == (45, 3, 3)


@pytest.mark.usefixtures("_far")
def test_pages_go_on_across_parts_of_equal_weight(finder: Finder, author: int):
    team, grade = TeamFactory(), GradeFactory()
    for number in range(30):
        title, summary = (f"Mediation {number:02d}", "") if number % 3 else (f"Post {number:02d}", "Mediation")
        live(title=title, summary=summary, team=team, grade=grade, author_id=author)

    query = {"words": "mediation", "sort": Sort.RELEVANCE}
    pages = found(finder, **query) + found(finder, page=2, **query)

    assert len(set(pages)) == 30
    assert [title.split()[0] for title in pages] == ["Mediation"] * 20 + ["Post"] * 10


def test_the_clock_opens_and_closes_without_reading_again(finder: Finder, queries: list[str]):
    live(title="Now", closes_at=NOW + 2 * DAY)
    live(title="Later", opens_at=NOW + DAY)
    finder.search(Query(), NOW)
    queries.clear()

    moments = [NOW + hours * DAY / 24 for hours in (23.99, 24, 47.99, 48)]

    assert [sorted(found(finder, moment)) for moment in moments] == [
        ["Now"],
        ["Later", "Now"],
        ["Later", "Now"],
        ["Later"],
    ]
    assert [query for query in queries if "counter" not in query] == []


def test_knows_when_the_clock_changes_the_list_next(finder: Finder):
    now = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    live(closes_at=now + timedelta(hours=5))
    live(opens_at=now + timedelta(hours=2))

    ends = [finder.search(Query(), now + timedelta(hours=hours)).next_boundary - now for hours in (0, 2, 5)]

    assert ends == [timedelta(hours=2), timedelta(hours=5), timedelta(hours=14, minutes=30)]  # midnight in London


def test_reads_again_only_when_the_public_revision_has_moved(finder: Finder, queries: list[str]):
    live(title="One")
    finder.search(Query(), NOW)
    queries.clear()
    finder.search(Query(), NOW)
    assert len(queries) == 1  # the revision

    live(title="Two")
    queries.clear()
    assert found(finder) == ["Two", "One"]
    assert len(queries) == 8  # the revision twice; synonyms, vacancies, criteria, teams, grades, welcome payments


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_however_many(finder: Finder, queries: list[str], count: int):
    for _ in range(count):
        live()
    queries.clear()

    assert finder.search(Query(), NOW).total == count
    assert len(queries) == 7


def test_follows_every_change(finder: Finder, session: Session):
    vacancy = live(title="Before", description="apples")
    other = live(title="Other", description="pears")
    found(finder)

    with transaction():
        vacancy.title, vacancy.description = "After", "plums"
    assert sorted(found(finder)) == ["After", "Other"]
    assert [found(finder, words=words) for words in ("before", "apples", "plums", "pears")] == [
        [],
        [],
        ["After"],
        ["Other"],
    ]

    with transaction():
        vacancy.criteria[0].text = "Cherries"
        other.team.name = "Orchard"
    assert [found(finder, words=words) for words in ("cherries", "orchard")] == [["After"], ["Other"]]

    with transaction():
        vacancy.status = VacancyStatus.CANCELLED
    live(title="Third", description="plums")
    assert [found(finder), found(finder, words="plums"), found(finder, words="cherries")] == [
        ["Third", "Other"],
        ["Third"],
        [],
    ]


def test_takes_over_what_has_not_changed(finder: Finder, session: Session):
    team = TeamFactory(name="Before")
    ours, theirs, other = live(team=team), live(team=team), live()
    before = {row.id: row for row in finder.live_rows(NOW)}

    with transaction():
        ours.workplace = "Elsewhere"
    once = {row.id: row for row in finder.live_rows(NOW)}
    with transaction():
        team.name = "After"
    twice = {row.id: row for row in finder.live_rows(NOW)}

    assert [once[vacancy.id] is before[vacancy.id] for vacancy in (ours, theirs, other)] == [False, True, True]
    assert [twice[vacancy.id] is once[vacancy.id] for vacancy in (ours, theirs, other)] == [False, False, True]
    assert (once[ours.id].workplace, twice[theirs.id].team.name) == ("Elsewhere", "After")


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("title", "Changed"), ("summary", "Changed"), ("description", "Changed"), ("hybrid", "Changed"),
        ("workplace", "Changed"), ("weekly_hours", Decimal("22.2")), ("part_time", True), ("newly_qualified", True),
        ("closes_at", NOW + DAY), ("salary_max_pence", 40_000_00), ("slug", "changed"), ("reference", "CSW-9999"),
    ],
)  # fmt: skip
def test_follows_a_change_that_went_past_the_models(finder: Finder, session: Session, change: str, value: object):
    """No version says so: what was read is compared."""
    vacancy = live(title="Before", full_time=False, job_share=True)
    before, unfound = finder.live_rows(NOW)[0], found(finder, words="changed")

    session.execute(update(Vacancy).values({change: value, "version": vacancy.version}))
    renew_public_pages()
    session.commit()
    after = finder.live_rows(NOW)[0]

    assert unfound == []
    assert getattr(after, change, value) == value
    assert (after != before) is (change in VacancyRow._fields)
    assert len(found(finder, words="changed")) == (value == "Changed")


def test_follows_changes_of_many_at_once(finder: Finder, session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finder_rows, "FEW", 1)
    vacancies = [live(title="Before") for _ in range(3)]
    found(finder)

    with transaction():
        vacancies[0].title = vacancies[1].title = "After"

    assert sorted(found(finder)) == ["After", "After", "Before"]


def test_counts_of_the_whole_list_follow_the_clock(finder: Finder):
    live(closes_at=NOW + 6 * DAY)
    live(opens_at=NOW + DAY, part_time=True)
    live(closes_at=NOW + 9 * DAY)

    counts = []
    for moment in (NOW, NOW, NOW + DAY, NOW + 5 * DAY, NOW + 6 * DAY):
        found_then = finder.search(Query(), moment).counts
        counts.append((found_then[Facet.HOURS], found_then[Facet.CLOSING_WITHIN]["7"]))

    one = {"full_time": 2, "part_time": 0}
    assert counts == [
        (one, 1),
        (one, 1),
        ({"full_time": 3, "part_time": 1}, 1),
        ({"full_time": 3, "part_time": 1}, 2),
        ({"full_time": 2, "part_time": 1}, 1),
    ]


@pytest.mark.parametrize(("count", "titles"), [(1, ["D"]), (4, ["D", "A", "C", "B"])])
def test_similar_are_of_the_team_then_of_the_grade_newest_first(finder: Finder, count: int, titles: list[str]):
    team, grade, other = TeamFactory(), GradeFactory(), GradeFactory(code="other", title="Other")
    live(title="A", team=team, grade=other)
    live(title="B", grade=grade)
    live(title="C", grade=grade, opens_at=NOW - 2 * DAY)
    live(title="D", team=team, grade=grade, opens_at=NOW - DAY)
    live(title="E", grade=other)
    live(title="F", team=team, grade=grade, closes_at=NOW)

    assert [row.title for row in finder.index(NOW).similar(team.id, grade.id, NOW, count)] == titles
    assert finder.index(NOW).similar(0, 0, NOW, count) == []


def test_an_earlier_clock_reads_again(finder: Finder):
    live(title="Closed since", closes_at=NOW + DAY)

    assert found(finder, NOW + 2 * DAY) == []
    assert found(finder, NOW) == ["Closed since"]


def test_rows_leaves_out_what_is_not_there(finder: Finder):
    vacancy = live(title="One", weekly_hours=Decimal("18.5"), full_time=False, part_time=True)

    assert [row.title for row in finder.rows([vacancy.id, 999_999], NOW)] == ["One"]


def test_with_nothing_at_all(finder: Finder):
    result = finder.search(Query("words", {Facet.TEAM: ("a",), Facet.SALARY_MIN: ("1",)}, Sort.SALARY, 7), NOW)

    assert (result.ids, result.total, result.page, result.pages) == ((), 0, 1, 1)
