"""The pages of the form: what is shown, kept, refused, and how much it costs."""

from datetime import date

import pytest

from recruit.applications import queries as kept
from recruit.applications.models import Application, HistoryEntry, Qualification, Referee, Section
from recruit.conversation.models import ConversationMessage
from recruit.core.db import db
from tests import factories
from tests.applications.answers import (
    complete_application,
    qualification_values,
    referee_values,
    work_values,
)
from tests.visitor import Visitor

PAGES = (
    "contact-details", "eligibility", "registration", "registration/situation", "qualifications",
    "qualifications/add", "history", "history/start", "history/add?kind=work", "history/add?kind=study",
    "history/add?kind=other", "evidence", "referees", "referees/add", "interview-support", "relationships",
    "declaration",
)  # fmt: skip


def errors(page) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def test_wrong_answers_stand_beside_their_fields_and_are_kept(candidate: Visitor, draft: Application):
    page = candidate.submit(
        f"/applications/{draft.reference}/contact-details",
        {"full_name": "Sam", "email": "sam at home", "phone": "1", "finished": "yes"},
        200,
    )

    assert errors(page) == [
        "Enter an email address in the correct format, like name@example.com",
        "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
        "Enter the first line of your address",
        "Enter your town or city",
        "Enter your postcode",
    ]
    assert page.select_one("#email-error") is not None
    assert page.select_one("#email")["value"] == "sam at home"
    assert kept.contact_details_of(draft).email == "sam at home"
    assert kept.state_of(draft, Section.CONTACT).is_complete is False


def test_what_is_too_long_is_shown_and_the_rest_is_kept(candidate: Visitor, draft: Application):
    page = candidate.submit(
        f"/applications/{draft.reference}/contact-details",
        {"full_name": "x" * 201, "town": "Redcar", "finished": "no"},
        200,
    )

    assert errors(page) == ["Full name must be 200 characters or fewer"]
    assert page.select_one("#full_name")["value"] == "x" * 201
    assert kept.contact_details_of(draft).town == "Redcar"


def test_coming_back_later_needs_nothing(candidate: Visitor, draft: Application):
    candidate.submit(f"/applications/{draft.reference}/registration/situation", {"state": "registered"})
    candidate.submit(f"/applications/{draft.reference}/registration", {"number": "SW0", "finished": "no"})

    assert candidate.response.location == f"/applications/{draft.reference}"
    assert kept.registration_of(draft).number == "SW0"


def test_whether_it_is_finished_must_be_said_and_the_answers_are_kept(candidate: Visitor, draft: Application):
    page = candidate.submit(f"/applications/{draft.reference}/contact-details", {"town": "Redcar"}, 200)

    assert errors(page) == ["Select whether you have finished this section"]
    assert kept.contact_details_of(draft).town == "Redcar"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {"ended_month-month": "13", "ended_month-year": "2019"},
            "The month you left must be a real month and year, like 9 2019",
        ),
        (
            {"ended_month-month": "8", "ended_month-year": "2014"},
            "The month you left must be the month you started or later",
        ),
        ({}, "Enter the month you left, like 8 2021, or select that you still work here"),
        (
            {"ended_month-month": "1", "ended_month-year": "2100"},
            "The month you left must be this month or earlier. If you still work here, select that",
        ),
        ({"still": "y", "started_month-year": "2100"}, "The month you started must be this month or earlier"),
        ({"still": "y", "reason_for_leaving": ""}, "Enter why you left, or why you want to"),
        ({"still": "y", "reason_for_leaving": "a " * 51}, "Your answer must be 50 words or fewer. Take out 1 word"),
        ({"still": "y", "duties": "a " * 152}, "Your answer must be 150 words or fewer. Take out 2 words"),
        ({"still": "y", "activity": "crime"}, "Select what kind of work it is"),
    ],
)  # fmt: skip
def test_a_post_says_how_to_mend(candidate: Visitor, draft: Application, answers, message: str):
    right = {
        "activity": "paid", "title": "Social worker", "organisation": "Northshire", "started_month-month": "9",
        "started_month-year": "2014", "with_children": "yes", "reason_for_leaving": "Nearer to home",
    }  # fmt: skip

    page = candidate.submit(f"/applications/{draft.reference}/history/add?kind=work", right | answers, 200)

    assert errors(page) == [message]
    assert page.select_one("#title")["value"] == "Social worker"
    assert kept.entries_of(draft, HistoryEntry) == []


