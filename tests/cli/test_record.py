"""`flask verify-record`, as an operator gives it; and the worker that seals."""

import re

from sqlalchemy import update

from recruit.applications.models import ApplicationEvent
from recruit.core.db import db
from recruit.record.models import Seal
from tests.review.sent import sent_application


def verify(app, *options: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["verify-record", *options])
    return done.exit_code, done.output


def test_the_worker_seals_and_the_command_says_that_it_is_whole(app, session):
    sent_application()
    sent_application()

    before = verify(app)
    app.test_cli_runner().invoke(args=["worker", "--once"], catch_exceptions=False)
    status, page = verify(app)

    assert before == (0, "The record is whole: 0 rows are sealed; 2 wait for the worker.\n")
    assert status == 0
    assert re.fullmatch(
        r"The record is whole: 2 rows are sealed, the last at .+; 0 wait for the worker\.\n"
        r"Head, to be kept elsewhere: 2:[0-9a-f]{64}\n",
        page,
    )


def test_a_broken_record_ends_with_status_1_and_names_the_place(app, session):
    application = sent_application()
    app.test_cli_runner().invoke(args=["worker", "--once"], catch_exceptions=False)
    event = db.session.query(ApplicationEvent).filter_by(application_id=application.id).one()
    db.session.execute(update(ApplicationEvent).values(reason="Somebody else wrote this"))
    db.session.commit()

    status, page = verify(app)

    assert (status, page) == (1, f"Error: Seal 1, of application_event {event.id}: the row was changed.\n")


def test_a_head_that_was_kept_must_still_be_there(app, session):
    sent_application()
    app.test_cli_runner().invoke(args=["worker", "--once"], catch_exceptions=False)
    link = db.session.query(Seal.chain).scalar()

    assert verify(app, "--head", f"1:{link}")[0] == 0
    assert verify(app, "--head", f"1:{'0' * 64}")[0] == 1
    assert verify(app, "--head", "nonsense")[0] == 2
