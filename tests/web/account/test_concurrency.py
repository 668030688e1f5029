"""Many at once, each with a browser of their own: one effect from one intention, and never a fault."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from recruit.accounts.models import EmailToken, User, UserSession
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from tests.accounts.people import PASSWORD, somebody
from tests.at_once import sent
from tests.visitor import Visitor
from tests.web.account.mails import newest_link

EMAIL = "sam@demo.example"


def at_once(
    number: int, app, path: str, data: dict[str, str], visit: Callable[[], Visitor] | None = None
) -> Counter[int]:
    """Send `data` to `path` from `number` browsers at the same moment; return how many answers had which status."""
    visitors = [(visit or (lambda: Visitor(app)))() for _ in range(number)]
    forms = [{"csrf_token": visitor.token(), **data} for visitor in visitors]
    db.session.commit()
    gate = Barrier(number)

    def send(visitor: Visitor, form: dict[str, str]) -> int:
        gate.wait()
        return sent(lambda: visitor.client.post(path, data=form)).status_code

    with ThreadPoolExecutor(number) as pool:
        answers = Counter(pool.map(send, visitors, forms))
    db.session.rollback()
    return answers


def test_twenty_registrations_of_one_address_make_one_account(app, session):
    answers = at_once(20, app, "/register", {"name": "Sam Taylor", "email": EMAIL, "password": PASSWORD})

    assert answers == {302: 20}
    assert len(db.session.scalars(select(User)).all()) == 1
    assert len(db.session.scalars(select(EmailToken)).all()) == 1
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 5  # the most mails to one address within an hour


def test_twenty_wrong_guesses_at_once_are_nine(app, session):
    somebody(email=EMAIL)
    answers = at_once(20, app, "/sign-in", {"email": EMAIL, "password": "wrong"})

    assert answers == {200: 20}
    assert at_once(1, app, "/sign-in", {"email": EMAIL, "password": PASSWORD}) == {200: 1}


def test_five_right_sign_ins_at_once_all_succeed(app, session):
    somebody(email=EMAIL)
    answers = at_once(5, app, "/sign-in", {"email": EMAIL, "password": PASSWORD})

    assert answers == {302: 5}
    assert len(db.session.scalars(select(UserSession)).all()) == 5


def test_a_link_used_by_five_at_once_works_for_one(app, visitor):
    visitor.submit("/register", {"name": "Sam Taylor", "email": EMAIL, "password": PASSWORD})
    token = newest_link().partition("token=")[2]
    answers = at_once(5, app, "/confirm-email", {"token": token, "password": PASSWORD})

    assert answers[302] == 1
    assert sum(answers[status] for status in (200, 409, 410)) == 4
    assert len(db.session.scalars(select(UserSession)).all()) == 1


def test_a_reset_link_used_by_five_at_once_works_for_one(app, visitor):
    somebody(email=EMAIL)
    visitor.submit("/reset-password", {"email": EMAIL})
    token = newest_link().partition("token=")[2]
    answers = at_once(5, app, "/reset-password/new", {"token": token, "password": "four blue hens sing"})

    assert answers[302] == 1
    assert answers[409] + answers[410] == 4


def test_a_password_changed_twice_at_once_changes_once(app, visit_as):
    user = somebody(email=EMAIL)
    data = {"current": PASSWORD, "password": "four blue hens sing"}
    answers = at_once(2, app, "/account/password", data, lambda: visit_as(user))

    assert answers[302] >= 1
    assert sum(answers[status] for status in (302, 200, 409)) == 2
