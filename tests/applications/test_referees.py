from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.applications.chronology import Month, Period
from recruit.applications.referees import Post, Problem, ProblemCode, RefereeFacts, Relationship, referee_problems

TODAY = date(2026, 11, 23)
OWN = "sam@home.example"


def post(
    organisation: str = "North Council", start: str = "2020-01", end: str | None = None, children: bool = True
) -> Post:
    return Post(organisation, Period(Month.parse(start), Month.parse(end) if end else None), children)


def referee(
    name: str = "Ann Lee",
    relationship: Relationship = Relationship.LINE_MANAGER,
    known_from: str = "2020-01",
    known_until: str | None = None,
    *,
    email: str | None = None,
    recent: bool = False,
    children: bool = False,
) -> RefereeFacts:
    return RefereeFacts(
        name=name,
        email=email or f"{name.split()[0].lower()}@north.example",
        organisation="North Council",
        relationship=relationship,
        known_from=Month.parse(known_from),
        known_until=Month.parse(known_until) if known_until else None,
        is_most_recent_employer=recent,
        from_work_with_children=children,
    )


MANAGER = referee("Ann Lee", recent=True, children=True)
COLLEAGUE = referee("Bo Day", Relationship.COLLEAGUE)
TUTOR = referee("Cy Orr", Relationship.TUTOR)


def problems(referees: list[RefereeFacts], posts: list[Post], span_years: int = 3) -> list[Problem]:
    return referee_problems(referees, posts, {OWN}, TODAY, minimum=2, span_years=span_years)


def codes(referees: list[RefereeFacts], posts: list[Post], span_years: int = 3) -> list[tuple[str, int | None]]:
    return [(problem.code.value, problem.position) for problem in problems(referees, posts, span_years)]


def test_a_manager_of_the_present_post_and_one_more_will_do():
    assert problems([MANAGER, COLLEAGUE], [post()]) == []


def test_none_are_too_few():
    assert problems([], [post()])[0] == Problem(ProblemCode.TOO_FEW, "Add your referees. You need at least 2")


def test_one_is_too_few():
    assert problems([MANAGER], [post()]) == [
        Problem(ProblemCode.TOO_FEW, "Add another referee. You need at least 2"),
    ]


def test_none_at_all_says_what_is_needed():
    assert codes([], [post()]) == [("too_few", None), ("no_recent_employer", None)]


def test_a_relative_or_friend_is_refused_and_counts_for_nothing():
    friend = referee("Di Poe", Relationship.PERSONAL, recent=True, children=True)

    found = problems([friend, COLLEAGUE], [post()])

    assert found[0] == Problem(
        ProblemCode.PERSONAL, "Choose somebody else instead of Di Poe. A referee cannot be a relative or a friend", 1
    )
    assert [problem.code for problem in found[1:]] == [ProblemCode.NO_RECENT_EMPLOYER]


def test_a_relative_or_friend_covers_no_time_and_no_work_with_children():
    friend = referee("Di Poe", Relationship.PERSONAL, "2019-01", children=True)

    assert codes([MANAGER_OF_SHOP, friend], [SHOP, NURSERY]) == [
        ("personal", 2),
        ("no_work_with_children", None),
        ("years_not_covered", None),
    ]


def test_the_candidates_own_address_is_refused():
    mine = referee("Bo Day", Relationship.COLLEAGUE, email=" SAM@home.example ")

    assert problems([MANAGER, mine], [post()]) == [
        Problem(ProblemCode.OWN_EMAIL, "Enter Bo Day’s own email address. This one is yours", 2)
    ]


def test_two_referees_with_one_address_are_refused():
    shared = referee("Bo Day", Relationship.COLLEAGUE, email="Ann@North.example")

    assert problems([MANAGER, shared], [post()]) == [
        Problem(ProblemCode.SAME_EMAIL, "Enter Bo Day’s own email address. This one is also Ann Lee’s", 2)
    ]


def test_months_backwards_and_in_the_future_are_refused():
    backwards = referee("Bo Day", Relationship.COLLEAGUE, "2024-05", "2024-04")
    future = referee("Cy Orr", Relationship.TUTOR, "2020-01", "2026-12")

    assert problems([MANAGER, backwards, future], [post()]) == [
        Problem(ProblemCode.KNOWN_BACKWARDS, "Enter a last month of knowing Bo Day that is not before the first", 2),
        Problem(ProblemCode.KNOWN_IN_FUTURE, "Enter months of knowing Cy Orr that are not in the future", 3),
    ]


