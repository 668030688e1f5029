"""What a safeguarding lead may make of a self-disclosure, each refusal, and what the chair of a panel gets to read."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus as A
from recruit.rules.notifications import Notification
from recruit.rules.self_disclosure import CONCLUSIONS, Act, DisclosureStatus, Question
from recruit.rules.self_disclosure import DisclosureStatus as S
from recruit.self_disclosures import concluding, disclosing, reading, releases
from recruit.self_disclosures.contents import DisclosureAnswers, DisclosureText, TextKind
from recruit.self_disclosures.models import SelfDisclosureEvent
from recruit.self_disclosures.standing import hr_words
from tests import factories
from tests.self_disclosures.told import answered, asked, chair_of, cover, declared_connection, lead, opened, sent

TOLD = {"told": "Wombat-told", "reason": "Wombat-why"}


def conclude(user, application, target: DisclosureStatus, *, seen: int | None = None, now=None, **words: str) -> None:
    found = cover(application)
    with transaction():
        concluding.conclude(
            user.as_actor(), found, target, seen_version=seen or found.version, now=now or clock.now(), **words
        )


def heard(user, application, words="They said") -> None:
    found = cover(application)
    with transaction():
        concluding.keep_told_in_person(user.as_actor(), found, words, seen_version=found.version, now=clock.now())


ALLOWED = {
    *product((S.RECEIVED, S.HEARD), CONCLUSIONS),
    *((S.TO_DISCUSS, target) for target in CONCLUSIONS if target is not S.TO_DISCUSS),
    *((source, S.TO_DISCUSS) for source in (S.NOTHING_RELEVANT, S.NO_CONCERN, S.RELEASED)),
}


def test_what_may_be_concluded_from_where_and_nothing_else(session):
    application, user = sent(), lead()
    chair_of(application.vacancy)
    opened(user, application)
    done = set()
    for source, target in product([one for one in S if one not in (S.ASKED, S.TO_TALK)], S):
        cover(application).status = source
        db.session.commit()
        try:
            conclude(user, application, target, **TOLD)
        except (Conflict, NotAllowed):
            continue
        done.add((source, target))

    assert done == ALLOWED


def test_what_is_concluded_is_kept_with_a_note_and_says_nothing_in_the_record(session):
    application, user = sent(Question.SPENT), lead()
    opened(user, application)
    conclude(user, application, S.TO_DISCUSS, words="Wombat-note")
    conclude(user, application, S.NO_CONCERN)

    events = db.session.query(SelfDisclosureEvent).order_by(SelfDisclosureEvent.id).all()
    assert [event.act for event in events] == [Act.ASKED, Act.RECEIVED, Act.OPENED, Act.TO_DISCUSS, Act.NO_CONCERN]
    assert [event.actor_id for event in events[2:]] == [user.id] * 3
    [text] = db.session.query(DisclosureText)
    assert (text.kind, text.words, text.author_id) == (TextKind.NOTE, "Wombat-note", user.id)


def test_nothing_is_concluded_unseen(session):
    application, user = sent(), lead()
    with pytest.raises(Conflict, match="Open it again first"):
        conclude(user, application, S.NO_CONCERN)
    opened(user, application)
    with pytest.raises(Conflict, match="Open it again first"):
        conclude(user, application, S.NO_CONCERN, now=clock.now() + limits.DISCLOSURE_OPEN + timedelta(seconds=2))
    seen = cover(application).version
    with transaction():
        disclosing.add_words(application.candidate.as_actor(), application, "More", now=clock.now())
    with pytest.raises(Conflict, match="the candidate wrote, or a colleague concluded"):
        conclude(user, application, S.NO_CONCERN, seen=seen)


def test_of_two_leads_the_second_is_told(session):
    application, one, other = sent(), lead(), lead()
    opened(one, application)
    opened(other, application)
    seen = cover(application).version
    conclude(one, application, S.TO_DISCUSS, seen=seen)
    with pytest.raises(Conflict, match="a colleague concluded"):
        conclude(other, application, S.NO_CONCERN, seen=seen)

    assert cover(application).status is S.TO_DISCUSS


def test_no_other_role_concludes_notes_or_leaves_it(session):
    application, user = sent(), factories.UserFactory(roles=[role for role in Role if role is not Role.SAFEGUARDING])
    for act in (
        lambda: conclude(user, application, S.NO_CONCERN),
        lambda: heard(user, application),
        lambda: concluding.add_note(user.as_actor(), cover(application), "Note", now=clock.now()),
        lambda: concluding.leave_to_colleague(user.as_actor(), cover(application), now=clock.now()),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_what_is_told_in_person_is_written_down_and_a_draft_goes(session):
    application, user = asked(), lead()
    answered(application, Question.SPENT)
    with pytest.raises(Incomplete, match="Enter what you were told"):
        heard(user, application, " ")
    heard(user, application)

    assert (cover(application).status, cover(application).sent_at is None) == (S.HEARD, False)
    assert db.session.query(DisclosureAnswers).count() == 0
    with pytest.raises(Conflict, match="You have sent it"):
        answered(application)
    opened(user, application)
    content = reading.content_of(user.as_actor(), cover(application), now=clock.now())
    assert (content.answers, [one.words for one in content.notes]) == (None, ["They said"])
    with pytest.raises(Conflict):
        heard(user, application)


def test_a_reminder_that_waits_is_taken_back_by_what_is_told_in_person(session):
    application = asked()
    message = outbox.post(Notification.SELF_DISCLOSURE_REMINDER, "a@b.example", at=clock.now())
    db.session.flush()
    cover(application).reminder_id = message.id
    db.session.commit()
    heard(lead(), application)

    db.session.refresh(message)
    assert message.cancelled_at is not None


def test_what_is_told_in_person_is_no_conclusion(session):
    application, user = asked(), lead()
    assert concluding.conclusions_open_to(user.as_actor(), cover(application)) == []
    with pytest.raises(Conflict):
        conclude(user, application, S.HEARD)

    assert cover(application).status is S.ASKED


def test_nothing_is_concluded_or_noted_past_what_was_added(session):
    application, user = sent(), lead()
    opened(user, application)
    with transaction():
        disclosing.add_words(application.candidate.as_actor(), application, "More", now=clock.now())
    with pytest.raises(Conflict, match="Open it again first"):
        conclude(user, application, S.NO_CONCERN)
    with pytest.raises(Conflict, match="Open it again first"):
        concluding.add_note(user.as_actor(), cover(application), "Note", now=clock.now())
    opened(user, application)
    conclude(user, application, S.NO_CONCERN)


def test_notes_are_added_by_who_has_it_open(session):
    application, user = sent(), lead()
    with pytest.raises(Conflict, match="Open it again first"):
        concluding.add_note(user.as_actor(), cover(application), "Note", now=clock.now())
    opened(user, application)
    for words in ("", "x" * (limits.DISCLOSURE_CHARACTERS + 1)):
        with pytest.raises(Incomplete):
            concluding.add_note(user.as_actor(), cover(application), words, now=clock.now())
    with transaction():
        concluding.add_note(user.as_actor(), cover(application), "Note", now=clock.now())

    assert [one.words for one in db.session.query(DisclosureText)] == ["Note"]


@pytest.mark.parametrize("missing", ["told", "reason"])
def test_the_chair_is_told_in_words_and_for_a_reason(session, missing):
    application, user = sent(), lead()
    opened(user, application)
    with pytest.raises(Incomplete, match="Enter w"):
        conclude(user, application, S.RELEASED, **{**TOLD, missing: " "})


def test_the_chair_alone_reads_what_was_released_and_each_opening_is_kept(session):
    application, user = sent(Question.SPENT), lead()
    chair = chair_of(application.vacancy)
    member = chair_of(application.vacancy, is_chair=False)
    elsewhere = chair_of(sent().vacancy)
    opened(user, application)
    assert releases.notes_for(chair.as_actor()) == []
    conclude(user, application, S.RELEASED, **TOLD)

    [found] = releases.notes_for(chair.as_actor())
    assert releases.words_for(chair.as_actor(), found, now=clock.now()) is None
    with transaction():
        releases.open_note(chair.as_actor(), found, now=clock.now())
    assert releases.words_for(chair.as_actor(), cover(application), now=clock.now()).words == "Wombat-told"
    assert db.session.query(SelfDisclosureEvent).filter_by(act=Act.READ_BY_CHAIR, actor_id=chair.id).count() == 1
    for other in (member, elsewhere, user, factories.UserFactory(roles=[Role.HR, Role.PANEL])):
        assert releases.notes_for(other.as_actor()) == []
        with pytest.raises(NotFound):
            releases.open_note(other.as_actor(), cover(application), now=clock.now())
    mails = db.session.query(OutboxMessage).filter_by(notification=Notification.SELF_DISCLOSURE_RELEASED).all()
    assert [(mail.recipient, "ombat" in str(mail.context)) for mail in mails] == [(chair.email, False)]


@pytest.mark.parametrize("how", ["declared", "applied", "ended"])
def test_where_there_is_no_chair_to_tell_nothing_is_kept_and_the_lead_is_told(session, how):
    application, user = sent(Question.SPENT), lead()
    opened(user, application)
    with pytest.raises(Conflict, match="the panel has no chair"):
        conclude(user, application, S.RELEASED, **TOLD)
    chair = chair_of(application.vacancy)
    if how == "declared":
        declared_connection(chair, application)
    elif how == "applied":
        factories.ApplicationFactory(candidate=chair, vacancy=application.vacancy, submitted=True)
    else:
        application.status = A.WITHDRAWN
    db.session.commit()
    with pytest.raises(Conflict, match=how):
        conclude(user, application, S.RELEASED, **TOLD)

    assert cover(application).status is S.RECEIVED
    assert releases.notes_for(chair.as_actor()) == []
    assert db.session.query(OutboxMessage).filter_by(notification=Notification.SELF_DISCLOSURE_RELEASED).count() == 0


@pytest.mark.parametrize("how", ["taken back", "withdrawn", "applied", "connected"])
def test_the_chair_reads_it_no_more(session, how):
    application, user = sent(), lead()
    chair = chair_of(application.vacancy)
    opened(user, application)
    conclude(user, application, S.RELEASED, **TOLD)
    with transaction():
        releases.open_note(chair.as_actor(), cover(application), now=clock.now())
    if how == "taken back":
        conclude(user, application, S.TO_DISCUSS)
    elif how == "withdrawn":
        application.status = A.WITHDRAWN
    elif how == "connected":
        declared_connection(chair, application)
    else:
        factories.ApplicationFactory(candidate=chair, vacancy=application.vacancy, submitted=True)
    db.session.commit()

    with pytest.raises(NotFound, match="taken it back"):
        releases.words_for(chair.as_actor(), cover(application), now=clock.now())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (S.ASKED, "Asked for"),
        (S.TO_TALK, "Asked for"),
        (S.RECEIVED, "Received on 10 March 2026"),
        (S.HEARD, "Received on 10 March 2026"),
        (S.TO_DISCUSS, "To discuss"),
        (S.RELEASED, "To discuss"),
        (S.NOTHING_RELEVANT, "Nothing to discuss"),
        (S.NO_CONCERN, "Nothing to discuss"),
    ],
)
def test_hr_reads_where_it_stands_and_never_how_it_was_told(status, words):
    found = SimpleNamespace(status=status, sent_at=None if status in (S.ASKED, S.TO_TALK) else factories.NOW)

    assert hr_words(SimpleNamespace(status=A.SHORTLISTED), found) == words
    ended = hr_words(SimpleNamespace(status=A.WITHDRAWN), found)
    assert ended == ("" if found.sent_at is None else words)
