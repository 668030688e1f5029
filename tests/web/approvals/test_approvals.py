"""What waits for approval, as HR reads and decides it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.rules.access import Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyComment, VacancyEvent
from tests import factories
from tests.visitor import Visitor

LIST = "/review/approvals"


@pytest.fixture
def waiting(session) -> Vacancy:
    return factories.VacancyFactory(title="Social worker, nights", waiting=True)


def _path(vacancy: Vacancy, end: str = "") -> str:
    return f"{LIST}/{vacancy.reference}{end}"


def _status(vacancy: Vacancy) -> VacancyStatus:
    db.session.rollback()
    return db.session.scalars(select(Vacancy.status).where(Vacancy.id == vacancy.id)).one()


def _version(page) -> str:
    return page.select_one("form[action$='/approve'] [name=version]")["value"]


def test_what_waits_longest_comes_first_with_who_wrote_it(hr: Visitor):
    ago = datetime.now(UTC) - timedelta(days=4)
    author = factories.UserFactory(name="Robin Carter", roles=[Role.RECRUITER])
    factories.VacancyFactory(title="Sent today", waiting=True, sent_at=datetime.now(UTC))
    factories.VacancyFactory(title="Sent first", waiting=True, sent_at=ago, author_id=author.id)
    factories.VacancyFactory(title="A draft")
    factories.VacancyFactory(title="To change", waiting=True, status=VacancyStatus.CHANGES_REQUESTED)

    page = hr.get(LIST)

    assert [link.get_text() for link in page.select(".worklist__title a")] == ["Sent first", "Sent today"]
    first = page.select_one(".worklist__item").get_text(" ", strip=True)
    assert ("Sent 4 days ago" in first, "Robin Carter" in first) == (True, True)
    assert "2 vacancies are waiting, the longest first." in page.get_text()
    assert "2 vacancies or changes are waiting for approval" in hr.get("/review").get_text()


def test_nothing_waits(hr: Visitor):
    assert "No vacancy is waiting for approval." in hr.get(LIST).select_one(".empty").get_text()
    assert "waiting for approval" not in hr.get("/review").main.get_text()


def test_the_navigation_has_one_place_at_a_time(hr: Visitor, waiting: Vacancy):
    for path in (LIST, _path(waiting)):
        current = hr.get(path).select("header [aria-current=page]")
        assert [link.get_text(strip=True) for link in current] == ["Approvals"]
    assert [link.get_text(strip=True) for link in hr.get("/review").select("header [aria-current=page]")] == [
        "Review queue"
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(hr: Visitor, queries: list[str], count: int):
    for _ in range(count):
        factories.VacancyFactory(waiting=True)
    queries.clear()

    assert len(hr.get(LIST).select(".worklist__item")) == count

    assert len(queries) == 4, queries  # the session, the vacancies, the changes of published ones, their number


@pytest.mark.parametrize("count", [1, 3])
def test_a_vacancy_costs_the_same_however_much_was_written(
    hr: Visitor, waiting: Vacancy, queries: list[str], count: int
):
    for _ in range(count):
        author = factories.UserFactory()
        comment = VacancyComment(vacancy_id=waiting.id, author_id=author.id, text="Hello", at=factories.NOW)
        event = VacancyEvent(
            vacancy_id=waiting.id, actor_id=author.id, source="draft", target="draft", at=factories.NOW
        )
        db.session.add_all([comment, event])
    db.session.commit()
    path = _path(waiting)
    queries.clear()

    hr.get(path)

    # The session, the vacancy, its criteria and its documents, the pay, the comments, the history.
    assert len(queries) == 9, queries  # the pay table in force, and the range on it when read and for its mark


def _seen(page) -> dict[str, str]:
    """What the form to approve carries of the page that was read."""
    form = page.select_one("form[action$='/approve']")
    return {name: form.select_one(f"[name={name}]")["value"] for name in ("version", "pay")}


def test_approval_puts_it_before_candidates(hr: Visitor, visitor: Visitor, waiting: Vacancy):
    visitor.get(f"/jobs/{waiting.slug}", status=404)
    page = hr.get(_path(waiting))
    assert "£28,672 to £36,922 a year" in page.get_text()

    hr.post(_path(waiting, "/approve"), _seen(page))

    assert "candidates can apply for Social worker, nights now" in hr.follow().get_text()
    assert visitor.get(f"/jobs/{waiting.slug}").h1.get_text() == "Social worker, nights"
    assert "This vacancy has been approved." in hr.get(_path(waiting)).get_text()
    hr.get(_path(waiting, "/preview"), status=302)


def test_what_opens_later_says_so(hr: Visitor, waiting: Vacancy, session):
    waiting.opens_at = datetime.now(UTC) + timedelta(days=3)
    session.commit()

    hr.post(_path(waiting, "/approve"), _seen(hr.get(_path(waiting))))

    assert "candidates can apply for Social worker, nights from " in hr.follow().get_text()


def test_changes_need_words_and_what_was_typed_stays(hr: Visitor, waiting: Vacancy):
    long = "x" * 2_001
    for text, message in ((" \x00", "Enter what should change"), (long, "What you write must be 2,000 characters")):
        page = hr.post(_path(waiting, "/changes"), {"version": "1", "comment": text}, status=200)
        link = page.select_one(".govuk-error-summary__list a")
        assert (link["href"], message in link.get_text()) == ("#comment", True)
    assert page.select_one("#comment").get_text().strip() == long
    assert _status(waiting) is VacancyStatus.AWAITING_APPROVAL


def test_changes_give_it_back(hr: Visitor, waiting: Vacancy):
    hr.post(_path(waiting, "/changes"), {"version": str(waiting.version), "comment": "Say more."})

    assert "is back with its team" in hr.follow().get_text()
    page = hr.get(_path(waiting))
    assert "Changes were asked for." in page.get_text()
    assert page.select("#decide") == []
    assert hr.get(LIST).select(".worklist__item") == []


def test_the_second_of_two_is_told_and_nothing_is_done_twice(hr: Visitor, visit_as, waiting: Vacancy):
    seen = _version(hr.get(_path(waiting)))
    other = visit_as(factories.UserFactory(name="Hollis Green", roles=[Role.HR]))
    other.post(_path(waiting, "/changes"), {"version": seen, "comment": "Say more."})

    page = hr.post(_path(waiting, "/approve"), {"version": seen}, status=409)

    assert "Hollis Green asked for changes to this vacancy at " in page.select_one(".govuk-error-summary").get_text()
    assert _status(waiting) is VacancyStatus.CHANGES_REQUESTED


def test_what_was_changed_since_it_was_read_is_not_approved(hr: Visitor, waiting: Vacancy, session):
    seen = _version(hr.get(_path(waiting)))
    waiting.title = "Changed meanwhile"
    session.commit()

    page = hr.post(_path(waiting, "/approve"), {"version": seen}, status=409)

    assert "saved this vacancy" in page.select_one(".govuk-error-summary").get_text()
    assert page.h1.get_text() == "Changed meanwhile"
    hr.post(_path(waiting, "/approve"), _seen(page))


def test_what_its_team_took_back_is_theirs(hr: Visitor, waiting: Vacancy, session):
    waiting.status = VacancyStatus.DRAFT
    session.commit()

    for end in ("", "/preview"):
        assert "was taken back by its team" in hr.get(_path(waiting, end), status=409).get_text()
    for end in ("/approve", "/changes", "/comments"):
        hr.post(_path(waiting, end), {"version": "1", "comment": "x", "text": "x"}, status=409)


@pytest.mark.parametrize("version", ["", "0", "-1", "²", "9" * 40, "x"])
def test_an_odd_version_approves_nothing(hr: Visitor, waiting: Vacancy, version: str):
    hr.post(_path(waiting, "/approve"), {"version": version}, status=409)

    assert _status(waiting) is VacancyStatus.AWAITING_APPROVAL


def test_what_is_missing_keeps_it_from_approval_and_doubts_do_not(hr: Visitor, waiting: Vacancy, session):
    assert "Candidates plan ahead: an interview date helps them" in hr.get(_path(waiting)).get_text()
    waiting.summary = ""
    session.commit()

    page = hr.get(_path(waiting))

    assert "Enter the summary." in page.get_text()
    assert page.select("form[action$='/approve']") == []
    page = hr.post(_path(waiting, "/approve"), {"version": str(waiting.version)}, status=200)
    assert "Enter the summary." in page.select_one(".govuk-error-summary").get_text()


def test_a_preview_that_cannot_be_made_says_why(hr: Visitor, waiting: Vacancy, session):
    waiting.closes_at = datetime.now(UTC) - timedelta(days=1)
    session.commit()

    hr.get(_path(waiting, "/preview"), status=302)

    assert "There is no preview. Enter a closing date in the future." in hr.follow().get_text()


def test_comments_are_kept_as_typed(hr: Visitor, waiting: Vacancy):
    hr.post(_path(waiting, "/comments"), {"text": "Is it\nagreed? <script>"})

    page = hr.follow()
    assert page.select_one("#comments + ol .timeline__note").get_text() == "Is it\nagreed? <script>"
    assert page.select_one("#history + ol .timeline__title").get_text() == "Commented"
    empty = hr.post(_path(waiting, "/comments"), {"text": ""}, status=200)
    assert empty.select_one(".govuk-error-summary__list a")["href"] == "#text"


def test_nobody_decides_on_their_own(visit_as, session):
    user = factories.UserFactory(roles=[Role.HR, Role.RECRUITER])
    vacancy = factories.VacancyFactory(waiting=True, author_id=user.id)
    visitor = visit_as(user)

    assert visitor.get(LIST).select_one(".tag").get_text() == "Your own"
    page = visitor.get(_path(vacancy))
    assert "somebody else in HR decides" in page.get_text()
    assert page.select("form[action$='/approve'], form[action$='/changes']") == []
    for end in ("/approve", "/changes"):
        visitor.post(_path(vacancy, end), {"version": str(vacancy.version), "comment": "x"}, status=403)
    assert _status(vacancy) is VacancyStatus.AWAITING_APPROVAL


@pytest.mark.parametrize("who", ["candidate", "recruiter", "admin"])
def test_the_area_is_for_hr(request: pytest.FixtureRequest, waiting: Vacancy, who: str):
    visitor = request.getfixturevalue(who)
    for path in (LIST, _path(waiting), _path(waiting, "/preview")):
        visitor.get(path, status=403)


def test_hr_cancels_what_is_published_with_a_reason(hr: Visitor, visitor: Visitor):
    vacancy = factories.VacancyFactory(published=True)
    assert hr.get(f"/review/vacancies/{vacancy.reference}").select_one(f"a[href='{_path(vacancy, '/cancel')}']")

    page = hr.submit(_path(vacancy, "/cancel"), {"reason": " \x00", "why": "no_funding"}, status=200)
    assert page.select_one(".govuk-error-summary__list a")["href"] == "#reason"
    page = hr.submit(_path(vacancy, "/cancel"), {"reason": "The post was filled.", "why": "nobody_applied"}, status=200)
    assert page.select_one(".govuk-error-summary__list a")["href"] == "#why"
    hr.submit(_path(vacancy, "/cancel"), {"reason": "A colleague moves.", "why": "filled_otherwise"})

    assert _status(vacancy) is VacancyStatus.CANCELLED
    assert db.session.scalars(select(VacancyEvent.reason)).all() == [
        "Filled in another way, such as a move within the council. A colleague moves."
    ]
    ends = hr.get("/review/approvals/ends").select("tbody tr")
    assert [[cell.get_text() for cell in row.select("th, td")] for row in ends] == [
        ["Filled in another way, such as a move within the council", "0", "0", "1"],
        ["All", "0", "0", "1"],
    ]
    assert "This vacancy has been cancelled" in visitor.get(f"/jobs/{vacancy.slug}").get_text()
    hr.get(_path(vacancy, "/cancel"), status=409)
    assert "Cancel this vacancy" not in hr.get(f"/review/vacancies/{vacancy.reference}").get_text()


def test_a_cancellation_of_what_was_changed_meanwhile_is_told(hr: Visitor, session):
    vacancy = factories.VacancyFactory(published=True)
    form = {"version": str(vacancy.version), "reason": "The post was filled.", "why": "no_funding"}
    vacancy.title = "Changed meanwhile"
    session.commit()

    page = hr.post(_path(vacancy, "/cancel"), form, status=409)

    assert "saved this vacancy" in page.select_one(".govuk-error-summary").get_text()
    assert _status(vacancy) is VacancyStatus.PUBLISHED


def test_what_is_not_published_is_not_cancelled_by_hr(hr: Visitor, waiting: Vacancy):
    hr.get(_path(waiting, "/cancel"), status=404)
    hr.post(_path(waiting, "/cancel"), {"version": "1", "reason": "No."}, status=404)


def test_a_draft_that_was_never_sent_is_not_there(hr: Visitor):
    for reference in (factories.VacancyFactory().reference, "CSW-9999", "-1", "CSW-²", "%00"):
        hr.get(f"{LIST}/{reference}", status=404)


def test_reading_changes_nothing(hr: Visitor, waiting: Vacancy, session):
    before = waiting.version
    for path in (LIST, _path(waiting), _path(waiting, "/preview")):
        hr.get(path)

    assert session.scalars(select(Vacancy.version)).all() == [before]
    assert session.scalars(select(VacancyEvent.id)).all() == []


def test_an_approved_vacancy_shows_the_pay_that_it_keeps(hr: Visitor, session):
    vacancy = factories.VacancyFactory(published=True, sent_at=datetime.now(UTC))
    vacancy.grade.point_min = 25
    session.commit()

    assert "£28,672 to £36,922 a year" in hr.get(_path(vacancy)).get_text()
    assert "Points 24 to 33, pay table of 1 April 2020" in hr.get(_path(vacancy)).get_text()


def test_an_award_is_applied_to_what_was_chosen(hr: Visitor, session):
    assert "No pay table is in force" in hr.get(f"{LIST}/pay-award").get_text()
    vacancy = factories.VacancyFactory(published=True)
    factories.PayTableFactory(effective_on=date(2021, 4, 1))
    page = hr.get(f"{LIST}/pay-award")
    box = page.select_one("input[name=vacancy]")
    assert vacancy.title in page.select_one(f"label[for='{box['id']}']").get_text()

    assert "Select at least 1 vacancy" in hr.post(f"{LIST}/pay-award", {}, status=200).get_text()
    hr.post(f"{LIST}/pay-award", {"vacancy": "\x00"}, status=409)
    hr.post(f"{LIST}/pay-award", {"vacancy": box["value"]})

    page = hr.follow().get_text()
    assert "Award applied to 1 vacancy" in page
    assert "Every live vacancy is on the pay table in force, that of 1 April 2021." in page


def test_all_or_none_of_an_award_can_be_chosen_and_a_choice_that_comes_back_is_kept(hr: Visitor):
    for _ in range(2):
        factories.VacancyFactory(published=True)
    factories.PayTableFactory(effective_on=date(2021, 4, 1))

    page = hr.get(f"{LIST}/pay-award")
    marks = [box["value"] for box in page.select("input[name=vacancy][checked]")]
    none = page.find("a", string="Choose none")["href"]

    assert len(marks) == 2
    assert hr.get(none).select("input[name=vacancy][checked]") == []
    page = hr.post(f"{LIST}/pay-award", {"vacancy": [marks[0], "CSW-9.1.2.3"]}, status=409)
    assert [box["value"] for box in page.select("input[name=vacancy][checked]")] == [marks[0]]


@pytest.mark.parametrize("number", [1, 3])
def test_an_award_costs_the_same_however_many_it_changes(hr: Visitor, queries: list[str], number: int):
    for _ in range(number):
        factories.VacancyFactory(published=True)
    factories.PayTableFactory(effective_on=date(2021, 4, 1))
    hr.get(LIST)
    queries.clear()

    assert len(hr.get(f"{LIST}/pay-award").select("input[name=vacancy]")) == number
    assert len(queries) == 5, queries  # the session, the table in force, it again with its points, the vacancies
