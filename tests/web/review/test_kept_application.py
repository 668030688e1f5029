"""An application's page is kept by all that it is made of: what is as before is not made again, and nothing is old."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import template_rendered

from recruit.applications.labels import Label
from recruit.core import clock
from recruit.core.db import db
from recruit.interviews.models import PromptNote
from recruit.interviews.prompting import prompts_for
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.notifications import Notification
from tests.factories import UserFactory
from tests.interviews.planning import planned
from tests.interviews.test_prompting import leave_gap
from tests.review.sent import sent_application


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


def rename_vacancy(application):
    application.vacancy.title = "Fostering worker"


def retire_team(application):
    application.vacancy.team.name = "Fostering North"


def wait_for_an_answer(application):
    application.message_waits = True


def lose_a_message(application):
    db.session.add(
        OutboxMessage(
            key="lost",
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


def name_a_label(_application):
    db.session.add(Label(name="Second opinion"))


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
    before = hr.get(path_of(application)).text
    change(application)
    db.session.commit()

    after = hr.get(path_of(application)).text

    assert [CHANGES[change] in words for words in (before, after)] == [False, True]


def test_a_note_about_a_history_is_in_the_next_page(hr):
    application = planned(1).applications[0]
    leave_gap(application)
    (prompt, *_) = [one.prompt for one in prompts_for(application)]
    before = hr.get(path_of(application)).text
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


def test_filters_and_the_day_are_those_of_each_page(hr, visit_as, application):
    links = [
        [link["href"] for link in hr.get(path_of(application) + asked).select("a[href*='/unsuccessful']")]
        for asked in ("", "?unread=yes", "")
    ]
    assert ["unread=yes" in link for (link,) in links] == [False, True, False]
    today = hr.get(path_of(application)).text
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        tomorrow = visit_as(hr.user).get(path_of(application)).text

    assert ["3 days ago" in words for words in (today, tomorrow)] == [True, False]


def test_each_browser_has_the_token_of_its_own(hr, visit_as, application, one_moment):
    tokens = [
        visitor.get(path_of(application)).select_one("#decide [name=csrf_token]")["value"]
        for visitor in (hr, visit_as(hr.user), hr)
    ]

    assert tokens[0] == tokens[2] != tokens[1]


def test_what_was_typed_in_a_form_that_was_refused_is_in_no_later_page(hr, application):
    typed = "x" * (limits.NOTE_CHARACTERS + 1)
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
