"""Pages are not made again where all is as before, nor the outline of an application's page; and nothing is old."""

from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from flask import template_rendered
from structlog.testing import capture_logs

from recruit.accounts.models import RoleGrant
from recruit.applications.labels import Label
from recruit.applications.models import RegistrationAnswer
from recruit.core import clock
from recruit.core.calendar import LONDON
from recruit.core.db import db
from recruit.core.remembered import Remembered
from recruit.core.transaction import transaction
from recruit.interviews.models import PromptNote
from recruit.interviews.prompting import prompts_for
from recruit.notifications.models import OutboxMessage
from recruit.panels import moderation
from recruit.panels.entry import Entry
from recruit.panels.models import ModeratedScore
from recruit.panels.moderation import Chaired
from recruit.review.models import ReviewNote
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import QUEUE, VacancyStatus
from recruit.rules.lifecycle import ApplicationStatus as A
from recruit.rules.notifications import Notification
from recruit.rules.self_disclosure import DisclosureStatus
from recruit.self_disclosures.models import SelfDisclosure
from recruit.web import kept_pages
from tests.factories import UserFactory
from tests.interviews.planning import planned
from tests.interviews.test_prompting import leave_gap
from tests.panels.sifting import open_sift, score
from tests.review.sent import open_vacancy, sent_application


@pytest.fixture
def application(session):
    return sent_application(candidate=UserFactory(name="Kim Lee"), days_ago=3)


@pytest.fixture
def one_moment():
    """A form's token says the second at which it was made."""
    with time_machine.travel(clock.now(), tick=False):
        yield


def path_of(application):
    return f"/review/applications/{application.reference}"


def opened(visitor, path):
    """Open a page until it is kept: what was opened once may never be again."""
    return [visitor.get(path) for _ in range(3)][-1]


@contextmanager
def pages_made(app):
    made = []

    def note(_sender, template, **_extra):
        made.append(template.name)

    with template_rendered.connected_to(note, app):
        yield made


def test_a_page_that_is_as_before_is_not_made_again(app, hr, application, one_moment):
    for path in (path_of(application), "/review/search?q=Kim", "/review?status=any"):
        first = hr.get(path)
        with pages_made(app) as made:
            assert str(hr.get(path)) == str(first)
        assert made == []


def test_an_application_that_is_opened_again_and_again_is_kept_whole(hr, application, monkeypatch):
    pages = Remembered(kept_pages.KEPT)  # type: ignore[var-annotated]
    monkeypatch.setattr(kept_pages, "_PAGES", pages)

    assert [(hr.get(path_of(application)), len(pages._values))[1] for _ in range(4)] == [0, 1, 1, 1]


def rename_vacancy(application):
    application.vacancy.title = "Fostering worker"


def retire_team(application):
    application.vacancy.team.name = "Fostering North"


def wait_for_an_answer(application):
    application.message_waits = True


def lose_a_message(application):
    db.session.add(
        OutboxMessage(
            key=f"lost {application.reference}",
            notification=Notification.APPLICATION_SUBMITTED,
            recipient="a@people.test",
            context={},
            about=application.reference,
            posted_at=(now := clock.now()),
            due_at=now,
            failed_at=now,
            unsettled_since=now,
        )
    )


def name_a_label(application):
    db.session.add(Label(name=f"Second opinion {application.reference}"))


def take_somebody_on(_application):
    UserFactory(name="Wren Alder", roles=[Role.HR])


def wait_for_scores(application):
    application.vacancy.scores_first = True