def test_a_month_that_was_typed_before_still_was_ticked_does_not_matter(candidate: Visitor, draft: Application):
    answers = {
        "title": "Caring for my father", "started_month-month": "9", "started_month-year": "2014", "still": "y",
        "ended_month-month": "nonsense",
    }  # fmt: skip

    candidate.submit(f"/applications/{draft.reference}/history/add?kind=other", answers)

    (entry,) = kept.entries_of(draft, HistoryEntry)
    assert (entry.title, entry.ended_month, entry.activity.value) == ("Caring for my father", None, "other")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {"relationship_": "personal"},  # not offered
            "Select how they know you",
        ),
        ({"email": "jo"}, "Enter an email address in the correct format, like name@example.com"),
        ({"phone": "ring"}, "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"),
        ({"contact_before_interview": "maybe"}, "Select whether we may contact them before your interview"),
        ({"known_from-year": "2100"}, "The month they began to know your work must be in the past"),
    ],
)  # fmt: skip
def test_a_referee_says_how_to_mend(candidate: Visitor, draft: Application, answers, message: str):
    right = {
        "name": "Jo Khan", "job_title": "Manager", "organisation": "Northshire", "relationship_": "line_manager",
        "email": "jo@northshire.example", "known_from-month": "9", "known_from-year": "2014", "still": "y",
        "contact_before_interview": "yes",
    }  # fmt: skip

    page = candidate.submit(f"/applications/{draft.reference}/referees/add", right | answers, 200)

    assert errors(page) == [message]


@pytest.mark.parametrize("year", ["1939", "2150", "19", "MMXX", "٢٠١٩", "2019.5", "-2019", "9" * 40])
def test_a_year_that_is_none_is_refused(candidate: Visitor, draft: Application, year: str):
    right = {"award": "BA", "institution": "Northshire"}

    page = candidate.submit(f"/applications/{draft.reference}/qualifications/add", right | {"year": year}, 200)

    assert len(errors(page)) == 1
    assert errors(page)[0].startswith("Year must be")


def test_a_gap_is_shown_where_it_falls_and_opens_its_months(candidate: Visitor, ready: Application):
    entry = min(kept.entries_of(ready, HistoryEntry), key=lambda one: one.started_month)
    entry.ended_month = date(2014, 5, 1)
    db.session.commit()

    page = candidate.get(f"/applications/{ready.reference}/history")
    rows = [row.select_one(".timeline__when").get_text() for row in page.select(".timeline__event")]
    form = candidate.get(page.select_one(".timeline__event--gap a")["href"])

    assert rows == ["September 2014 to now", "June 2014 to August 2014 (3 months)", "July 2011 to May 2014"]
    for page in (form, candidate.get(form.find("a", string="Add work")["href"])):  # the gap may have been work
        months = [page.select_one(f"#{name}")["value"] for name in (
            "started_month-month", "started_month-year", "ended_month-month", "ended_month-year")]  # fmt: skip
        assert months == ["6", "2014", "8", "2014"]
    assert page.select_one("#organisation")


def test_finishing_a_history_with_a_gap_leads_to_the_gap(candidate: Visitor, ready: Application):
    entry = min(kept.entries_of(ready, HistoryEntry), key=lambda one: one.started_month)
    entry.ended_month = date(2014, 5, 1)
    db.session.commit()

    page = candidate.submit(f"/applications/{ready.reference}/history", {"finished": "yes"}, 200)

    link = page.select_one(".govuk-error-summary a")
    assert link.get_text() == "Tell us what you did from June 2014 to August 2014 (3 months)"
    assert page.select_one(link["href"]) is not None


def test_two_windows_are_both_shown(candidate: Visitor, draft: Application):
    address = f"/applications/{draft.reference}/contact-details"
    first = candidate.get(address)
    candidate.submit(address, {"town": "Redcar", "finished": "no"})
    version = first.select_one("#version, [name=version]")["value"]

    page = candidate.post(address, {"version": version, "town": "Yarm", "finished": "no"}, 409)

    assert page.select_one("#town")["value"] == "Yarm"
    assert "Redcar" in page.select_one("[aria-labelledby=elsewhere]").get_text()
    assert "Saved just now" in page.select_one("[aria-labelledby=elsewhere]").get_text()
    assert kept.contact_details_of(draft).town == "Redcar"
    again = page.select_one("[name=version]")["value"]
    candidate.post(address, {"version": again, "town": "Yarm", "finished": "no"})
    assert kept.contact_details_of(draft).town == "Yarm"


def test_closing_while_somebody_types_loses_no_text_on_the_page(candidate: Visitor, draft: Application, close):
    address = f"/applications/{draft.reference}/evidence/{draft.vacancy.criteria[0].id}"
    candidate.get(address)
    close(draft)

    page = candidate.post(address, {"text": "What I wrote"}, 409)

    assert page.select_one("#text").get_text().strip() == "What I wrote"
    assert errors(page)[0].startswith("This vacancy closed at")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_form_opens_after_closing(candidate: Visitor, draft: Application, close, path: str):
    close(draft)

    candidate.get(f"/applications/{draft.reference}/{path}", 302)

    assert candidate.response.location == f"/applications/{draft.reference}"


