"""Writing pages: drafts, publishing, withdrawing, going back, and two people at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from recruit.accounts.models import User
from recruit.content import service
from recruit.content.models import ContentEvent, ContentKind, ContentVersion
from recruit.content.queries import find_page, public_shelf, versions_of
from recruit.content.texts import NotFit
from recruit.core import clock
from recruit.core.counters import public_revision
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.rules.access import Role
from recruit.rules.content import CONTENT_MOVES, ContentStatus
from recruit.rules.lifecycle import mermaid
from tests.content.writing import a_claim, draft, publish, published, save
from tests.factories import UserFactory

NEWS = ContentKind.NEWS


@pytest.fixture
def officer(session) -> User:
    return UserFactory(name="Harper Reed", roles=[Role.HR])


def standing(listed) -> list[tuple[int, str]]:
    return [(version.number, version.status.value) for version in versions_of(listed.page)]


def acts() -> list[tuple[str, str, int | None, str]]:
    rows = db.session.query(ContentEvent).order_by(ContentEvent.id)
    return [(row.actor.name, row.act.value, row.number, row.note) for row in rows]


def test_a_draft_is_seen_by_nobody_until_it_is_published(officer):
    listed = draft(officer, note="First words")
    before = public_revision()

    assert (NEWS, "open-evening") not in public_shelf().pages
    publish(officer, listed)

    assert public_shelf().pages[NEWS, "open-evening"].body == "We are **there**."
    assert public_revision() == before + 1
    assert acts() == [("Harper Reed", "saved", 1, "First words"), ("Harper Reed", "published", 1, "")]


def test_saving_a_draft_leaves_the_published_words_and_the_public_pages_alone(officer):
    listed = published(officer)
    before = public_revision()

    listed = save(officer, listed, body="We are not there.")

    assert public_shelf().pages[NEWS, "open-evening"].body == "We are **there**."
    assert public_revision() == before
    assert standing(listed) == [(2, "draft"), (1, "published")]


def test_each_save_is_a_version_and_a_save_of_the_same_is_none(officer):
    listed = draft(officer)
    listed = save(officer, listed, body="Second.")
    listed = save(officer, listed, body="Second.")
    listed = save(officer, listed, body="Third.")

    assert standing(listed) == [(3, "draft"), (2, "superseded"), (1, "superseded")]
    assert publish(officer, listed).draft is None
    assert standing(listed) == [(3, "published"), (2, "superseded"), (1, "superseded")]


def test_a_newer_version_takes_the_place_of_the_published_one(officer):
    listed = publish(officer, save(officer, published(officer), body="New."))

    assert standing(listed) == [(2, "published"), (1, "superseded")]
    assert public_shelf().pages[NEWS, "open-evening"].body == "New."


def test_news_keeps_the_day_of_its_first_publication(officer):
    month_ago = clock.now() - timedelta(days=30)
    listed = published(officer, now=month_ago)
    publish(officer, save(officer, listed, body="Mended."))
    story = published(officer, ContentKind.STORY, "mine", now=month_ago)
    publish(officer, save(officer, story, body="Mended."))

    pages = public_shelf().pages
    assert pages[NEWS, "open-evening"].dated_on == month_ago.date()
    assert pages[ContentKind.STORY, "mine"].dated_on == clock.now().date()


def test_an_old_version_is_restored_as_a_draft(officer):
    listed = publish(officer, save(officer, published(officer), body="Worse."))

    with transaction():
        service.restore_version(officer.as_actor(), listed, 1, seen_version=listed.page.version, now=clock.now())

    listed = find_page(NEWS, "open-evening")
    assert (listed.draft.body, listed.draft.number, listed.draft.note) == ("We are **there**.", 3, "Version 1 again")
    assert listed.published.body == "Worse."


def test_a_withdrawn_page_is_gone_and_can_come_back(officer):
    listed = published(officer)
    with transaction():
        service.withdraw_page(
            officer.as_actor(), listed, "It is over.", seen_version=listed.page.version, now=clock.now()
        )

    assert (NEWS, "open-evening") not in public_shelf().pages
    assert acts()[-1] == ("Harper Reed", "withdrawn", 1, "It is over.")
    publish(officer, save(officer, find_page(NEWS, "open-evening"), body="Again."))
    assert public_shelf().pages[NEWS, "open-evening"].body == "Again."


def test_a_deleted_draft_stays_in_the_history(officer):
    listed = save(officer, published(officer), body="No.")
    with transaction():
        service.delete_draft(officer.as_actor(), listed, seen_version=listed.page.version, now=clock.now())

    listed = find_page(NEWS, "open-evening")
    assert (listed.draft, standing(listed)) == (None, [(2, "withdrawn"), (1, "published")])


def test_the_second_of_two_editors_is_told_who_was_first_and_nothing_is_lost(officer):
    colleague = UserFactory(name="Noor Khan", roles=[Role.ADMIN])
    listed = published(officer)
    seen = listed.page.version
    save(colleague, listed, body="Theirs.")

    with pytest.raises(Conflict, match="Noor Khan saved this page at .* Nothing of yours was saved over theirs"):
        save(officer, find_page(NEWS, "open-evening"), seen=seen, body="Mine.")

    assert find_page(NEWS, "open-evening").draft.body == "Theirs."


@pytest.mark.parametrize("step", ["publish_page", "delete_draft"])
def test_nobody_publishes_or_deletes_what_they_have_not_seen(officer, step: str):
    listed = draft(officer)
    seen = listed.page.version
    listed = save(officer, listed, body="Newer.")

    with pytest.raises(Conflict, match="Harper Reed saved"), transaction():
        getattr(service, step)(officer.as_actor(), listed, seen_version=seen, now=clock.now())

    assert find_page(NEWS, "open-evening").draft.body == "Newer."


def test_a_second_click_on_publish_finds_nothing_to_publish(officer):
    listed = published(officer)

    with pytest.raises(Conflict, match="no draft"):
        publish(officer, listed)


def test_pages_that_others_lead_to_are_not_withdrawn(officer):
    listed = published(officer, ContentKind.PAGE, "why-work-here")

    with pytest.raises(Conflict, match="Other pages lead to this one"), transaction():
        service.withdraw_page(officer.as_actor(), listed, "x", seen_version=listed.page.version, now=clock.now())


def test_a_reason_is_needed_to_withdraw(officer):
    listed = published(officer)

    with pytest.raises(Incomplete, match="Enter why"), transaction():
        service.withdraw_page(officer.as_actor(), listed, " ", seen_version=listed.page.version, now=clock.now())


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.RECRUITER, Role.PANEL, Role.SAFEGUARDING])
def test_only_hr_and_administrators_write_pages(officer, role: Role):
    other = UserFactory(roles=[role])
    listed = draft(officer)

    with pytest.raises(NotAllowed):
        draft(other, slug="another")
    with pytest.raises(NotAllowed):
        save(other, listed, body="Mine.")
    with pytest.raises(NotAllowed):
        publish(other, listed)
    with pytest.raises(NotAllowed):
        a_claim(other)


def test_an_address_is_used_once_for_each_kind(officer):
    draft(officer)

    with pytest.raises(NotFit, match="There is a page with this address already"):
        draft(officer)
    assert draft(officer, ContentKind.STORY).page.slug == "open-evening"


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"title": " "}, "title", "Enter the title"),
        ({"summary": ""}, "summary", "Enter the summary"),
        ({"body": "\x00\u202e"}, "body", "Enter the text"),
        ({"title": "x" * 201}, "title", "Title must be 200 characters or fewer"),
        ({"summary": "x" * 161}, "summary", "Summary must be 160 characters or fewer"),
        ({"body": "x" * 20_001}, "body", "Text must be 20,000 characters or fewer"),
        ({"body": "[x](javascript:alert(1))"}, "body", "must begin with https://"),
        ({"body": "{{ claim unheard-of }}"}, "body", "There is no claim “unheard-of” to cite"),
        ({"recording_url": "https://films.test/1"}, "transcript", "Enter the transcript"),
        ({"recording_url": "films", "transcript": "x"}, "recording_url", "“films” must begin with https://"),
        ({"transcript": "<b>x</b>"}, "transcript", "HTML is not used here"),
        ({"transcript": "{{ claim agency }}"}, "transcript", "it cites no claims"),
    ],
)
def test_words_that_cannot_stand_are_refused_with_the_part_that_is_wrong(officer, given, field, message):
    with pytest.raises(NotFit) as refusal:
        draft(officer, **given)

    assert [(name, message in said) for name, said in refusal.value.findings][:1] == [(field, True)]
    assert db.session.query(ContentVersion).count() == 0


def test_what_is_kept_has_nothing_that_breaks_or_deceives(officer):
    listed = draft(officer, title=" An\x00 \u202eevening ", body="One\r\nTwo\x00")

    assert (listed.draft.title, listed.draft.body) == ("An evening", "One\nTwo")


def test_a_page_whose_claim_was_retired_since_is_not_published(officer):
    claim = a_claim(officer)
    listed = draft(officer, body="{{ claim agency }}")
    claim.retired_at = clock.now()
    db.session.commit()

    with pytest.raises(NotFit, match="There is no claim “agency” to cite"):
        publish(officer, listed)


def test_unknown_pages_and_versions_do_not_exist(officer):
    listed = draft(officer)

    for kind, slug in (("nonsense", "open-evening"), ("news", "none"), ("news", "\x00"), ("news", "x" * 500)):
        with pytest.raises(NotFound):
            find_page(kind, slug)
    with pytest.raises(NotFound):
        service.restore_version(officer.as_actor(), listed, 9, seen_version=1, now=clock.now())


def test_the_database_allows_one_draft_and_one_published_version(officer):
    listed = draft(officer)
    values = {"page_id": listed.page.id, "author_id": officer.id, "written_at": clock.now(), "title": "x"}
    values |= {"summary": "x", "body": "x", "dated_on": clock.now().date(), "status": ContentStatus.DRAFT}
    db.session.add(ContentVersion(number=2, **values))

    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_each_status_can_be_reached_and_the_docs_show_the_table():
    reached = {ContentStatus.DRAFT} | {move.target for move in CONTENT_MOVES}

    assert reached == set(ContentStatus)
    page = (Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md").read_text()
    assert mermaid(CONTENT_MOVES) in page
