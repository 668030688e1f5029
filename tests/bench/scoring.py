"""How long a save takes while 20 scorers save at once: `python -m tests.bench.scoring [saves of each]`.

A real server with two processes, on SQLite or, with `TEST_DATABASE=postgresql`, PostgreSQL; eight vacancies with three
members each.  Every scorer saves the scores of an application as the page's script does while somebody types, and hands
them in last.  The figures are of answers as a client waits for them, beside those of one scorer alone.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from flask_migrate import upgrade

from recruit.app import create_app
from recruit.config import Environment, Settings
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.panels import sheets
from recruit.panels.models import ScoreSheet
from tests.bench.drafts import cookie_for
from tests.databases import end_connections, fresh_database
from tests.panels.sifting import open_sift
from tests.servers import serve

VACANCIES, MEMBERS, AT_ONCE = 8, 3, 20
SAVES = 30


@dataclass(frozen=True, slots=True)
class Scorer:
    """What a client needs to score one application."""

    path: str
    cookie: str
    csrf_token: str
    version: int
    criteria: tuple[int, ...]


def scorers(app_settings: Settings) -> list[Scorer]:
    """Set up the panels and return one scorer a member, each with an application that is open to them."""
    app, found = create_app(app_settings), []
    with app.app_context():
        upgrade()
        for _ in range(VACANCIES):
            vacancy, _applications, members, _hr = open_sift(number=MEMBERS, people=MEMBERS)
            for member in members:
                sheet = db.session.query(ScoreSheet).filter_by(scorer_id=member.id).order_by(ScoreSheet.id).first()
                assert sheet is not None
                with transaction():
                    sheets.declare_none(member.as_actor(), sheet, now=clock.now())
                path = f"/panel/{vacancy.reference}/{sheet.application.reference}/scores"
                signed_in = cookie_for(app, member)
                db.session.commit()
                criteria = tuple(line.id for line in vacancy.asked)
                found.append(Scorer(path, *signed_in, sheet.version, criteria))
        db.session.remove()
        end_connections()
    return found


def save(port: int, scorer: Scorer, times: int, *, hands_in: bool) -> list[tuple[float, int]]:
    """Save so many times, one after the other; return the seconds and the status of each answer."""
    answers, version, connection = [], scorer.version, HTTPConnection("127.0.0.1", port, timeout=60)
    for turn in range(times):
        is_last = hands_in and turn == times - 1
        fields = {"csrf_token": scorer.csrf_token, "version": str(version)}
        for key in scorer.criteria:
            fields |= {f"score_{key}": str(1 + turn % 2), f"note_{key}": f"A clear example, as I read it: {turn}"}
        headers = {"Cookie": scorer.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        if is_last:
            fields["submit"] = "yes"
        else:
            headers["Accept"] = "application/json"
        begun = time.perf_counter()
        connection.request("POST", scorer.path, urlencode(fields), headers)
        answer = connection.getresponse()
        text = answer.read()
        answers.append((time.perf_counter() - begun, answer.status))
        if not is_last and answer.status == 200:
            version = json.loads(text)["version"]
    return answers


def line(name: str, answers: list[tuple[float, int]], seconds: float) -> str:
    """Return the figures of some answers."""
    times = sorted(taken * 1000 for taken, _ in answers)
    odd = sum(status not in (200, 302) for _, status in answers)
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    return (
        f"{name}: {len(times)} saves, {len(times) / seconds:.0f} a second, p50 {statistics.median(times):.1f} ms,"
        f" p99 {p99:.1f} ms, most {times[-1]:.1f} ms; other answers than saved: {odd}"
    )


def main() -> None:
    """Print the figures of one scorer, then of all at once."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else SAVES
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    with tempfile.TemporaryDirectory() as folder, fresh_database(kind, Path(folder)) as url:
        settings = Settings(recruit_env=Environment.TEST, data_dir=Path(folder), database_url=url)
        first, alone, *others = scorers(settings)
        together = others[:AT_ONCE]
        environment = {
            "RECRUIT_ENV": "test",
            "DATA_DIR": folder,
            "DATABASE_URL": url,
            "SECRET_KEY": settings.secret_key.get_secret_value(),
        }
        with serve("wsgi:app", environment, ready="/healthz") as server:
            save(server.port, first, 3, hands_in=False)  # the first answer of a process reads templates
            begun = time.perf_counter()
            one = save(server.port, alone, times, hands_in=False)
            took_one = time.perf_counter() - begun
            begun = time.perf_counter()
            with ThreadPoolExecutor(len(together)) as pool:
                waiting = [pool.submit(save, server.port, scorer, times, hands_in=True) for scorer in together]
                many = [answer for part in waiting for answer in part.result()]
            took = time.perf_counter() - begun
    sys.stdout.write(f"{kind}\n{line('1 scorer', one, took_one)}\n{line(f'{len(together)} at once', many, took)}\n")
    ratio = (len(many) / took) / (len(one) / took_one)
    sys.stdout.write(f"saves a second of all to those of one: {ratio:.2f}\n")


if __name__ == "__main__":
    main()