def test_the_present_month_is_not_the_future():
    assert problems([MANAGER, referee("Bo Day", Relationship.COLLEAGUE, "2026-11", "2026-11")], [post()]) == []


@pytest.mark.parametrize(
    "not_enough",
    [
        referee("Ann Lee", recent=False, children=True),  # not from there
        referee("Ann Lee", Relationship.COLLEAGUE, recent=True, children=True),  # no manager
        referee("Ann Lee", Relationship.TUTOR, recent=True, children=True),
        referee("Ann Lee", known_until="2019-12", known_from="2019-01", recent=True, children=True),  # before that post
    ],
)
def test_the_most_recent_employer_is_needed(not_enough: RefereeFacts):
    assert problems([not_enough, COLLEAGUE], [post("South Trust"), post("Old Trust", "2001-01", "2010-01")]) == [
        Problem(
            ProblemCode.NO_RECENT_EMPLOYER,
            "Add a manager or human resources from South Trust, your current or most recent employer, "
            "who knew you while you worked there",
        )
    ]


def test_any_manager_of_the_most_recent_employer_will_do():
    head = referee("Ann Lee", Relationship.OTHER_MANAGER, recent=True)

    assert problems([head, COLLEAGUE], [post()]) == []


def test_the_most_recent_post_may_have_ended():
    manager = referee("Ann Lee", known_until="2026-06", recent=True)

    assert problems([manager, COLLEAGUE], [post(end="2026-06"), post("Old Trust", "2015-01", "2020-01")]) == []


def test_any_of_two_present_posts_will_do():
    found = problems([COLLEAGUE, TUTOR], [post("East Trust", "2020-01"), post("West Trust", "2024-01")])

    assert [problem.message.partition(",")[0] for problem in found] == [
        "Add a manager or human resources from East Trust or West Trust"
    ]


@pytest.mark.parametrize("teacher", [Relationship.TUTOR, Relationship.PRACTICE_EDUCATOR])
def test_without_any_post_a_teacher_stands_for_the_employer(teacher: Relationship):
    assert problems([referee("Cy Orr", teacher), COLLEAGUE], []) == []


def test_without_any_post_a_teacher_is_needed():
    assert problems([MANAGER, COLLEAGUE], []) == [
        Problem(
            ProblemCode.NO_EDUCATOR,
            "Add your practice educator or a tutor, because you have not worked for an employer yet",
        )
    ]


SHOP = post("Corner Shop", "2024-01", children=False)
NURSERY = post("Acorn Nursery", "2018-01", "2023-12")
CLUB = post("Youth Club", "2010-01", "2012-12")


def test_the_last_work_with_children_is_needed_if_the_present_post_has_none():
    assert problems([MANAGER_OF_SHOP, COLLEAGUE], [SHOP, NURSERY, CLUB]) == [
        Problem(
            ProblemCode.NO_WORK_WITH_CHILDREN, "Add a referee from Acorn Nursery, where you last worked with children"
        )
    ]


MANAGER_OF_SHOP = referee("Ann Lee", known_from="2024-01", recent=True)


def test_a_referee_from_the_last_work_with_children_meets_it():
    educator = referee("Bo Day", Relationship.COLLEAGUE, "2019-01", "2023-12", children=True)

    assert problems([MANAGER_OF_SHOP, educator], [SHOP, NURSERY, CLUB]) == []


def test_a_referee_from_older_work_with_children_does_not_meet_it():
    leader = referee("Bo Day", Relationship.COLLEAGUE, "2010-01", "2012-12", children=True)

    assert codes([MANAGER_OF_SHOP, leader, TUTOR], [SHOP, NURSERY, CLUB]) == [("no_work_with_children", None)]


def test_nobody_is_needed_from_work_with_children_that_never_was():
    assert problems([MANAGER_OF_SHOP, COLLEAGUE], [SHOP]) == []


def test_a_second_present_post_with_children_is_enough():
    assert problems([MANAGER_OF_SHOP, COLLEAGUE], [SHOP, NURSERY, post("Brook School", "2025-01")]) == []


