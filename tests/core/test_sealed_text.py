"""What is confidential is of no use to whoever reads the database, and a key can be turned."""

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text

from recruit.config import Settings
from recruit.core.errors import Unavailable
from recruit.core.field_keys import keys_in
from recruit.core.sealed_text import SealedText, seal, unseal

OLD, NEW = (
    "01" * 21 + "0=",
    "23" * 21 + "4=",
)  # 32 bytes each; the same in every process, because tests are named by them
KEPT = Table("kept", MetaData(), Column("id", Integer, primary_key=True), Column("words", SealedText()))
WORDS = "A caution in 2011 – “never again”"


@pytest.fixture
def with_keys():
    """Return a way to seal and open as a service with these keys does."""

    def use(*keys: str):
        app = Flask("sealing")
        app.config["FIELD_KEYS"] = keys
        return app.app_context()

    return use


def test_what_is_sealed_is_opened_and_never_looks_the_same_twice(with_keys):
    with with_keys(NEW):
        first, second = seal(WORDS), seal(WORDS)

        assert first != second
        assert not {WORDS, "caution"} & {first, second}
        assert [unseal(first), unseal(second), unseal(seal(""))] == [WORDS, WORDS, ""]


def test_a_key_is_turned_without_losing_what_was_sealed_before(with_keys):
    with with_keys(OLD):
        before = seal(WORDS)
    with with_keys(NEW, OLD):
        assert unseal(before) == WORDS
        after = seal(WORDS)
    with with_keys(NEW):
        assert unseal(after) == WORDS


def test_without_its_key_or_changed_it_is_not_opened_and_says_why(with_keys):
    with with_keys(OLD):
        sealed = seal(WORDS)
    for keys, what in (((NEW,), sealed), ((OLD,), sealed[:-6] + "AAAAAA"), ((OLD,), WORDS), ((OLD,), "")):
        with with_keys(*keys), pytest.raises(Unavailable, match="Nothing is lost"):
            unseal(what)


def test_a_column_keeps_nothing_that_can_be_read(session):
    connection = session.connection()
    KEPT.create(connection)
    connection.execute(insert(KEPT), [{"words": WORDS}, {"words": ""}, {"words": None}])
    raw = connection.execute(text("SELECT words FROM kept ORDER BY id")).scalars().all()
    opened = connection.execute(select(KEPT.c.words).order_by(KEPT.c.id)).scalars().all()
    KEPT.drop(connection)

    assert opened == [WORDS, "", None]
    assert raw[2] is None
    assert all("caution" not in one and len(one) > 90 for one in raw[:2])


@pytest.mark.parametrize(
    ("setting", "number"),
    [("", 0), (f" {OLD} ", 1), (f"{NEW},{OLD},", 2), ("+/" * 21 + "8=", 1), ("-_" * 21 + "8=", 1)],
)
def test_keys_are_read_in_their_order(setting, number):
    keys = keys_in(setting)

    assert len(keys) == number
    assert all(Fernet(key) for key in keys)
    assert keys[0:1] == ((NEW,) if number == 2 else keys[0:1])


@pytest.mark.parametrize("setting", ["short", OLD[:-4] + "=", OLD + "A", "é" * 44, f"{OLD};{NEW}", f"{OLD},x"])
def test_what_is_no_key_is_refused_without_saying_it(setting):
    with pytest.raises(ValueError, match="keys of 32 bytes in base64") as refusal:
        keys_in(setting)

    assert setting not in str(refusal.value)


def test_where_there_is_no_key_of_its_own_one_is_made_of_the_secret_and_stays_good(tmp_path):
    given = {"recruit_env": "test", "data_dir": tmp_path, "secret_key": "a secret of some length"}
    alone, again = (Settings(**given).sealing_keys() for _ in range(2))
    own = Settings(**given, field_keys=f"{NEW},{OLD}").sealing_keys()
    other = Settings(**given | {"secret_key": "another secret"}).sealing_keys()

    assert alone == again != other
    assert own == (NEW, OLD, *alone)
    assert Fernet(alone[0])
