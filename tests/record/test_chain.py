"""The seals: each kind of tampering is named where it stands, and what is honest is never taken for it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from recruit.core.counters import RECORD_SEAL, Counter
from recruit.core.db import Model, db, table_of
from recruit.core.errors import Conflict
from recruit.record import chain, sealing
from recruit.record.models import Seal
from recruit.record.verifying import GRACE, verify_record
from recruit.review.models import Assignment
from tests import factories

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TABLE = table_of(Assignment)


def seal(at: datetime = NOW) -> None:
    while sealing.seal_events(at):
        pass
    db.session.commit()


def add(ids: list[int], at: datetime = NOW) -> None:
    """Add rows to the history of one application."""
    application = factories.ApplicationFactory(submitted=True)
    given = {"application_id": application.id, "actor_id": factories.UserFactory().id, "assignee_id": None, "at": at}
    db.session.execute(insert(TABLE), [{"id": key, **given} for key in ids])
    db.session.commit()


@pytest.fixture
def sealed(session) -> None:
    add([1, 2, 5])
    seal()


def broken(known: tuple[int, str] | None = None) -> str:
    with pytest.raises(Conflict) as refusal:
        verify_record(known)
    return str(refusal.value)


def test_an_empty_record_is_whole(session):
    seal()

    whole = verify_record()

    assert (whole.sealed, whole.waiting, whole.head, whole.at) == (0, 0, chain.START, None)


def test_what_is_sealed_is_whole_and_the_rest_waits(sealed):
    add([6], NOW + timedelta(minutes=1))

    whole = verify_record()

    assert (whole.sealed, whole.waiting, whole.at) == (3, 1, NOW)
    assert whole.head == db.session.scalar(select(Seal.chain).where(Seal.position == 3))


def test_each_row_is_sealed_once_in_the_order_of_its_table(sealed):
    seal(NOW + timedelta(minutes=1))

    rows = db.session.execute(select(Seal.position, Seal.source, Seal.row_id, Seal.is_last).order_by(Seal.position))

    assert rows.all() == [
        (1, "assignment", 1, False),
        (2, "assignment", 2, False),
        (3, "assignment", 5, True),
    ]
    assert db.session.get_one(Counter, RECORD_SEAL).number == 3


def test_many_rows_are_sealed_in_steps(session, monkeypatch):
    monkeypatch.setattr(sealing, "ROWS_A_STEP", 2)
    add([1, 2, 3, 4, 5], NOW - timedelta(days=400))

    steps = [sealing.seal_events(NOW + timedelta(minutes=minute)) for minute in range(3)]

    assert steps == [True, True, False]
    assert verify_record().sealed == 5, "what waited for its turn was not inserted later, however old"


def test_a_row_of_a_slow_transaction_is_sealed_after_those_that_overtook_it(sealed):
    add([4], NOW - GRACE + timedelta(minutes=1))
    seal(NOW + timedelta(minutes=1))

    assert verify_record().sealed == 4


def test_a_row_that_was_changed_is_named(sealed):
    db.session.execute(update(TABLE).where(TABLE.c.id == 2).values(at=NOW + timedelta(seconds=1)))

    assert broken() == "Seal 2, of assignment 2: the row was changed."


def test_a_row_that_was_removed_is_named(sealed):
    db.session.execute(delete(TABLE).where(TABLE.c.id == 2))

    assert broken() == "Seal 2, of assignment 2: the row was removed."


def test_a_row_that_was_inserted_with_an_old_date_is_named(sealed):
    add([3], NOW - timedelta(days=30))
    seal(NOW + timedelta(minutes=1))

    assert broken() == (
        "Seal 4, of assignment 3: the row is dated 10am on Saturday 2 May 2026, but was not there when all was"
        " sealed at 10am on Monday 1 June 2026: it was inserted later."
    )


def test_a_row_that_was_inserted_far_behind_is_named(session):
    add([1, sealing.LOOKED_BACK + 3])
    seal()
    add([2, 3])
    seal(NOW + timedelta(minutes=1))

    assert broken() == "assignment 2 has no seal, and those around it have: the row was inserted later."


def test_a_seal_that_was_made_again_for_a_changed_row_is_named(sealed):
    db.session.execute(update(TABLE).where(TABLE.c.id == 2).values(at=NOW + timedelta(seconds=1)))
    row = db.session.execute(select(TABLE).where(TABLE.c.id == 2)).one()
    digest = chain.SOURCES["assignment"].digest(row._mapping)
    db.session.execute(update(Seal).where(Seal.position == 2).values(digest=digest))

    assert broken() == "Seal 2, of assignment 2 does not follow from the one before: the seal was changed."


@pytest.mark.parametrize(
    ("position", "sentence"),
    [
        (1, "Seal 1 is missing: it was removed."),
        (2, "Seal 2 is missing: it was removed."),
        (3, "Seal 3 is missing: seals from there to 3 were removed."),
    ],
)
def test_a_seal_that_was_removed_is_named(sealed, position: int, sentence: str):
    db.session.execute(delete(Seal).where(Seal.position == position))

    assert broken() == sentence


def test_seals_that_changed_places_are_named(sealed):
    for old, new in ((1, 9), (2, 1), (9, 2)):
        db.session.execute(update(Seal).where(Seal.position == old).values(position=new))

    assert broken() == "Seal 1, of assignment 2 does not follow from the one before: the seal was changed."


def test_a_record_that_was_made_again_from_its_start_is_told_by_a_head_kept_elsewhere(sealed):
    kept = (3, verify_record().head)
    db.session.execute(update(TABLE).where(TABLE.c.id == 2).values(at=NOW + timedelta(seconds=1)))
    db.session.execute(delete(Seal))
    seal()

    assert verify_record().sealed == 3, "by itself it looks whole"
    assert broken(kept) == "Seal 3, of assignment 5 is not the one that was named before: the record was made again."


def test_an_end_that_was_cut_off_with_its_count_is_told_by_a_head_kept_elsewhere(sealed):
    kept = (3, verify_record().head)
    db.session.execute(delete(Seal).where(Seal.position == 3))
    db.session.execute(delete(TABLE).where(TABLE.c.id == 5))
    db.session.execute(update(Counter).where(Counter.name == RECORD_SEAL).values(number=2))

    assert verify_record().sealed == 2, "by itself it looks whole"
    assert broken(kept) == "Seal 3 is missing: seals from there to 3 were removed."


def test_what_is_sealed_of_a_table_is_every_column_but_those_that_are_named():
    left_out = {
        name: {column.name for column in source.table.c} - set(source.columns) for name, source in chain.SOURCES.items()
    }

    sealed = {name: set() for name in chain.SOURCES}
    # The email that told of it is another when it is sent again; it is read later.
    assert left_out == {**sealed, "conversation_message": {"notice_id", "read_at"}}


def test_every_table_that_is_only_added_to_is_sealed():
    """By the words of the models; what people wrote to one another is content, not a deed."""
    promised = {
        table_of(mapper.class_).name
        for mapper in Model.registry.mappers
        if "Added to, never changed" in (mapper.class_.__doc__ or "")
    }

    assert promised - {"vacancy_comment"} == set(chain.SOURCES) - {"application_read"}


@pytest.mark.postgresql_alone
def test_one_worker_at_a_time_seals(session, app):
    add([1])
    with db.engine.connect() as other, other.begin():
        other.execute(text("SELECT name FROM counter WHERE name = 'record_seal' FOR UPDATE"))
        is_more = sealing.seal_events(NOW)

    assert is_more is False
    assert db.session.query(Seal).count() == 0
