"""Finding an application by whose it is."""

import pytest

from recruit.applications import submitting
from recruit.applications.applicants import MOST_WORDS, name_words, remember
from recruit.applications.models import Application, ContactDetails, RegistrationAnswer
from recruit.core import clock
from recruit.core.db import db
from recruit.review.search import find_applications
from recruit.rules import limits
from recruit.rules.access import Role
from tests import factories
from tests.applications.answers import complete_application
from tests.review.sent import open_vacancy, sent_application


@pytest.fixture
def reader(session):
    return factories.UserFactory(roles=[Role.HR]).as_actor()


def found(actor, sought: str) -> list[str] | None:
    rows = find_applications(actor, sought, now=clock.now())
    return None if rows is None else [row.reference for row in rows]


def by(name: str, **given) -> Application:
    return sent_application(candidate=factories.UserFactory(name=name, **given))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Zoë O’Neil-Smith", ["zoe", "oneil", "smith"]),
        ("  Ann   ANN ann ", ["ann"]),
        ("Łukasz ß", ["łukasz", "ss"]),
        ("王小明", ["王小明"]),
        ("🙂 -", []),
        ("x" * 50, ["x" * 40]),
    ],
)
def test_names_are_kept_without_accents_capitals_and_apostrophes(name: str, words: list[str]):
    assert name_words(name) == words


def test_every_word_counts_by_its_beginning_in_any_order(reader):
    zoe, ann = by("Zoë O’Neil-Smith"), by("Ann Smithson")

    assert found(reader, "zoe") == [zoe.reference]
    assert found(reader, "SMITH") == [ann.reference, zoe.reference]
    assert found(reader, "smith z") == [zoe.reference]
    assert found(reader, "o'neil") == [zoe.reference]
    assert found(reader, "mith") == []
    assert found(reader, "ann zoe") == []


def sent_by(*names: str) -> list[str]:
    sent = [factories.ApplicationFactory(submitted=True, candidate__name=name) for name in names]
    db.session.flush()
    for one, name in zip(sent, names, strict=True):
        remember(one.id, [name])
    db.session.commit()
    return [one.reference for one in reversed(sent)]


def test_no_more_than_a_page_and_one_and_of_a_whole_word_where_it_fills_it(reader):
    page = limits.PAGE_OF_APPLICATIONS
    anna, *anns = sent_by(*["Ann Lee"] * page, "Anna Leeson")
    assert found(reader, "ann lee") == found(reader, "lee") == [anna, *anns]

    (more,) = sent_by("Lee Ann")
    assert found(reader, "lee") == found(reader, "ann") == [more, *anns]
    assert found(reader, "ann lee") == [more, anna, *anns[:-1]]
    assert found(reader, "anna lee") == [anna]


def test_each_word_that_is_typed_is_another_word_of_the_names(reader):
    (three,) = sent_by("Anna Maria de la Cruz")
    (one,) = sent_by("Prince")
    sent_by("Ann Cruz")

    for sought in ("cruz anna maria", "mar cru", "an la de cr", "la cruz"):
        assert found(reader, sought) == [three], sought
    assert found(reader, "prin") == [one]
    for sought in ("prince p", "maria marian", "anna annabel cruz", "cruz maria zoe"):
        assert found(reader, sought) == [], sought


@pytest.mark.parametrize("sought", ["anna", "ann", "an cr"])
def test_names_of_many_words_fill_a_page_as_others_do(reader, sought: str):
    newest = sent_by(*["Anna Maria de la Cruz"] * (limits.PAGE_OF_APPLICATIONS + 2))
    assert found(reader, sought) == newest[:-1]


def test_of_very_many_words_the_last_are_found_by_themselves(reader):
    words = [f"n{place:02}" for place in range(MOST_WORDS + 1)]
    (one,) = sent_by(" ".join(words))
    assert found(reader, f"{words[0]} {words[-2]}") == found(reader, words[-1]) == [one]


@pytest.mark.parametrize("sought", ["pat", "pa", "pat pellow"])
def test_own_applications_take_no_place_of_others(session, sought: str):
    page = limits.PAGE_OF_APPLICATIONS
    other = by("Pat Pellow")
    own = factories.UserFactory(name="Pat Pellow", roles=[Role.HR, Role.CANDIDATE])
    for one in (factories.ApplicationFactory(submitted=True, candidate=own) for _ in range(page + 1)):
        db.session.flush()
        remember(one.id, [own.name])
    db.session.commit()
    assert found(own.as_actor(), sought) == [other.reference]


def test_other_names_and_the_name_on_the_form_count_as_well(reader):
    vacancy = open_vacancy()
    married = complete_application(factories.ApplicationFactory(vacancy=vacancy), at=clock.now())
    contact = db.session.get_one(ContactDetails, married.id)
    contact.full_name, contact.other_names = "Sam Rokeby", "Samira Quayle"
    submitting.send_application(married.candidate.as_actor(), married, now=clock.now())
    db.session.commit()

    assert found(reader, "rokeby") == found(reader, "quayle sam") == [married.reference]


def test_reference_address_and_number_are_found_as_they_are_typed(reader):
    application = by("Kit Marlowe", email="Kit@People.example")
    number = db.session.get_one(RegistrationAnswer, application.id).number

    assert found(reader, application.reference.lower().replace("-", " ")) == [application.reference]
    assert found(reader, application.reference.lower().removeprefix("a-")) == [application.reference]
    assert found(reader, "kit@people.EXAMPLE") == [application.reference]
    assert number
    assert found(reader, number.lower()) == [application.reference]
    assert found(reader, "nobody@people.example") == []


def test_a_name_that_looks_like_a_reference_is_found_as_a_name(reader):
    application = by("A7K3QF Bellweather")
    assert found(reader, "a7k3qf") == [application.reference]


@pytest.mark.parametrize("sought", ["a", "-", "🙂", "@"])
def test_too_little_finds_nothing_and_says_so(reader, sought: str):
    by("Ann Avery")
    assert found(reader, sought) is None


def test_drafts_and_own_applications_are_not_found(session):
    own = factories.UserFactory(name="Pat Pellow", roles=[Role.HR, Role.CANDIDATE])
    sent_application(candidate=own)
    draft = factories.ApplicationFactory(candidate=factories.UserFactory(name="Pat Penrose"))
    other = by("Pat Pascoe")

    assert found(own.as_actor(), "pat") == [other.reference]
    assert found(own.as_actor(), draft.reference) == []
    assert found(own.as_actor(), "pellow") == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("sought", "number"), [("frankie dunn", 1), ("dunn", 2)]
)  # of one word: whole, then by beginning
def test_a_search_by_name_takes_as_many_queries_however_many_are_found(
    reader, queries, rows: int, sought: str, number: int
):
    for _ in range(rows):
        by("Frankie Dunn")
    db.session.commit()
    queries.clear()
    assert len(found(reader, sought) or []) == rows
    assert len(queries) == number
