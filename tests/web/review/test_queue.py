"""The queue as a page."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.applications.labels import ApplicationLabel, Label
from recruit.applications.stages import count_move
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.review.filters import Place
from recruit.review.models import ApplicationRead
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import NOW, ApplicationFactory, TeamFactory, UserFactory, VacancyFactory
from tests.review.sent import open_vacancy, sent_application

NAMES = ("vacancy", "team", "status", "due", "assigned", "unread", "after", "before")

NO_OUTCOMES = ["0 To be appointed", "0 Reserve list", "0 Not appointed"]
NONE_OVER = ["0 Withdrawn", "0 Vacancy cancelled"]


def waiting(**given):
    return ApplicationFactory(submitted=True, **given)


def references(page):
    return [link.text for link in page.select("table.queue tbody th a")]


def stats(page):
    return [" ".join(stat.text.split()) for stat in page.select(".stats__link")]


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_queue_takes_three_queries_at_any_length(hr, queries, rows):
    vacancy = VacancyFactory(published=True)
    for _ in range(rows):
        waiting(vacancy=vacancy, due_at=NOW)
    address = f"/review?vacancy={vacancy.reference}&status=any&assigned=nobody&unread=yes&due=0"
    queries.clear()
    page = hr.get(address)
    assert len(references(page)) == min(rows, 25)
    assert len(queries) == 3  # the session, what stands around the queue, the rows


def test_a_filter_that_means_something_else_than_before_is_asked_for_anew(hr, queries):
    label = Label(name="Second opinion")
    labelled, plain = waiting(), waiting()
    db.session.add(label)
    db.session.flush()
    db.session.add(ApplicationLabel(application_id=labelled.id, label_id=label.id))
    db.session.commit()
    address = f"/review?label={label.id}"
    assert [references(hr.get(address)) for _ in range(2)] == [[labelled.reference]] * 2

    db.session.get_one(Label, label.id).retired_at = NOW
    db.session.commit()
    queries.clear()
    pages = [hr.get(address) for _ in range(2)]

    assert len(queries) == 4 + 3
    for page in pages:
        assert sorted(references(page)) == sorted([labelled.reference, plain.reference])
        assert "There is no label" in page.text


def test_what_one_reader_means_by_their_own_is_not_taken_for_anothers(hr, visit_as, queries):
    other_hr = visit_as(UserFactory(roles=[Role.HR]))
    mine, theirs = (waiting(assigned_to=one.user).reference for one in (hr, other_hr))

    for _ in range(3):
        queries.clear()
        assert references(hr.get("/review?assigned=me")) == [mine]
        assert references(other_hr.get("/review?assigned=me")) == [theirs]
        assert len(queries) == 2 * 3  # neither had to be asked for anew


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_queue_of_a_vacancy_takes_five_queries_at_any_length(hr, queries, rows):
    vacancy = VacancyFactory(published=True)
    for _ in range(rows):
        waiting(vacancy=vacancy)
    address = f"/review/vacancies/{vacancy.reference}"
    queries.clear()
    hr.get(address)
    # The session, the vacancy, what stands around the queue, the rows, what happened to the vacancy.
    assert len(queries) == 5


def test_thirty_applications_are_two_pages_that_lead_to_each_other(hr):
    vacancy = VacancyFactory(published=True)
    for _ in range(30):
        waiting(vacancy=vacancy)
    first = hr.get("/review?assigned=nobody")
    second = hr.get(first.select_one("a[rel=next]")["href"])
    assert len(set(references(first)) | set(references(second))) == 30
    assert second.select_one("a[rel=next]") is None
    assert references(hr.get(second.select_one("a[rel=prev]")["href"])) == references(first)


def test_an_application_leads_back_to_the_page_and_the_row_that_it_was_opened_from(hr):
    vacancy = open_vacancy()
    before, *_ = [sent_application(vacancy=vacancy) for _ in range(3)]
    place = {"assigned": "nobody", "after": str(Place(before.due_at, before.id))}
    listed = hr.get("/review", query_string=place)
    one, other = references(listed)
    for reference in (one, other):  # what was opened, and what comes next
        page = hr.follow() if reference == other else hr.get(listed.select_one("table.queue th a")["href"])
        path, _, row = page.select_one(".govuk-back-link")["href"].partition("#")
        assert row == f"tick-{reference}"
        assert references(hr.get(path)) == [one, other]
        hr.post(page.select_one("form[action*='/next']")["action"])
    page = hr.get("/review/bulk", query_string={**place, "which": "ticked", "do": "assign", "ticked": one})
    assert references(hr.get(page.select_one(".govuk-back-link")["href"])) == [one, other]


def test_a_row_says_what_an_officer_scans_for(hr):
    application = sent_application(candidate=UserFactory(name="Kim Lee"), days_ago=3)
    row = hr.get("/review").select_one("table.queue tbody tr")
    words = " ".join(row.text.split())
    expected = (application.reference, "Unread", "Kim Lee", application.vacancy.title, application.vacancy.reference)
    assert all(word in words for word in (*expected, "3 days ago", "To review", "Nobody"))
    assert row.select_one("time")["datetime"] == application.submitted_at.isoformat(timespec="seconds")


def test_the_queue_opens_with_what_is_next_to_do_and_each_list_leads_back_to_itself(hr):
    late = waiting(status=ApplicationStatus.SHORTLISTED, due_at=clock.now() - timedelta(days=9))
    new = sent_application()
    page = hr.get("/review")
    assert references(page) == [late.reference, new.reference]
    assert page.select_one(".stats__link[aria-current]")["href"] == "/review?status=todo"

    application = hr.get(hr.get("/review?status=submitted").select_one("table.queue th a")["href"])
    assert application.select_one(".govuk-back-link")["href"] == f"/review?status=submitted#tick-{new.reference}"


def test_unread_is_mine_and_not_others(hr, visit_as):
    application = waiting()
    db.session.add(ApplicationRead(application_id=application.id, user_id=hr.user.id, at=NOW))
    db.session.commit()
    assert hr.get("/review").select(".queue__unread") == []
    assert len(visit_as(UserFactory(roles=[Role.HR])).get("/review").select(".queue__unread")) == 1


def test_what_is_late_says_so_in_words(hr):
    application = waiting()
    assert "overdue" not in hr.get("/review").select_one("table.queue tbody").text
    application.due_at = clock.now() - timedelta(days=9)
    db.session.commit()
    page = hr.get("/review")
    assert "working days overdue" in page.select_one("table.queue tbody .tag--bad").text
    assert "The first due is on top." in page.select_one("table.queue caption:not(.govuk-visually-hidden)").text


def test_after_a_decision_the_next_due_is_opened_and_not_what_comes_after_its_new_place(hr):
    first, second = sent_application(), sent_application()
    first.due_at = second.due_at - timedelta(days=1)
    db.session.commit()
    hr.post(f"/review/applications/{first.reference}/shortlist", {"version": str(first.version)}, status=302)
    assert hr.response.headers["Location"] == f"/review/applications/{second.reference}"


@pytest.mark.parametrize("days", [1, 3])
def test_the_work_of_one_person_takes_no_more_queries(hr, queries, days):
    for _ in range(days):
        waiting(assigned_to=hr.user)
    waiting()
    queries.clear()
    page = hr.get("/review?assigned=me&status=todo")
    assert page.h1.text == "Your work"
    assert len(references(page)) == days
    assert len(queries) == 3


def test_counts_are_of_the_whole_scope_and_say_so(hr):
    ours, theirs = sent_application(), sent_application()
    with transaction():
        count_move(theirs.vacancy_id, theirs.team_id, ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED)
    page = hr.get("/review")
    assert stats(page) == [
        "2 Next to do",
        "1 To review",
        "1 Shortlisted",
        "0 Unsuccessful",
        *NO_OUTCOMES,
        *NONE_OVER,
        "2 All",
    ]
    assert "Counts are of all applications for all vacancies." in page.text
    page = hr.get(f"/review?team={ours.vacancy.team.slug}")
    assert stats(page) == [
        "1 Next to do",
        "1 To review",
        "0 Shortlisted",
        "0 Unsuccessful",
        *NO_OUTCOMES,
        *NONE_OVER,
        "1 All",
    ]
    assert f"Counts are of all applications for {ours.vacancy.team.name}." in page.text
    page = hr.get(f"/review?vacancy={theirs.vacancy.reference}")
    assert stats(page)[:3] == ["1 Next to do", "0 To review", "1 Shortlisted"]


@pytest.mark.parametrize("narrower", ["due=2", "assigned=me", "assigned=nobody", "unread=yes"])
def test_counts_are_not_shown_as_if_they_were_of_a_narrower_list(hr, narrower):
    waiting()
    page = hr.get(f"/review?{narrower}")
    others = [words.removeprefix("0 ") for words in (*NO_OUTCOMES, *NONE_OVER)]
    assert stats(page) == ["Next to do", "To review", "Shortlisted", "Unsuccessful", *others, "All"]
    assert "There are no counts with these filters." in page.text


def test_filters_stay_when_the_status_changes_and_in_the_links_to_applications(hr):
    waiting(due_at=NOW)
    page = hr.get("/review?assigned=nobody&due=0")
    shortlisted = page.select(".stats__link")[2]["href"]
    assert shortlisted == "/review?due=0&assigned=nobody&status=shortlisted"
    assert page.select_one("table.queue th a")["href"].endswith("?due=0&assigned=nobody")
    assert page.select_one("select[name=assigned] option[selected]")["value"] == "nobody"
    assert page.select("details[open]") == []  # the filters in use stand above the rows, so that the rows are in view
    assert page.select_one("main .folded > summary").text.strip() == "Next to do: lists, filters"
    assert [chip["href"] for chip in page.select(".chips__link")] == ["/review?assigned=nobody", "/review?due=0"]


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("vacancy=CSW-9999", "There is no published vacancy ‘CSW-9999’, so applications for all vacancies are shown."),
        ("team=nonsense", "There is no team ‘nonsense’, so all teams are shown."),
        ("status=draft", "There is no status ‘draft’, so what is next to do is shown."),
        ("due=4", "We cannot filter by ‘4’ working days, so applications are shown whenever they are due."),
        ("assigned=99999999999999999999999", "There is nobody ‘99999999999999999999999’ in HR"),
        ("unread=perhaps", "We do not know ‘perhaps’ for unread, so read ones are shown too."),
    ],
)
def test_a_bad_filter_is_ignored_with_a_note(hr, query, note):
    application = waiting()
    page = hr.get(f"/review?{query}")
    assert note in page.text
    assert references(page) == [application.reference]


@pytest.mark.parametrize("place", ["after=nonsense", "before=9999", "after=" + "9" * 23 + "-1", "after=%00", "before="])
def test_a_bad_place_leads_to_the_first_page(hr, place):
    application = waiting()
    assert references(hr.get(f"/review?{place}")) == [application.reference]


def test_a_vacancy_beside_its_team_makes_the_team_needless(hr):
    vacancy, team = VacancyFactory(published=True), TeamFactory()
    application = waiting(vacancy=vacancy)
    page = hr.get(f"/review?vacancy={vacancy.reference.lower()}&team={team.slug}")
    assert references(page) == [application.reference]
    assert "A vacancy has one team" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Nothing is to do for all vacancies."),
        ("?status=submitted", "Nothing waits for review for all vacancies."),
        ("?status=shortlisted", "Nobody is shortlisted for all vacancies."),
        ("?status=not_shortlisted", "Nobody is marked as unsuccessful for all vacancies."),
        ("?status=withdrawn", "Nobody has withdrawn for all vacancies."),
        ("?status=any", "Nobody has applied for all vacancies yet."),
        ("?due=0", "No application matches these filters."),
        ("?after=99999999999999999-1", "Nothing comes after this."),
    ],
)
def test_an_empty_list_says_what_would_stand_there_and_leads_on(hr, query, words):
    empty = hr.get(f"/review{query}").select_one(".empty")
    assert words in empty.text
    assert empty.select("a[href]") != []


def test_the_queue_of_one_vacancy_has_its_dates_and_criteria(hr):
    vacancy = VacancyFactory(published=True, title="Social worker, court")
    ours, _theirs = waiting(vacancy=vacancy), waiting()
    page = hr.get(f"/review/vacancies/{vacancy.reference}?team=x&status=any")
    assert page.h1.text == "Social worker, court"
    assert references(page) == [ours.reference]
    assert all(words in page.text for words in ("Candidates hear by", "Works with risk", "Knows the family court"))
    assert "There is no team" not in page.text
    assert page.select_one("a.stats__link")["href"].startswith(f"/review/vacancies/{vacancy.reference}")


@pytest.mark.parametrize("reference", ["CSW-9999", "nonsense", "CSW-99999999999999999999999", "%00", "١٢٣"])
def test_an_unknown_vacancy_is_not_found(hr, reference):
    hr.get(f"/review/vacancies/{reference}", status=404)


def test_the_queue_of_a_vacancy_that_was_never_published_is_not_found(hr):
    hr.get(f"/review/vacancies/{VacancyFactory().reference}", status=404)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HR])
def test_the_area_is_hrs_alone(visit_as, role):
    application = waiting()
    visitor = visit_as(UserFactory(roles=[role]))
    for path in ("/review", f"/review/vacancies/{application.vacancy.reference}"):
        visitor.get(path, status=403)
    for path in ("", "/unsuccessful"):
        visitor.get(f"/review/applications/{application.reference}{path}", status=403)
    for verb in ("read", "next", "shortlist", "unsuccessful", "undo", "assign", "notes"):
        visitor.post(f"/review/applications/{application.reference}/{verb}", status=403)


def test_a_stranger_is_asked_to_sign_in(visitor):
    visitor.get("/review?status=any", status=302)
    assert visitor.response.headers["Location"] == "/sign-in?next=/review?status%3Dany"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40) | st.from_regex(r"[0-9]{1,25}-?[0-9]{0,25}")))
def test_any_query_string_is_answered(hr, query):
    hr.get("/review", query_string=query)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_any_bytes_as_a_query_string_are_answered(hr, raw):
    hr.get("/review", query_string=raw.decode("latin-1"))


def test_what_is_kept_of_a_page_is_given_to_nobody_else(hr, visit_as):
    other = UserFactory(roles=[Role.HR], name="Zora Ellison")
    application = waiting(vacancy=VacancyFactory(published=True), assigned_to=other)
    first = hr.get("/review")
    theirs = visit_as(other).get("/review")

    def people(page):
        return [option.text for option in page.select("select[name=assigned] option")]

    assert people(first) == ["Anybody", "Me", "Nobody", "Zora Ellison"]
    assert people(theirs)[:3] == ["Anybody", "Me", "Nobody"]
    assert "Zora Ellison" not in people(theirs)
    assert references(theirs) == references(first) == [application.reference]


def test_a_kept_page_shows_a_change_at_once(hr):
    application = waiting(vacancy=VacancyFactory(published=True, title="Social worker, duty team"))
    before = hr.get("/review")
    with transaction():
        application.candidate.name = "A new name"
    after = hr.get("/review")

    def names(page):
        return [row.select("td")[1].text.strip() for row in page.select("table.queue tbody tr")]

    assert names(before) != ["A new name"]
    assert names(after) == ["A new name"]
