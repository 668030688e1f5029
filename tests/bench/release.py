"""How long releasing decisions takes, two officers at one moment: `python -m tests.bench.release [500]`.

Each ticks the same batch; every row is released by one of them, the other is told so, and no message is posted twice.
It makes a database of its own: SQLite in a folder that it removes, or PostgreSQL with TEST_DATABASE=postgresql.
"""

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask_migrate import upgrade
from sqlalchemy import func, select

from recruit.app import create_app
from recruit.applications.letters import Letter
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.review import bulk, releasing
from recruit.review.bulk import Seen
from recruit.review.service import move_application
from recruit.rules.access import Role
from recruit.rules.notifications import Notification
from tests.databases import end_connections, fresh_database
from tests.factories import ApplicationFactory, UserFactory, VacancyFactory
from tests.review.sent import SENDER, ticks

TOLD = OutboxMessage.notification == Notification.APPLICATION_SHORTLISTED


def main(number: int) -> None:
    """Decide on so many applications, then release them all from two threads."""
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    with tempfile.TemporaryDirectory() as folder, fresh_database(kind, Path(folder)) as database:
        os.environ.update(RECRUIT_ENV="test", DATA_DIR=folder, DATABASE_URL=database)
        app = create_app()
        with app.app_context():
            upgrade()
            vacancy = VacancyFactory(published=True)
            made = ApplicationFactory.create_batch(number, submitted=True, vacancy=vacancy)
            officers = [UserFactory(roles=[Role.HR]).as_actor() for _ in range(2)]
            db.session.commit()
            start = time.perf_counter()
            seen = [Seen(one.reference, one.version, 0) for one in made]
            with transaction():
                bulk.shortlist_each(officers[0], seen, "", decide=move_application, now=clock.now())
            print(f"{kind}: {number} decided in {time.perf_counter() - start:.2f} s")
            ticked, gate = ticks(made), Barrier(2)
            db.session.remove()

            def release(officer):
                with app.app_context():
                    gate.wait()
                    begun = time.perf_counter()
                    with transaction():
                        results = releasing.release(officer, ticked, SENDER, now=clock.now())
                    return sum(not row.refusal for row in results), time.perf_counter() - begun

            with ThreadPoolExecutor(2) as pool:
                for done, seconds in pool.map(release, officers):
                    print(f"{kind}: one officer released {done} of {number} in {seconds:.2f} s")
            messages = db.session.scalar(select(func.count()).select_from(OutboxMessage).where(TOLD))
            people = db.session.scalar(select(func.count(OutboxMessage.recipient.distinct())).where(TOLD))
            letters = db.session.scalar(select(func.count()).select_from(Letter))
            print(f"{kind}: {messages} messages to {people} people, {letters} letters kept")
            db.session.remove()
            end_connections()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
