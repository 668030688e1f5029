"""What a candidate may do with a self-disclosure, each refusal, and that nobody reads it in the database."""

import json
from contextlib import suppress

import pytest
from sqlalchemy import text

from recruit.applications.models import Application
from recruit.applications.saving import Entered, SavedElsewhere, version_of
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus as A
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.self_disclosure import Act, DisclosureStatus, Question
from recruit.self_disclosures import disclosing
from recruit.self_disclosures.answers import Given, Matter
from recruit.self_disclosures.disclosing import own_disclosure
from recruit.self_disclosures.models import SelfDisclosureEvent
from recruit.self_disclosures.own_data import own_disclosures
from tests import factories
from tests.self_disclosures.told import MATTER, answered, asked, cover, lead, sent, shortlisted

NO = {question.value: False for question in Question} | {"more": ""}


def answer(application: Application, given: dict, *, seen: str | None = None, actor=None) -> None:
    seen = version_of(own_disclosure(application).answers.given) if seen is None else seen
    with transaction():
        actor = actor or application.candidate.as_actor()
        disclosing.answer_questions(actor, application, Entered(given, seen), now=clock.now())


def send(application: Application, mark: str, *, confirmed: bool = True) -> None:
    with transaction():
        actor = application.candidate.as_actor()
        disclosing.send(actor, application, confirmed=confirmed, seen_mark=mark, now=clock.now())


def add(application: Application, words: str) -> None:
    with transaction():
        disclosing.add_words(application.candidate.as_actor(), application, words, now=clock.now())


def acts() -> list[Act]:
    return [event.act for event in db.session.query(SelfDisclosureEvent).order_by(SelfDisclosureEvent.id)]


def test_from_the_first_answer_to_an_addition(session):
    user, application = lead(), asked()
    mark = answered(application, Question.SPENT, more="Ask me")
    send(application, mark)
    add(application, "It was in 2013")
    add(application, "It was in 2013")  # a second click

    own = own_disclosure(application)
    assert own.answers.matters_of(Question.SPENT) == [(1, MATTER)]
    assert [one.words for one in own.additions] == ["It was in 2013"]
    assert (cover(application).status, acts()) == (DisclosureStatus.RECEIVED, [Act.ASKED, Act.RECEIVED, Act.ADDED])
    came = db.session.query(OutboxMessage).filter_by(notification=Notification.SELF_DISCLOSURE_CAME).all()
    assert [(one.recipient, one.context["reference"]) for one in came] == [(user.email, application.reference)] * 2
    assert "anzibar" not in json.dumps([one.context for one in db.session.query(OutboxMessage)])


def test_whoever_reads_the_database_reads_nothing(session):
    application = sent(Question.SPENT, more="Quagga-more")
    add(application, "Quagga-added")
    raw = [
        " ".join(map(str, row))  # a row's own words leave out the middle of long texts
        for table in db.metadata.tables
        for row in db.session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
    ]

    assert [row for row in raw if any(word in row for word in ("Quagga", "quokka", "Zanzibar"))] == []
    assert own_disclosures(application.candidate.as_actor())[0].rows[-1] == ("Anything else", "Quagga-more")


def test_people_read_what_they_disclosed_in_their_own_data(session):
    application, other = sent(Question.SPENT), sent()
    add(application, "Quagga-added")
    [mine] = own_disclosures(application.candidate.as_actor())

    assert (mine.application, len(mine.rows), mine.additions[0][1]) == (application.reference, 8, "Quagga-added")
    assert dict(mine.rows)["Have you ever been dismissed for misconduct?"] == "No"
    assert [answer for _, answer in mine.rows if "Zanzibar" in answer] == [
        "Yes\nMarch 2014: Zanzibar-shoplifting. A quokka-caution"
    ]
    assert len(own_disclosures(other.candidate.as_actor())) == 1


def test_a_candidate_may_be_quicker_than_the_worker_or_be_asked_first(session):
    application = shortlisted()
    answer(application, NO)

    assert (cover(application).status, acts()) == (DisclosureStatus.ASKED, [Act.ASKED])


@pytest.mark.parametrize(
    "change",
    [
        {"status": A.SUBMITTED},
        {"status": A.SHORTLISTED, "told_status": A.SUBMITTED, "untold_since": clock.now()},
        {"status": A.WITHDRAWN},
        {"status": A.NOT_APPOINTED},
        {"status": A.APPOINTED},  # before anything was asked
    ],
)
def test_nothing_can_be_told_where_nothing_is_asked(session, change):
    application = shortlisted(**change)
    with pytest.raises(NotFound, match="once you are on a shortlist"):
        own_disclosure(application)
    with pytest.raises(NotFound, match="once you are on a shortlist"):
        answer(application, NO, seen=version_of(Given()))


def test_nothing_can_be_told_for_a_cancelled_vacancy(session):
    application = asked()
    application.vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()
    with pytest.raises(NotFound):
        own_disclosure(application)


@pytest.mark.parametrize("status", [A.APPOINTED, A.RESERVE])
def test_who_was_asked_can_still_send_it_after_the_interview(session, status):
    application = asked()
    application.status = status
    db.session.commit()
    send(application, answered(application))

    assert cover(application).status is DisclosureStatus.RECEIVED


def test_nobody_answers_for_somebody_else(session):
    application = asked()
    with pytest.raises(NotAllowed):
        answer(application, NO, actor=factories.UserFactory().as_actor())


