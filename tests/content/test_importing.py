"""Loading the words that come with the service, again and again."""

import pytest
from click.testing import Result
from flask import Flask

from recruit.accounts.models import User
from recruit.content.addresses import FIXED
from recruit.content.importing import Loaded, load_page, load_shipped
from recruit.content.models import Claim, ContentKind, ContentVersion
from recruit.content.queries import find_page, public_shelf
from recruit.content.shelf import Words
from recruit.content.shipped import shipped_facts, shipped_pages
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.access import SYSTEM, Role
from tests.content.writing import save
from tests.factories import UserFactory

PAGE = ContentKind.PAGE


@pytest.fixture
def officer(session) -> User:
    return UserFactory(email="hr@people.example", roles=[Role.HR])


def load(officer: User) -> dict[str, set[Loaded]]:
    with transaction():
        return {name: set(done) for name, done in load_shipped(officer, now=clock.now()).items()}


def test_without_pages_of_its_own_a_database_shows_those_of_the_service(session):
    shelf = public_shelf()

    assert [slug for _, slug in shelf.pages] == list(FIXED)
    assert shelf.facts == shipped_facts()


def test_loading_changes_nothing_that_the_public_reads_and_can_be_done_again(officer):
    before = public_shelf()

    assert load(officer) == {"claims": {Loaded.NEW}, "pages": {Loaded.NEW}}
    after = public_shelf()
    assert load(officer) == {"claims": {Loaded.SAME}, "pages": {Loaded.SAME}}

    def words(shelf):
        return {key: (page.title, page.summary, page.body, page.dated_on) for key, page in shelf.pages.items()}

    assert words(after) == words(before)
    assert after.facts == before.facts
    assert db.session.query(ContentVersion).count() == len(FIXED)


def test_newer_words_of_the_service_take_the_place_of_its_older_ones_and_of_no_others(officer):
    load(officer)
    newer = Words(PAGE, "teams", "Teams", "All of them.", "New.", clock.now().date())
    with transaction():
        assert load_page(SYSTEM, newer, now=clock.now()) is Loaded.CHANGED
    assert public_shelf().pages[PAGE, "teams"].body == "New."

    save(officer, find_page(PAGE, "teams"), body="Ours.")
    with transaction():
        assert load_page(SYSTEM, shipped_pages()[PAGE, "teams"], now=clock.now()) is Loaded.LEFT
    assert public_shelf().pages[PAGE, "teams"].body == "New."


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["content", "import", *arguments])


def test_the_command_says_what_it_did(app: Flask, officer):
    first, second = run(app, "hr@people.example"), run(app, "hr@people.example")

    assert first.output == f"claims: {len(shipped_facts())} new\npages: 5 new\n"
    assert second.output == f"claims: {len(shipped_facts())} the same as before\npages: 5 the same as before\n"


@pytest.mark.parametrize("email", ["nobody@people.example", "candidate@people.example"])
def test_the_command_needs_somebody_who_may_look_after_claims(app: Flask, session, email: str):
    UserFactory(email="candidate@people.example")

    result = run(app, email)

    assert result.exit_code == 1
    assert db.session.query(Claim).count() == 0