@pytest.mark.parametrize("path", PAGES)
def test_fields_that_nobody_offered_change_nothing(candidate: Visitor, ready: Application, path: str):
    candidate.submit(
        f"/applications/{ready.reference}/{path}".replace("/add?kind", "/start?kind"),
        {
            "status": "shortlisted", "candidate_id": "1", "application_id": "1", "id": "1", "submitted_at": "x",
            "assigned_to_id": "1", "reference": "A-22222", "finished": "yes", "since-month": "7", "since-year": "2011",
        },
        200 if path.startswith(("qualifications/", "referees/")) else 302,
    )  # fmt: skip

    db.session.expire_all()
    assert (ready.status, ready.candidate_id, ready.submitted_at) == ("draft", candidate.user.id, None)
    assert (ready.assigned_to_id, len(kept.entries_of(ready, Referee))) == (None, 2)


def test_change_links_come_back_to_checking(candidate: Visitor, ready: Application):
    page = candidate.get(f"/applications/{ready.reference}/check")
    link = page.select_one("#contact-details ~ dl a")

    candidate.submit(link["href"], {"town": "Yarm"})

    assert candidate.response.location == f"/applications/{ready.reference}/check"


def test_an_entry_is_removed_after_asking(candidate: Visitor, ready: Application):
    entry = kept.entries_of(ready, Qualification)[0]
    address = f"/applications/{ready.reference}/qualifications/{entry.id}/remove"

    candidate.get(address)
    assert len(kept.entries_of(ready, Qualification)) == 1
    candidate.submit(address)

    assert kept.entries_of(ready, Qualification) == []


COSTS = {"": 8, "/qualifications": 8, "/history": 8, "/evidence": 8, "/referees": 8, "/check": 8, "/copy": 9}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "cost"), COSTS.items())
def test_a_page_costs_the_same_however_much_is_in_it(
    candidate: Visitor, ready: Application, queries: list[str], path: str, cost: int, count: int
):
    for number in range(count):
        db.session.add_all(
            [
                Qualification(application_id=ready.id, **qualification_values(award=f"Award {number}")),
                HistoryEntry(application_id=ready.id, **work_values(title=f"Post {number}")),
                Referee(application_id=ready.id, **referee_values(name=f"Referee {number}")),
            ]
        )
    db.session.commit()
    address = f"/applications/{ready.reference}{path}"
    queries.clear()

    candidate.get(address)

    assert len(queries) == cost


def test_a_history_is_full_at_200_entries_and_its_pages_still_cost_the_same(
    candidate: Visitor, ready: Application, queries: list[str]
):
    for number in range(200 - len(kept.entries_of(ready, HistoryEntry))):
        db.session.add(HistoryEntry(application_id=ready.id, **work_values(title=f"Post {number}")))
    ready.history_since = date(2001, 7, 1)  # and a gap
    db.session.commit()
    base = f"/applications/{ready.reference}"
    full = "You can add up to 200 entries. Remove one before you add another."

    for path in ("", "/history", "/check", "/copy"):
        queries.clear()
        candidate.get(f"{base}{path}")
        assert len(queries) == COSTS[path]
    work = {
        "activity": "paid", "title": "One more", "organisation": "Northshire Council", "started_month-month": "5",
        "started_month-year": "2010", "ended_month-month": "6", "ended_month-year": "2011", "with_children": "yes",
        "duties": "Court work", "reason_for_leaving": "It ended",
    }  # fmt: skip
    page = candidate.submit(f"{base}/history/add?kind=work", work, 409)
    assert errors(page) == [full]
    assert page.select_one("#title")["value"] == "One more"
    gaps = candidate.get(f"{base}/history/gaps").select_one("[name=gaps]")["value"]
    page = candidate.submit(f"{base}/history/gaps", {"title": "Caring for my father", "gaps": gaps}, 409)
    assert errors(page) == [full]
    assert page.select_one("#title")["value"] == "Caring for my father"
    assert len(kept.entries_of(ready, HistoryEntry)) == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(candidate: Visitor, queries: list[str], count: int):
    for _ in range(count):
        factories.ApplicationFactory(candidate=candidate.user)
        complete_application(factories.ApplicationFactory(candidate=candidate.user))
        sent = factories.ApplicationFactory(candidate=candidate.user, submitted=True)
        new = {"author_id": candidate.user.id, "is_by_candidate": False, "text": "Hello", "at": sent.created_at}
        db.session.add(ConversationMessage(application_id=sent.id, **new))
    db.session.commit()
    queries.clear()

    page = candidate.get("/applications")

    assert len(page.select(".entry")) == 3 * count
    assert page.main.text.count("1 new message") == count
    assert len(queries) == 4  # who is asking; the applications; the sections of drafts; what is unread
