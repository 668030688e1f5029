"""Keeping claims, and telling their owners when they are stale."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from recruit.accounts.models import User
from recruit.content import claims as service
from recruit.content.flagging import flag_stale_claims
from recruit.content.models import ContentEvent, WhenStale
from recruit.content.queries import find_claim, public_shelf
from recruit.content.texts import NotFit
from recruit.core import clock
from recruit.core.counters import public_revision
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from tests.content.writing import a_claim, a_claim_text, draft
from tests.factories import UserFactory


@pytest.fixture
def officer(session) -> User:
    return UserFactory(name="Harper Reed", email="harper@council.test", roles=[Role.HR])


def change(officer: User, claim, *, seen: int | None = None, **given) -> None:
    version = claim.version if seen is None else seen
    with transaction():
        written = a_claim_text(officer, **given)
        service.change_claim(officer.as_actor(), claim, written, seen_version=version, now=clock.now())


def flag(now: datetime | None = None) -> None:
    with transaction():
        flag_stale_claims(now or clock.now())


def mails() -> list[tuple[str, str, str]]:
    rows = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
    return [(row.recipient, row.context["number"], row.context["claims"]) for row in rows]


def test_a_change_of_a_claim_is_public_at_once_and_counts_as_a_check(officer):
    claim = a_claim(officer, checked_days_ago=100)
    before = public_revision()

    change(officer, claim, text="In June 2026, 9% did.", as_of_on=date(2026, 6, 1))

    fact = public_shelf().facts["agency"]
    assert (fact.text, fact.as_of_on, fact.checked_on) == (
        "In June 2026, 9% did.",
        date(2026, 6, 1),
        clock.now().date(),
    )
    assert public_revision() > before
    events = db.session.query(ContentEvent).filter_by(claim_id=claim.id).order_by(ContentEvent.id)
    assert [(event.act.value, event.note) for event in events] == [
        ("added", "In June 2022, 26% came through agencies. (Report, 14 June 2022)"),
        ("changed", "In June 2026, 9% did. (Report, 1 June 2026)"),
    ]


def test_a_claim_that_still_holds_is_good_for_as_long_again(officer):
    claim = a_claim(officer, checked_days_ago=100)
    assert public_shelf().facts["agency"].is_stale(clock.now().date())

    with transaction():
        service.check_claim(officer.as_actor(), claim, seen_version=claim.version, now=clock.now())

    assert not public_shelf().facts["agency"].is_stale(clock.now().date())


def test_the_second_of_two_is_told_who_was_first(officer):
    claim = a_claim(officer)
    seen = claim.version
    change(officer, claim, text="Theirs.")

    with pytest.raises(Conflict, match="Harper Reed changed this claim at"):
        change(officer, claim, seen=seen, text="Mine.")
    assert find_claim("agency").text == "Theirs."


def test_only_a_claim_that_no_page_cites_is_retired_and_then_it_is_over(officer):
    claim = a_claim(officer)
    draft(officer, body="{{ claim agency }}")

    def retire() -> None:
        with transaction():
            service.retire_claim(officer.as_actor(), claim, seen_version=claim.version, now=clock.now())

    with pytest.raises(Conflict, match="1 of the pages or drafts cite this claim"):
        retire()
    db.session.execute(db.text("UPDATE content_version SET body = 'x'"))
    db.session.commit()
    retire()

    assert "agency" not in public_shelf().facts
    with pytest.raises(Conflict, match="has been retired"):
        change(officer, claim, text="Again.")


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"text": ""}, "text", "Enter the claim"),
        ({"text": "x" * 501}, "text", "Claim must be 500 characters or fewer"),
        ({"text": "See [this](https://a.test)"}, "text", "Take the link out"),
        ({"text": "{{ contact }}"}, "text", "no double braces"),
        ({"text": "<i>26%</i>"}, "text", "HTML is not used here"),
        ({"source_name": " "}, "source_name", "Enter where"),
        ({"source_name": "x" * 201}, "source_name", "200 characters or fewer"),
        ({"source_url": ""}, "source_url", "Enter the address"),
        ({"source_url": "javascript:x"}, "source_url", "must begin with https://"),
        ({"source_url": "https://a.test/" + "x" * 500}, "source_url", "500 characters or fewer"),
        ({"as_of_on": date(2999, 1, 1)}, "as_of_on", "today or in the past"),
        ({"stale_after_days": 0}, "stale_after_days", "between 1 and 3,650"),
        ({"owner_id": 0}, "owner_id", "Select who checks it"),
    ],
)
def test_a_claim_that_cannot_stand_is_refused(officer, given, field, message):
    with pytest.raises(NotFit) as refusal:
        a_claim(officer, **given)

    assert [(name, message in said) for name, said in refusal.value.findings][:1] == [(field, True)]


@pytest.mark.parametrize("slug", ["", "Agency", "a b", "-a", "\x00"])
def test_a_name_is_one_that_pages_can_cite(officer, slug: str):
    with pytest.raises(NotFit, match="Name must be lower-case"):
        a_claim(officer, slug)


def test_a_name_is_given_once(officer):
    a_claim(officer)

    with pytest.raises(NotFit, match="There is a claim with this name already"):
        a_claim(officer)


def test_nobody_owns_a_claim_who_may_not_edit_pages(officer):
    recruiter = UserFactory(roles=[Role.RECRUITER])
    gone = UserFactory(roles=[Role.HR], disabled_at=clock.now())

    for other in (recruiter, gone):
        with pytest.raises(NotFit, match="Select who checks it"):
            a_claim(officer, owner_id=other.id)


def test_each_owner_is_written_to_once_about_all_that_is_stale(officer):
    colleague = UserFactory(email="noor@council.test", roles=[Role.ADMIN])
    a_claim(officer, "fresh", checked_days_ago=90)
    a_claim(officer, "old", checked_days_ago=91, text="**Old** one.")
    a_claim(officer, "older", checked_days_ago=92, text="Older one.")
    a_claim(colleague, "theirs", checked_days_ago=365, text="Theirs.")

    flag()
    flag()

    assert [(who, number) for who, number, _ in mails()] == [
        ("noor@council.test", "1 claim"),
        ("harper@council.test", "2 claims"),
    ]
    listed = mails()[1][2]
    assert listed.startswith("- Older one.\n  Report, as of 14 June 2022, last checked on ")
    assert "- Old one." in listed


def test_a_claim_that_was_checked_is_flagged_anew_when_it_is_stale_again(officer):
    claim = a_claim(officer, checked_days_ago=100)
    flag()
    with transaction():
        service.check_claim(officer.as_actor(), claim, seen_version=claim.version, now=clock.now())
    flag()
    assert len(mails()) == 1

    flag(clock.now() + timedelta(days=92))
    assert len(mails()) == 2


def test_an_owner_who_has_left_is_not_written_to_but_the_claim_is_flagged(officer):
    a_claim(officer, checked_days_ago=100)
    officer.disabled_at = clock.now()
    db.session.commit()

    flag()

    assert mails() == []
    assert find_claim("agency").flagged_at is not None


def test_the_database_holds_the_bounds(officer):
    claim = a_claim(officer)
    assert claim.when_stale is WhenStale.HIDE
    claim.stale_after_days = 0

    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
