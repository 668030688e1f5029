"""Takes messages from the outbox and sends them, until asked to stop.  Any number of workers may run.

No transaction is open while a message is sent.  A worker that is killed keeps its lease until it ends; then another
takes the message.  A message is begun only if it can be over before its lease is: see docs/adr/0009-outbox.md.
"""

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Unavailable
from recruit.core.transaction import transaction
from recruit.notifications import leases
from recruit.notifications.delivery import Sender, render
from recruit.notifications.errors import Delayed, NotSent, Refused, Unreachable
from recruit.notifications.models import OutboxMessage
from recruit.notifications.stopping import Stop
from recruit.notifications.transports import Transport
from recruit.rules import limits

AWAY = (DBAPIError, PoolTimeout, OSError)  # the database does not answer, is not migrated yet, or its folder is gone
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between two tries to reach it; doubled each time
LAST_WORDS = 10.0  # seconds that a worker asked to stop goes on trying to note what it has sent
T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Pace:
    """How quickly a worker works; other than usual only in tests and drills.

    Args:
        lease: how long a message is held.
        retry_after: seconds after the first, second, … failed try; the last repeats.
        retry_for: the longest that the pauses together may come to.
        batch: most messages held at once.
        poll: seconds between two looks when nothing is due.
        chores_every: seconds between two rounds of chores.
        returned_every: seconds between two times of asking what came back.
    """

    lease: timedelta = limits.LEASE
    retry_after: Sequence[int] = limits.RETRY_AFTER
    retry_for: timedelta = limits.RETRY_FOR
    batch: int = 10
    poll: float = 1.0
    chores_every: float = 60.0
    returned_every: float = 300.0

    @property
    def within(self) -> timedelta:
        """How long one message may take: short of the lease, so that several of a batch can be sent in it."""
        return self.lease / 3


