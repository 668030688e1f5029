"""`flask seal-again`: a key is turned, and the old one can be left out."""

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import text

from recruit.appointments.employment_models import EmploymentDetails, EmploymentPart
from recruit.core import clock, sealing_again
from recruit.core.db import db
from recruit.rules.employment import Part
from recruit.rules.self_disclosure import Question
from recruit.self_disclosures.disclosing import own_disclosure
from tests.self_disclosures.told import sent, shortlisted


@pytest.fixture
def keys(app: Flask, monkeypatch):
    """Return a way to set the keys of the service."""

    def use(*given: str) -> None:
        monkeypatch.setitem(app.config, "FIELD_KEYS", given)

    return use


def again(app: Flask) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["seal-again"])
    return done.exit_code, done.output


def test_what_an_old_key_sealed_is_sealed_anew_and_reads_the_same(app, session, keys, monkeypatch):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    keys(old)
    applications = [sent(Question.SPENT) for _ in range(3)]
    monkeypatch.setattr(sealing_again, "ROWS_A_STEP", 2)
    raw = text("SELECT answers FROM self_disclosure_answers ORDER BY application_id")
    before = db.session.scalars(raw).all()
    keys(new, old)

    assert again(app) == (0, "3 values were sealed anew. All others had the first key already.\n")
    assert again(app)[1].startswith("0 values")
    db.session.rollback()
    assert not set(before) & set(db.session.scalars(raw))
    keys(new)
    assert [own_disclosure(one).answers.answer_to(Question.SPENT) for one in applications] == [True] * 3


def test_a_table_whose_key_is_of_two_columns_is_gone_through_whole(app, session, keys, monkeypatch):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    keys(old)
    application = shortlisted()
    details = EmploymentDetails(application_id=application.id, asked_at=clock.now(), due_on=clock.now().date())
    db.session.add(details)
    db.session.flush()
    for part in Part:
        row = EmploymentPart(
            application_id=application.id, part=part, answers=part, is_complete=False, saved_at=clock.now()
        )
        db.session.add(row)
    db.session.commit()
    monkeypatch.setattr(sealing_again, "ROWS_A_STEP", 2)
    keys(new, old)
    assert again(app)[1].startswith(f"{len(Part)} values were sealed anew.")
    keys(new)
    db.session.expire_all()

    assert {row.part: row.answers for row in db.session.query(EmploymentPart)} == {part: part.value for part in Part}


def test_what_no_key_opens_is_said_and_left_as_it_is(app, session, keys):
    keys(Fernet.generate_key().decode())
    sent()
    raw = text("SELECT answers FROM self_disclosure_answers")
    before = db.session.scalar(raw)
    keys(Fernet.generate_key().decode())
    status, output = again(app)
    db.session.rollback()

    assert (status, db.session.scalar(raw)) == (1, before)
    assert "1 values are opened by none of the keys" in output