def test_working_months_of_the_last_years_must_be_covered():
    new = referee("Ann Lee", known_from="2025-03", recent=True)
    old = referee("Bo Day", Relationship.COLLEAGUE, "2023-01", "2024-06")

    assert problems([new, old], [post("North Council", "2020-01")]) == [
        Problem(
            ProblemCode.YEARS_NOT_COVERED,
            "Add a referee who knew your work in July 2024 to February 2025 (8 months), or correct how long you have "
            "known each other. Your referees must cover your work of the last 3 years",
        )
    ]


def test_months_without_work_need_no_referee():
    new = referee("Ann Lee", known_from="2025-03", recent=True)
    old = referee("Bo Day", Relationship.COLLEAGUE, "2023-01", "2024-06")

    assert problems([new, old], [post(start="2025-03"), post("Old Trust", "2020-01", "2024-06")]) == []


@pytest.mark.parametrize(
    ("span_years", "found"), [(1, []), (2, []), (3, [("years_not_covered", None)]), (5, [("years_not_covered", None)])]
)
def test_the_years_to_cover_are_given(span_years: int, found: list[tuple[str, int | None]]):
    manager = referee("Ann Lee", known_from="2024-11", recent=True)
    late = referee("Bo Day", Relationship.COLLEAGUE, "2025-01")

    assert codes([manager, late], [post(start="2010-01")], span_years) == found


@pytest.mark.parametrize(("known_from", "found"), [("2023-11", []), ("2023-12", [("years_not_covered", None)])])
def test_the_years_to_cover_begin_in_the_same_month(known_from: str, found: list[tuple[str, int | None]]):
    manager = referee("Ann Lee", known_from=known_from, recent=True)
    late = referee("Bo Day", Relationship.COLLEAGUE, "2025-01")

    assert codes([manager, late], [post(start="2010-01")]) == found


def test_every_relationship_has_a_label():
    assert [one.label for one in Relationship] == [
        "Line manager",
        "Another manager, or human resources",
        "Colleague",
        "Practice educator",
        "Tutor or lecturer",
        "Relative or friend",
    ]


MONTHS = st.integers(0, 130).map(Month(2016, 1).plus)
SPANS = st.tuples(MONTHS, MONTHS).map(sorted)
POSTS = st.builds(
    lambda span, going_on, children: Post("Trust", Period(span[0], None if going_on else span[1]), children),
    SPANS,
    st.booleans(),
    st.booleans(),
)
REFEREES = st.builds(
    RefereeFacts,
    name=st.just("Ann Lee"),
    email=st.integers(0, 5).map("r{}@trust.example".format),
    organisation=st.just("Trust"),
    relationship=st.sampled_from(Relationship),
    known_from=MONTHS,
    known_until=st.none() | MONTHS,
    is_most_recent_employer=st.booleans(),
    from_work_with_children=st.booleans(),
)


@given(st.lists(REFEREES, max_size=6), st.lists(POSTS, max_size=8))
def test_one_more_referee_mends_and_never_breaks_the_whole(referees: list[RefereeFacts], posts: list[Post]):
    more = RefereeFacts(
        "Bo Day", "bo@other.example", "Trust", Relationship.COLLEAGUE, Month(2016, 1), None, False, False
    )

    before = {problem.code for problem in problems(referees, posts)}
    after = {problem.code for problem in problems([*referees, more], posts)}

    assert after <= before
    assert ProblemCode.YEARS_NOT_COVERED not in after


@given(st.lists(REFEREES, max_size=6), st.lists(POSTS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_posts_does_not_matter(referees: list[RefereeFacts], posts: list[Post], source):
    other = source.sample(posts, len(posts))

    assert codes(referees, posts) == codes(referees, other)


def test_the_most_recent_employer_is_an_employer_not_a_voluntary_post_that_goes_on():
    council = post("North Council", "2019-01", "2026-02")
    club = replace(post("Saturday club", "2025-01"), is_employment=False)
    from_club = referee("Ann Lee", known_from="2026-03", recent=True, children=True)

    assert ("no_recent_employer", None) in codes([from_club, COLLEAGUE], [council, club])
    assert ("no_recent_employer", None) not in codes([MANAGER, COLLEAGUE], [council, club])
