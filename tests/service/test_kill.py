"""kill -9 of everything that can be killed, while people send applications: what was answered is there, once."""

import http.client
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psutil
import psycopg
import pytest

from tests.bench.drafts import Draft, make_drafts
from tests.service import ledger
from tests.service.place import Place, Service, ask, running
from tests.serving.wire import all_gone, wait_until

pytestmark = pytest.mark.slow

CLIENTS = 8
WRITES = 1000  # over all rounds
BACK_WITHIN = 5.0  # seconds, the better of a kind's kills: what else the machine does meanwhile is not the service's
PAUSE = 0.05  # seconds before a client that got no answer tries again


@dataclass
class Senders:
    """Clients that send one draft after the other, each again and again until it is answered."""

    service: Service
    answered: list[tuple[str, float]] = field(default_factory=list)  # reference and the moment of its answer
    statuses: Counter[int] = field(default_factory=Counter)

    def start(self, drafts: Sequence[Draft]) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._send, args=(drafts[one::CLIENTS],)) for one in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads

    def _send(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                with suppress(OSError, http.client.HTTPException):
                    answer = ask(
                        self.service.port,
                        "POST",
                        f"/applications/{draft.reference}/check",
                        {"csrf_token": draft.csrf_token},
                        draft.cookie,
                    )
                    self.statuses[answer.status] += 1
                    if answer.status == 302:
                        self.answered.append((draft.reference, time.monotonic()))
                    if answer.status != 503:
                        break
                time.sleep(PAUSE)


def kill_web_worker(service: Service, _place: Place) -> None:
    """Kill one of the processes that answer; another replaces it."""
    service.web().children()[0].kill()


def kill_web_server(service: Service, _place: Place) -> None:
    """Kill the web server's parent; its workers end with it, and the supervisor starts it again."""
    service.web().kill()


def kill_everything(service: Service, _place: Place) -> None:
    """Kill the supervisor and all below it at once, as a power cut would, and start anew."""
    tree = service.tree()
    for process in tree:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    service.process.wait()
    wait_until(lambda: all_gone(tree), 5)  # not until their new parent has noted it: that may take it seconds
    service.start_again()


def kill_mailer(service: Service, _place: Place) -> None:
    """Kill the worker that sends messages; the supervisor starts it again."""
    service.mailer().kill()


def kill_backend(_service: Service, place: Place) -> None:
    """Kill a process of PostgreSQL that serves the web server: PostgreSQL then restarts all of its own."""
    assert place.postgresql is not None
    with psycopg.connect(place.postgresql.get_uri()) as connection:
        row = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
        ).fetchone()
    assert row is not None
    psutil.Process(row[0]).kill()


def kill_postmaster(_service: Service, place: Place) -> None:
    """Kill PostgreSQL's first process and all below it, as a power cut would, and start it anew."""
    server = place.postgresql
    assert server is not None
    postmaster = psutil.Process(server.get_pid())
    tree = [postmaster, *postmaster.children()]
    for process in tree:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(tree, 5)
    server.ensure_postgres_running()


Kill = Callable[[Service, Place], None]
ROUNDS: dict[str, list[Kill]] = {
    "sqlite": [kill_web_worker, kill_web_server, kill_mailer, kill_everything] * 2,
    "postgresql": [kill_web_worker, kill_web_server, kill_backend, kill_mailer, kill_everything, kill_postmaster] * 2,
}


def one_round(senders: Senders, drafts: Sequence[Draft], kill: Kill, place: Place) -> float:
    """Send `drafts`, kill in the middle; return the longest silence afterwards, in seconds."""
    before = len(senders.answered)
    threads = senders.start(drafts)
    while len(senders.answered) - before < len(drafts) // 3 and any(thread.is_alive() for thread in threads):
        time.sleep(0.01)
    killed = time.monotonic()
    kill(senders.service, place)
    for thread in threads:
        thread.join()
    moments = [moment for _, moment in senders.answered if moment > killed]
    edges = [killed, *sorted(moments)]
    return max(later - earlier for earlier, later in zip(edges, edges[1:], strict=False))


def test_nothing_answered_is_lost_or_doubled(place: Place, capsys: pytest.CaptureFixture[str]):
    rounds = ROUNDS[place.kind]
    drafts = make_drafts(place.app, WRITES, seed=1)
    references = [draft.reference for draft in drafts]
    messages, share = ledger.messages(place), -(-WRITES // len(rounds))
    gaps = []
    with running(place) as service:
        senders = Senders(service)
        for number, kill in enumerate(rounds):
            gap = one_round(senders, drafts[number * share : (number + 1) * share], kill, place)
            gaps.append((kill.__name__, round(gap, 2)))
    with capsys.disabled():
        print(f"\n{place.kind}: {dict(senders.statuses)}, longest silence in s {gaps}")

    assert Counter(reference for reference, _ in senders.answered) == Counter(references)
    assert ledger.sent_once(place, references) == dict.fromkeys(ledger.MADE, Counter({1: WRITES}))
    assert ledger.messages(place) - messages == WRITES
    assert ledger.wrong_counts(place) == {}
    assert set(senders.statuses) <= {302, 503}
    best = {name: min(gap for kind, gap in gaps if kind == name) for name, _ in gaps}
    assert {name: gap for name, gap in best.items() if gap >= BACK_WITHIN} == {}