CHANGES = {
    rename_vacancy: "Fostering worker", retire_team: "Fostering North", wait_for_an_answer: "Message to answer",
    lose_a_message: "did not arrive", name_a_label: "Second opinion", take_somebody_on: "Wren Alder",
    wait_for_scores: "without the panel’s scores",
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_changed_is_in_the_next_page(hr, application, change):
    before = opened(hr, path_of(application)).text
    change(application)
    db.session.commit()

    after = hr.get(path_of(application)).text

    assert [CHANGES[change] in words for words in (before, after)] == [False, True]


def test_a_note_about_a_history_is_in_the_next_page(hr):
    application = planned(1).applications[0]
    leave_gap(application)
    (prompt, *_) = [one.prompt for one in prompts_for(application)]
    before = opened(hr, path_of(application)).text
    db.session.add(
        PromptNote(
            application_id=application.id,
            prompt=prompt.key,
            author_id=hr.user.id,
            words="Cared for a parent",
            is_explained=True,
            at=clock.now(),
        )
    )
    db.session.commit()

    assert ["Cared for a parent" in words for words in (before, hr.get(path_of(application)).text)] == [False, True]


@pytest.mark.parametrize("is_settled_first", [True, False])
def test_whether_the_panel_is_through_is_in_the_next_page(hr, is_settled_first):
    """What settles two scores that differ leaves no trace in what is found of an application or beside it."""
    vacancy, (application,), members, _ = open_sift(1)
    for member, points in zip(members, ([3, 2, 2], [0, 2, 2]), strict=True):
        score(application, member, points)
    vacancy.scores_first = True
    db.session.commit()
    settle = partial(settle_first, vacancy, application, members[0])
    if is_settled_first:
        settle()
    before = opened(hr, path_of(application)).text
    if is_settled_first:
        db.session.query(ModeratedScore).delete()
        db.session.commit()
    else:
        settle()

    waits = ["without the panel’s scores" in words for words in (before, hr.get(path_of(application)).text)]

    assert waits == ([False, True] if is_settled_first else [True, False])


def settle_first(vacancy, application, chair):
    line = vacancy.asked[0].id
    with transaction():
        moderation.moderate(
            chair.as_actor(),
            Chaired(vacancy, chair.id),
            application.id,
            {line: Entry(2, "Both saw it")},
            now=clock.now(),
        )


def test_how_a_disclosure_stands_now_is_in_the_next_page(hr, application):
    application.status, now = A.APPOINTED, clock.now()
    disclosure = SelfDisclosure(
        application_id=application.id, status=DisclosureStatus.RECEIVED, asked_at=now, sent_at=now
    )
    db.session.add(disclosure)
    db.session.commit()
    before = opened(hr, path_of(application)).text
    disclosure.status = DisclosureStatus.TO_DISCUSS
    db.session.commit()

    after = hr.get(path_of(application)).text

    words = ("Self-disclosure: received on", "Self-disclosure: to discuss")
    assert [[one in page for one in words] for page in (before, after)] == [[True, False], [False, True]]


def test_each_other_account_with_the_same_number_is_in_the_next_page(hr, application):
    others = [sent_application() for _ in range(2)]
    db.session.get_one(RegistrationAnswer, others[1].id).number = ""
    db.session.commit()
    before = opened(hr, path_of(application)).text
    db.session.get_one(RegistrationAnswer, others[1].id).number = db.session.get_one(
        RegistrationAnswer, others[0].id
    ).number
    db.session.commit()

    after = hr.get(path_of(application)).text

    assert [[one.reference in words for one in others] for words in (before, after)] == [[True, False], [True, True]]


def test_a_page_that_was_opened_before_midnight_is_not_kept_past_it(visit_as, application):
    midnight = clock.now().astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    with time_machine.travel(midnight - timedelta(minutes=5), tick=False):
        hr = visit_as(UserFactory(roles=[Role.HR]))
        today = opened(hr, path_of(application)).text
    with time_machine.travel(midnight + timedelta(minutes=5), tick=False):
        tomorrow = hr.get(path_of(application)).text

    assert ["3 days ago" in words for words in (today, tomorrow)] == [True, False]


def test_filters_and_the_day_are_those_of_each_page(hr, visit_as, application):
    links = [
        [link["href"] for link in opened(hr, path_of(application) + asked).select("a[href*='/unsuccessful']")]
        for asked in ("", "?unread=yes", "")
    ]
    assert ["unread=yes" in link for (link,) in links] == [False, True, False]
    today = hr.get(path_of(application)).text
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        tomorrow = visit_as(hr.user).get(path_of(application)).text

    assert ["3 days ago" in words for words in (today, tomorrow)] == [True, False]


def test_each_browser_has_the_token_of_its_own(hr, visit_as, application, one_moment):
    tokens = [
        opened(visitor, path_of(application)).select_one("#decide [name=csrf_token]")["value"]
        for visitor in (hr, visit_as(hr.user), hr)
    ]

    assert tokens[0] == tokens[2] != tokens[1]


def test_what_was_typed_in_a_form_that_was_refused_is_in_no_later_page(hr, application):
    typed = "x" * (limits.NOTE_CHARACTERS + 1)
    opened(hr, path_of(application))
    refused = hr.post(path_of(application) + "/notes", {"text": typed}, status=200)
    fresh = hr.get(path_of(application))

    assert [page.select_one("#notes textarea").text.strip() for page in (refused, fresh)] == [typed, ""]
    assert [len(page.select("#notes .govuk-error-message")) for page in (refused, fresh)] == [1, 0]


def test_who_has_an_application_is_chosen_on_its_page_alone(hr, application):
    other = sent_application(candidate=UserFactory(name="Ash Vane"))
    other.assigned_to_id = hr.user.id
    db.session.commit()

    chosen = [hr.get(path_of(one)).select_one("#who option[selected]")["value"] for one in (application, other)]

    assert chosen == ["0", str(hr.user.id)]


def test_what_was_sent_is_read_and_made_once_for_everybody(hr, visit_as, queries, application):
    hr.get(path_of(application))
    colleague = visit_as(UserFactory(roles=[Role.HR]))
    queries.clear()
    page = colleague.get(path_of(application))

    assert "Sam Taylor" in page.select_one("main").text
    assert [text for text in queries if "application_snapshot" in text] == []


def test_a_browser_keeps_the_token_that_it_was_given_first(visit_as, hr, application):
    visitor, tokens = visit_as(hr.user), []
    for seconds in (0, 5):
        with time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=False):
            tokens.append(visitor.get(path_of(application)).select_one("#decide [name=csrf_token]")["value"])

    assert tokens[0] == tokens[1]