def test_another_window_overwrites_nothing(session):
    application, actor = asked(), None
    before = version_of(Given())
    answer(application, NO | {"more": "first"}, seen=before)
    with pytest.raises(SavedElsewhere):
        answer(application, NO | {"more": "second"}, seen=before)
    answer(application, NO | {"more": "first"}, seen=before)  # the same again is no conflict

    actor = application.candidate.as_actor()
    answered(application, Question.SPENT)
    changed = Entered({**MATTER._asdict(), "when": "2015"}, version_of(MATTER))
    with transaction():
        disclosing.save_matter(actor, application, Question.SPENT, 1, changed, now=clock.now())
    with pytest.raises(SavedElsewhere), transaction():
        disclosing.save_matter(
            actor, application, Question.SPENT, 1, Entered({"when": "2016"}, version_of(MATTER)), now=clock.now()
        )
    assert own_disclosure(application).answers.matters[1][1].when == "2015"


def test_a_second_click_adds_no_second_matter_and_there_are_not_too_many(session, monkeypatch):
    application, actor = asked(), None
    answered(application, Question.SPENT)
    actor, again = application.candidate.as_actor(), Entered(MATTER._asdict())
    with transaction():
        disclosing.save_matter(actor, application, Question.SPENT, None, again, now=clock.now())
    assert len(own_disclosure(application).answers.matters) == 1

    monkeypatch.setattr(limits, "DISCLOSURE_MATTERS", 1)
    with pytest.raises(Conflict, match="At most 1"), transaction():
        disclosing.save_matter(
            actor, application, Question.SPENT, None, Entered({**MATTER._asdict(), "when": "x"}), now=clock.now()
        )


def test_a_matter_that_another_window_removed_is_not_there(session):
    application = asked()
    answered(application, Question.SPENT)
    actor = application.candidate.as_actor()
    for about, number in ((Question.SPENT, 2), (Question.BARRED, 1)):
        with pytest.raises(NotFound), transaction():
            disclosing.remove_matter(actor, application, about, number, now=clock.now())
    with transaction():
        disclosing.remove_matter(actor, application, Question.SPENT, 1, now=clock.now())

    assert own_disclosure(application).answers.matters == {}


def test_it_is_sent_once_whole_and_as_it_was_read(session):
    application = asked()
    with pytest.raises(Incomplete, match="Answer yes or no about unspent"):
        send(application, own_disclosure(application).mark)
    mark = answered(application)
    with pytest.raises(Incomplete, match="true and complete"):
        send(application, mark, confirmed=False)
    answer(application, NO | {"more": "changed"})
    with pytest.raises(Conflict, match="changed since you opened this page"):
        send(application, mark)
    send(application, own_disclosure(application).mark)

    for again in (lambda: send(application, own_disclosure(application).mark), lambda: answer(application, NO)):
        with pytest.raises(Conflict, match="You have sent it"):
            again()
    assert acts().count(Act.RECEIVED) == 1


def test_who_would_rather_talk_may_still_write(session):
    user, application = lead(), asked()
    for _ in range(2):
        with transaction():
            disclosing.ask_to_talk(application.candidate.as_actor(), application, now=clock.now())
    assert (cover(application).status, cover(application).sent_at) == (DisclosureStatus.TO_TALK, None)
    assert db.session.query(OutboxMessage).filter_by(recipient=user.email).count() == 1
    send(application, answered(application))

    assert acts() == [Act.ASKED, Act.TO_TALK, Act.RECEIVED]


@pytest.mark.parametrize(
    ("words", "error", "match"),
    [
        (" \n", Incomplete, "Enter what you want to add"),
        ("x" * (limits.DISCLOSURE_CHARACTERS + 1), Incomplete, "at most 4,000"),
    ],
)
def test_an_addition_says_something_and_not_too_much(session, words, error, match):
    with pytest.raises(error, match=match):
        add(sent(), words)


def test_additions_come_after_sending_and_before_the_end(session, monkeypatch):
    with pytest.raises(Conflict, match="not sent it yet"):
        add(asked(), "More")
    application = sent()
    monkeypatch.setattr(limits, "DISCLOSURE_ADDITIONS", 1)
    add(application, "One")
    with pytest.raises(Conflict, match="added a lot"):
        add(application, "Two")
    application.status = A.WITHDRAWN
    db.session.commit()
    with pytest.raises(Conflict, match="has ended"):
        add(application, "Three")


def test_no_more_is_kept_than_fits_and_nothing_is_sent_half(session):
    application, long = asked(), "x" * (limits.DISCLOSURE_CHARACTERS + 1)
    with pytest.raises(Incomplete, match="4,000 characters or fewer"):
        answered(application, more=long)
    for matter in (Matter("2014", long, "A caution"), Matter("2014", "", "A caution")):
        with suppress(Incomplete):
            answered(application, Question.SPENT, matter=matter)
    mark = disclosing.own_disclosure(application).mark
    with pytest.raises(Incomplete, match="Tell us when it was, what it was and what came of it"):
        disclosing.send(application.candidate.as_actor(), application, confirmed=True, seen_mark=mark, now=clock.now())

    assert long not in disclosing.own_disclosure(application).mark
    [(_, kept)] = disclosing.own_disclosure(application).answers.matters_of(Question.SPENT)
    assert kept.what == ""
