"""One worker, in this process, with a real way out."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruit.accounts.models import Attempt, EmailToken, TokenPurpose, UserSession
from recruit.app import create_app
from recruit.cli.worker import clear_expired
from recruit.config import Environment, Settings
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.notifications import leases, outbox
from recruit.notifications.models import OutboxMessage
from recruit.notifications.stopping import Stop
from recruit.notifications.transports import transport_for
from recruit.notifications.worker import Pace, Worker
from recruit.rules.notifications import Notification
from tests.factories import UserFactory
from tests.notifications.messages import NOW, SENDER, WITHDRAWN, posted
from tests.notifications.sink import Sink, listening
from tests.serving.wire import free_port


def worker(url: str, pace: Pace = Pace(), **more: object) -> Worker:  # noqa: B008  frozen
    transport = transport_for(url, hostname="jobs.example", within=pace.within.total_seconds())
    return Worker(SENDER, transport, Stop(), pace, **more)


def rows(session: Session) -> list[OutboxMessage]:
    session.rollback()
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_what_is_due_is_sent_and_noted_and_what_is_held_waits(session: Session, tmp_path: Path):
    began = clock.now()
    messages = posted(25)
    with transaction():
        outbox.post(
            Notification.APPLICATION_WITHDRAWN,
            "sam@people.example",
            at=NOW,
            due_at=began + timedelta(hours=1),
            **WITHDRAWN,
        )

    worker(f"file://{tmp_path}").drain()

    *sent, held = rows(session)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(f"{message.key}.eml" for message in messages)
    assert all(began <= row.sent_at <= clock.now() for row in sent)
    assert {(str(row.context), row.attempts, row.lease, row.last_error) for row in sent} == {("{}", 1, None, "")}
    assert (held.sent_at, held.context, held.attempts) == (None, WITHDRAWN, 0)


def test_one_that_is_refused_is_failed_and_the_others_go(session: Session):
    sink = Sink(answers={"sam1@people.example": "550 5.1.1 no sam1@people.example here"})
    posted(3)
    with listening(sink, free_port()) as url:
        worker(url).drain()

    first, second, third = rows(session)
    assert sink.recipients == ["sam0@people.example", "sam2@people.example"]
    assert (first.sent_at is None, third.sent_at is None, second.sent_at) == (False, False, None)
    assert second.failed_at is not None
    assert (second.last_error, second.attempts) == ("smtp: recipient 550 5.1.1", 1)
    assert second.context != {}, "what it would have said is kept, so that it can be sent again"


def test_one_whose_words_are_missing_waits_one_whose_address_is_two_is_failed_and_the_others_go(
    session: Session, tmp_path: Path
):
    [good] = posted()
    with transaction():
        outbox.post(Notification.APPLICATION_WITHDRAWN, "sam@people.example", at=NOW, name="Sam")
        outbox.post(
            Notification.APPLICATION_WITHDRAWN, "sam@people.example\r\nBcc: all@evil.example", at=NOW, **WITHDRAWN
        )

    worker(f"file://{tmp_path}").drain()

    assert [file.name for file in tmp_path.iterdir()] == [f"{good.key}.eml"]
    assert [(row.failed_at is None, row.last_error) for row in rows(session)] == [
        (True, ""),
        (True, "text: 'reference' is undefined"),
        (False, "mail: ValueError"),
    ]


def test_one_that_is_delayed_goes_by_the_schedule_and_is_given_up_in_the_end(session: Session):
    sink = Sink(answers={"sam0@people.example": "450 4.2.1 busy"})
    posted()
    seen = []
    with listening(sink, free_port()) as url:
        clerk = worker(url, Pace(retry_after=(100, 200), retry_for=timedelta(seconds=500)))
        for _ in range(4):
            began = clock.now()
            clerk.drain()
            [row] = rows(session)
            seen.append((row.attempts, row.failed_at is not None, _seconds(row.due_at - began), row.last_error))
            _make_due(row)

    assert seen == [
        (1, False, 100, "smtp: recipient 450 4.2.1"),
        (2, False, 200, "smtp: recipient 450 4.2.1"),
        (3, False, 200, "smtp: recipient 450 4.2.1"),
        (4, True, _seconds(NOW - began), "smtp: recipient 450 4.2.1"),
    ]


def test_when_nobody_answers_all_that_was_taken_is_put_off_at_once(session: Session):
    posted(12)
    began = clock.now()

    worker(f"smtp://127.0.0.1:{free_port()}").drain()

    assert [(row.attempts, _seconds(row.due_at - began), row.last_error) for row in rows(session)] == [
        (1, 30, "smtp: ConnectionRefusedError (Connection refused)")
    ] * 12


def test_a_fault_of_ours_in_one_message_stops_no_other(session: Session, tmp_path: Path):
    posted(2)
    began = clock.now()

    class Faulty:
        """A way out with a fault in it."""

        def __init__(self) -> None:
            self.sent: list[str] = []

        def send(self, mail: object, key: str, *, is_retry: bool) -> None:
            if not self.sent:
                self.sent.append("")
                raise KeyError("sam0@people.example")
            self.sent.append(key)

        def returned(self) -> dict[str, str]:
            return {}

        def close(self) -> None:
            """Nothing is open."""

    Worker(SENDER, Faulty(), Stop(), Pace()).drain()

    first, second = rows(session)
    assert (first.sent_at, first.last_error, _seconds(first.due_at - began)) == (None, "fault: KeyError", 30)
    assert second.sent_at is not None


def test_a_message_is_not_begun_when_its_lease_could_end_before_it_is_over(session: Session):
    sink = Sink(pause=0.45)
    posted(6)
    with listening(sink, free_port()) as url:
        clerk = worker(url, Pace(lease=timedelta(seconds=3)))  # a second for a message, so none is begun after two
        clerk.send_batch()
        clerk.transport.close()

    sent = len(sink.mails)
    assert 1 <= sent <= 5
    assert [(row.sent_at is not None, row.attempts, row.lease) for row in rows(session)] == [
        *[(True, 1, None)] * sent,
        *[(False, 0, None)] * (6 - sent),
    ]


def test_a_message_that_its_worker_left_behind_is_sent_again_as_the_same_mail(session: Session):
    sink = Sink()
    [message] = posted()
    with transaction():
        leases.take(1, now=clock.now() - timedelta(minutes=2), until=clock.now() - timedelta(minutes=1))
    with listening(sink, free_port()) as url:
        worker(url).drain()

    [row] = rows(session)
    assert (sink.keys(), row.attempts) == ({message.key: 1}, 2)


def test_chores_are_done_at_their_interval_in_transactions_of_their_own(session: Session, tmp_path: Path):
    moments: list[datetime] = []

    def chore(now: datetime) -> None:
        moments.append(now)
        outbox.post(Notification.APPLICATION_WITHDRAWN, "sam@people.example", at=now, **WITHDRAWN)

    clerk = worker(f"file://{tmp_path}", chores=[chore])
    clerk.drain()
    clerk.drain()

    assert [row.posted_at for row in rows(session)] == moments
    assert len(moments) == 1


@pytest.mark.parametrize("asked", [True, False])
def test_a_worker_that_is_asked_to_stop_takes_nothing(session: Session, tmp_path: Path, asked: bool):
    posted()
    clerk = worker(f"file://{tmp_path}")
    if asked:
        clerk.stop.ask()

    clerk.drain()

    assert len(list(tmp_path.iterdir())) == int(not asked)


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _make_due(row: OutboxMessage) -> None:
    with transaction():
        row.due_at = NOW


def test_the_command_says_when_there_is_no_way_out(tmp_path: Path):
    settings = Settings(recruit_env=Environment.TEST, mail_url="notify://secret-without-a-template", data_dir=tmp_path)

    result = create_app(settings).test_cli_runner().invoke(args=["worker"])

    assert (result.exit_code, result.output) == (
        1,
        "Error: MAIL_URL must be file:///folder, smtp://…, smtps://… or notify://api-key?template=…\n",
    )


def test_the_chore_clears_what_has_expired_and_nothing_else(session: Session):
    user = UserFactory()
    for index, moment in enumerate((NOW - timedelta(seconds=1), NOW, NOW + timedelta(seconds=1))):
        session.add(UserSession(token_hash=f"s{index}", user_id=user.id, created_at=NOW, expires_at=moment))
        session.add(
            EmailToken(
                token_hash=f"t{index}",
                user_id=user.id,
                purpose=TokenPurpose.CONFIRM,
                created_at=NOW,
                expires_at=moment,
            )
        )
        session.add(Attempt(key=f"a{index}", at=moment - timedelta(hours=1)))
    session.commit()

    with transaction():
        clear_expired(NOW)

    assert session.scalars(select(UserSession.token_hash)).all() == ["s2"]
    assert session.scalars(select(EmailToken.token_hash)).all() == ["t2"]
    assert session.scalars(select(Attempt.key)).all() == ["a2"]