def told(status):
    def change(application):
        application.status = status

    return change


def untold(status):
    def change(application):
        application.told_status, application.untold_since = application.status, clock.now()
        application.status = status

    return change


def give_to(name):
    def change(application):
        application.assigned_to_id = UserFactory(name=name, roles=[Role.HR]).id

    return change


def cancel_vacancy(application):
    application.vacancy.status = VacancyStatus.CANCELLED


def fill_vacancy(application):
    application.vacancy.status, application.vacancy.filled = VacancyStatus.FILLED, 1


def write_about(application):
    author = UserFactory(name="Ash <Vane>", roles=[Role.HR])
    db.session.add(ReviewNote(application_id=application.id, author_id=author.id, text="100% <sure>", at=clock.now()))


def be_staff(application):
    db.session.add(RoleGrant(user_id=application.candidate_id, role=Role.HR))


STATES = {
    "as sent": lambda _application: None,
    "late": lambda application: setattr(application, "due_at", clock.now() - timedelta(days=40)),
    "waits": wait_for_an_answer,
    "not delivered": lose_a_message,
    "labels": name_a_label,
    "given": give_to("Wren Alder"),
    "scores first": wait_for_scores,
    "cancelled": cancel_vacancy,
    "filled": fill_vacancy,
    "notes": write_about,
    "staff": be_staff,
    "same number": lambda application: sent_application(),
    **{f"told {status}": told(status) for status in QUEUE},
    **{f"not told {status}": untold(status) for status in QUEUE if status not in (A.SUBMITTED, A.WITHDRAWN)},
}


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_as_its_template_makes_it_whatever_the_state_of_its_application(hr, state, one_moment):
    """Once more with a message on top, which has the page made by its template alone."""
    applications = [
        sent_application(candidate=UserFactory(name=name), vacancy=open_vacancy(title=title), days_ago=days)
        for name, title, days in (("Kim Lee", "100% fostering", 3), ("O'Neil <b>", "Children & families", 20))
    ]
    for application in applications:
        STATES[state](application)
    db.session.commit()
    query = "?status=any&assigned=me&unread=yes"
    paths = [f"{path_of(one)}{query}" for one in applications for _ in range(3)]
    paths.insert(0, f"{path_of(applications[0]).replace('A-', 'a-')}{query}")  # as somebody may write it

    with capture_logs() as logged:
        pages = [hr.get(path) for path in paths]
    assert [line for line in logged if line["event"] == "no_outline"] == []
    whole = []
    for path in paths:
        with hr.client.session_transaction() as cookie:
            cookie["_flashes"] = [("success", "Told")]
        whole.append(page := hr.get(path))
        page.select_one(".govuk-notification-banner").decompose()

    assert [page.text.split() for page in pages] == [page.text.split() for page in whole]
    assert [page.select("[href], [action], [value]") for page in pages] == [
        page.select("[href], [action], [value]") for page in whole
    ]


def test_an_outline_serves_all_applications_of_its_kind(app, hr, application, one_moment):
    other = sent_application(candidate=UserFactory(name="Ash Vane"), days_ago=9)
    db.session.get_one(RegistrationAnswer, other.id).number = ""  # or each would name the other
    db.session.commit()
    hr.get(path_of(application))
    with pages_made(app) as made:
        page = hr.get(path_of(other))

    assert "review/show_application.html" not in made
    assert page.select_one("h1").text == f"Application {other.reference}"
    assert application.reference not in str(page)
    assert "Kim Lee" not in str(page)
