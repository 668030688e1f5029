"""Groups of words that administrators write: what is refused, and that searches and alerts go by them at once."""

from contextlib import nullcontext

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from recruit.alerts.rounds import Rounds
from recruit.core.counters import public_revision
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.vacancies import synonym_editing as service
from recruit.vacancies.finder import Finder
from recruit.vacancies.finder_query import Query
from recruit.vacancies.synonym_groups import events_of, group_of, groups_now, vocabulary_now
from recruit.vacancies.synonym_models import SynonymAct, SynonymEvent, SynonymPhrase
from recruit.vacancies.vocabulary import SHIPPED
from tests.alerts.alerting import MINUTE, a_round, a_vacancy, an_alert, told
from tests.factories import NOW, UserFactory

MASH = "synfrontdoor"


@pytest.fixture
def admin(session) -> Actor:
    return UserFactory(name="Noor Khan", roles=[Role.ADMIN]).as_actor()


def add(actor: Actor, *phrases: str) -> str:
    with transaction():
        group = service.add_group(actor, "\n".join(phrases), now=NOW)
    return group.token


def change(actor: Actor, token: str, *phrases: str, seen: int | None = None) -> None:
    version = group_of(token).version if seen is None else seen
    with transaction():
        service.change_group(actor, token, "\n".join(phrases), seen_version=version, now=NOW)


def retire(actor: Actor, token: str) -> None:
    with transaction():
        service.retire_group(actor, token, seen_version=group_of(token).version, now=NOW)


@pytest.mark.parametrize(
    ("phrases", "message"),
    [
        ((), "Enter at least 2 words or phrases"),
        (("zephyr",), "a word alone finds itself already"),
        (("zephyr", "  "), "a word alone"),
        (("zephyr", "z" * 61), f"must be {limits.SYNONYM_CHARACTERS} characters or fewer"),
        (("zephyr", "the jobs"), "‘the jobs’ has no word to look for"),
        (("zephyr", "?!"), "has no word to look for"),
        (("zephyr", "Zephyrs"), "‘Zephyrs’ finds what ‘zephyr’ finds already"),
        (("zephyr", "M.A.S.H", "Front-doors"), "‘Front-doors’ is in another group: mash, multi agency safeguarding"),
        (tuple(f"zephyr{number}" for number in range(31)), "Enter at most 30 words or phrases"),
    ],
)
def test_what_cannot_be_a_group_is_refused_in_words(admin, phrases, message):
    with pytest.raises(Incomplete, match=message.replace("?", r"\?")):
        add(admin, *phrases)
    assert len(groups_now()) == len(SHIPPED.groups)


def test_a_group_is_added_changed_and_retired_with_an_event_each(admin):
    token = add(admin, "Zephyr", "west wind")
    change(admin, token, "Zephyr", "west wind", "breeze")
    change(admin, token, "Zephyr", "west wind", "breeze")  # the same: nothing is done
    retire(admin, token)

    acts = [(event.act, event.phrases, event.actor.name) for event in events_of(token)]
    assert acts == [
        (SynonymAct.RETIRED, ["Zephyr", "west wind", "breeze"], "Noor Khan"),
        (SynonymAct.CHANGED, ["Zephyr", "west wind", "breeze"], "Noor Khan"),
        (SynonymAct.ADDED, ["Zephyr", "west wind"], "Noor Khan"),
    ]
    with pytest.raises(NotFound):
        group_of(token)
    assert add(admin, "zephyr", "breeze") != token  # its words are free again, its token is not


def test_a_group_of_the_service_is_changed_and_retired_like_any_other(admin):
    change(admin, MASH, "mash", "hub")
    assert (group_of(MASH).phrases, group_of(MASH).version) == (("mash", "hub"), 1)
    with pytest.raises(Conflict, match="Somebody changed this group"):
        change(admin, MASH, "mash", "other", seen=0)
    add(admin, "front door", "porch")  # it was taken out there
    retire(admin, MASH)
    assert MASH not in vocabulary_now(SHIPPED).groups
    with pytest.raises(Conflict):
        change(admin, MASH, "a", "b", seen=1)


def test_only_administrators_write_groups(session):
    officer = UserFactory(roles=[Role.HR]).as_actor()
    for act in (
        lambda: add(officer, "zephyr", "breeze"),
        lambda: change(officer, MASH, "mash", "hub"),
        lambda: retire(officer, MASH),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert db.session.scalars(select(SynonymEvent)).all() == []


def test_the_database_refuses_a_phrase_in_two_groups(admin):
    add(admin, "zephyr", "breeze")
    other = add(admin, "gale", "storm")
    number = db.session.scalars(select(SynonymPhrase.group_id).where(SynonymPhrase.stems == "gale")).one()

    assert other
    db.session.add(SynonymPhrase(stems="zephyr", group_id=number))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_searches_go_by_it_at_once_and_only_what_says_its_words_is_read_again(admin):
    one = a_vacancy(NOW, title="Zephyrs", summary="Gales.")
    two = a_vacancy(NOW, title="Breeze worker")
    a_vacancy(NOW, title="Calm")
    finder = Finder(public_revision, nullcontext)

    def found(words: str) -> set[int]:
        db.session.commit()
        return set(finder.search(Query(words), NOW).ids)

    assert found("breeze") == {two.id}
    before = finder.index(NOW)
    token = add(admin, "zephyr", "breeze", "gale")
    assert found("breeze") == found("zephyr") == found("gales") == {one.id, two.id}
    assert before.said_otherwise(finder.index(NOW).vocabulary) == {one.id, two.id}
    change(admin, token, "zephyr", "gale")
    assert (found("breeze"), found("zephyr")) == ({two.id}, {one.id})
    retire(admin, token)
    assert found("zephyr") == {one.id}


def test_a_trial_changes_nothing_for_others(admin):
    vacancy = a_vacancy(NOW, title="Zephyr")
    db.session.commit()
    finder = Finder(public_revision, nullcontext)
    index = finder.index(NOW)

    trial = finder.trial(type(SHIPPED)({**SHIPPED.groups, "synnew": ("zephyr", "breeze")}), NOW)

    assert trial.search(Query("breeze"), NOW, 10).ids == (vacancy.id,)
    assert finder.index(NOW) is index
    assert finder.search(Query("breeze"), NOW).total == 0


def test_alerts_that_a_worker_has_read_go_by_it_too(admin):
    rounds = Rounds()
    an_alert(query=Query("breeze"))
    a_vacancy(NOW + MINUTE, title="Calm")
    a_round(NOW + MINUTE, rounds)
    add(admin, "zephyr", "breeze")
    a_vacancy(NOW + 2 * MINUTE, title="Zephyr worker")

    a_round(NOW + 2 * MINUTE, rounds)

    assert told() == [["Zephyr worker"]]


@pytest.mark.parametrize("groups", [1, 3])
def test_reading_the_groups_is_one_statement(admin, queries: list[str], groups: int):
    for number in range(groups):
        add(admin, f"zephyr{number}", f"breeze{number}")
    queries.clear()

    vocabulary_now(SHIPPED)

    assert len(queries) == 1