@dataclass
class Worker:
    """One worker.

    Args:
        sender: who writes.
        transport: the way out; its time limit for a message is `pace.within`.
        stop: tells when to stop.
        pace: how quickly.
        chores: other things to do each minute, each in a transaction of its own, given the moment.  One that says True
            has more to do, and is asked again at once.
        errands: the same for what waits for others, such as files: each opens transactions of its own, so that nobody
            waits with it.
    """

    sender: Sender
    transport: Transport
    stop: Stop
    pace: Pace = field(default_factory=Pace)
    chores: Sequence[Callable[[datetime], bool | None]] = ()
    errands: Sequence[Callable[[datetime], None]] = ()
    _chores_due: float = field(default=0.0, init=False)
    _returned_due: float = field(default=0.0, init=False)

    def run(self) -> None:
        """Work until asked to stop; the message in hand is finished first.  Waits while the database is away."""
        pause = FIRST_PAUSE
        while self.stop.asked_at is None:
            try:
                self._do_chores()
                busy = self.send_batch()
                pause = FIRST_PAUSE
            except AWAY as error:
                log.warning("database away", error=type(error).__name__, seconds=pause)
                self.transport.close()
                db.session.remove()
                self.stop.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            if not busy:
                self.transport.close()
                self.stop.wait(self.pace.poll)
        self.transport.close()

    def drain(self) -> None:
        """Send what is due now and return.

        Raises:
            sqlalchemy.exc.DBAPIError: the database is away.
        """
        self._do_chores()
        while self.stop.asked_at is None and self.send_batch():
            pass
        self.transport.close()

    def send_batch(self) -> bool:
        """Take a few messages and send them; say whether there was one."""
        is_any_due = leases.is_any_due(clock.now())
        db.session.rollback()  # an idle worker holds no snapshot open
        if not is_any_due:
            return False
        with transaction():
            now = clock.now()
            batch = leases.take(self.pace.batch, now=now, until=now + self.pace.lease)
        for position, message in enumerate(batch):
            if self.stop.asked_at is not None or not self._has_time_for(message):
                self._keep(partial(leases.release, batch[position:]))
                return True
            try:
                self._send(message)
            except Unreachable as error:
                for unsent in batch[position:]:
                    self._fail(unsent, error)
                return True
        return bool(batch)

    def _has_time_for(self, message: OutboxMessage) -> bool:
        return message.leased_until is not None and clock.now() + self.pace.within <= message.leased_until

    def _send(self, message: OutboxMessage) -> None:
        """Send one message and note how it ended.

        Raises:
            Unreachable: nobody answers; nothing is noted yet.
        """
        try:
            mail = render(message, self.sender, at=clock.now())
            self.transport.send(mail, message.key, is_retry=message.attempts > 1)
        except Unreachable:
            raise
        except NotSent as error:
            self._fail(message, error)
            return
        except Exception as error:  # a fault of ours in one message must not stop the others
            place = traceback.extract_tb(error.__traceback__)[-1]  # not the error's words: they may name a person
            log.error(
                "message broke",
                message_id=message.id,
                error=type(error).__name__,
                at=f"{place.filename}:{place.lineno}",
            )
            self._fail(message, Delayed(f"fault: {type(error).__name__}"))
            return
        if self._keep(lambda: leases.mark_sent(message, at=clock.now())):
            log.info("message sent", message_id=message.id, notification=message.notification, tries=message.attempts)
        else:
            log.error("message sent after it was taken back or sent by another", message_id=message.id)

    def _fail(self, message: OutboxMessage, error: NotSent) -> None:
        pause = leases.retry_pause(message.attempts, self.pace.retry_after, self.pace.retry_for)
        if pause is None or isinstance(error, Refused):
            self._keep(lambda: leases.mark_failed(message, at=clock.now(), error=str(error)))
            log.error("message failed", message_id=message.id, tries=message.attempts, error=str(error))
            return
        self._keep(lambda: leases.postpone(message, until=clock.now() + pause, error=str(error)))
        log.warning(
            "message delayed", message_id=message.id, seconds=pause.total_seconds(), error=str(error),
            tries=message.attempts,
        )  # fmt: skip

    def _keep(self, change: Callable[[], T]) -> T:
        """Keep what has happened, however long the database is away: a mail that has gone cannot be called back.

        Raises:
            sqlalchemy.exc.DBAPIError: it is still away `LAST_WORDS` after this worker was asked to stop.
        """
        pause = FIRST_PAUSE
        while True:
            try:
                with transaction():
                    return change()
            except AWAY as error:
                log.warning("database away with a message in hand", error=type(error).__name__, seconds=pause)
                db.session.remove()
                asked_at = self.stop.asked_at
                if asked_at is not None and time.monotonic() - asked_at > LAST_WORDS:
                    raise
                if self.stop.wait(pause):
                    time.sleep(FIRST_PAUSE)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _do_chores(self) -> None:
        if time.monotonic() >= self._chores_due:
            for chore in self.chores:
                while self._do_chore(chore) and self.stop.asked_at is None:
                    pass
            for errand in self.errands:
                self._run_errand(errand)
            self._chores_due = time.monotonic() + self.pace.chores_every
        if time.monotonic() >= self._returned_due:
            self._ask_what_came_back()
            self._returned_due = time.monotonic() + self.pace.returned_every

    def _ask_what_came_back(self) -> None:
        """Ask the way out what it could not deliver, with no transaction open, and note it."""
        try:
            found = self.transport.returned()
        except NotSent as error:
            log.warning("what came back is not known", error=str(error))
            return
        if found and (number := self._keep(lambda: leases.mark_returned(found, at=clock.now()))):
            log.warning("messages came back", number=number)

    def _run_errand(self, errand: Callable[[datetime], None]) -> None:
        """Run one errand; what does not answer now is asked again in the next round."""
        try:
            errand(clock.now())
        except (Conflict, Unavailable) as error:
            log.warning("errand put off", errand=errand.__name__, error=type(error).__name__)

    def _do_chore(self, chore: Callable[[datetime], bool | None]) -> bool:
        """Do one step of a chore; say whether there is more.  What somebody else changed meanwhile waits a round."""
        try:
            with transaction():
                return bool(chore(clock.now()))
        except Conflict:
            log.warning("chore put off", chore=chore.__name__)
            return False
