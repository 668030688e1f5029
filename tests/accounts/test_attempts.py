from datetime import timedelta

import pytest
from sqlalchemy import select

from recruit.accounts import attempts
from recruit.accounts.attempts import Asker, Purpose, Verdict, begin, forgive, take_back
from recruit.accounts.models import Attempt
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules import limits
from tests.factories import NOW

HOME, OFFICE = Asker("192.0.2.1", "a secret"), Asker("192.0.2.2", "a secret")


def try_once(asker=HOME, account="sam@demo.example", purpose=Purpose.SIGN_IN, now=NOW):
    with transaction():
        return begin(asker, purpose, account, now=now)


def test_the_tenth_try_for_an_account_within_five_minutes_is_refused_from_anywhere(session):
    verdicts = [try_once(Asker(f"192.0.2.{number}", "a secret")).verdict for number in range(10)]

    assert verdicts == [Verdict.ALLOWED] * 9 + [Verdict.ACCOUNT_LIMIT]
    assert try_once(OFFICE, account="robin@demo.example").verdict is Verdict.ALLOWED


def test_the_fiftieth_try_from_an_address_within_five_minutes_is_refused_for_any_account(session):
    verdicts = [try_once(account=f"person{number}@demo.example").verdict for number in range(50)]

    assert verdicts == [Verdict.ALLOWED] * 49 + [Verdict.ADDRESS_LIMIT]
    assert try_once(OFFICE, account="person50@demo.example").verdict is Verdict.ALLOWED


def test_tries_for_an_account_that_is_over_its_limit_still_count_for_the_address(session):
    verdicts = [try_once().verdict for _ in range(50)]

    assert verdicts == [Verdict.ALLOWED] * 9 + [Verdict.ACCOUNT_LIMIT] * 40 + [Verdict.ADDRESS_LIMIT]


def test_refused_tries_do_not_keep_the_owner_out_longer(session):
    for minute in range(9):
        try_once(now=NOW + timedelta(seconds=minute))
    for second in range(10, 20):
        assert try_once(OFFICE, now=NOW + timedelta(seconds=second)).verdict is Verdict.ACCOUNT_LIMIT

    last_moment, after = NOW + limits.SIGN_IN_WINDOW - timedelta(seconds=1), NOW + limits.SIGN_IN_WINDOW
    assert try_once(OFFICE, now=last_moment).verdict is Verdict.ACCOUNT_LIMIT
    assert try_once(OFFICE, now=after).verdict is Verdict.ALLOWED


def test_a_try_taken_back_is_not_counted_and_earlier_ones_are(session):
    for _ in range(8):
        try_once()
    right = try_once()
    with transaction():
        take_back(right)

    assert [try_once().verdict for _ in range(2)] == [Verdict.ALLOWED, Verdict.ACCOUNT_LIMIT]


def test_forgiving_an_account_leaves_the_address_counted(session):
    for _ in range(10):
        try_once()
    with transaction():
        forgive(HOME, Purpose.SIGN_IN, "sam@demo.example")

    assert try_once().verdict is Verdict.ALLOWED
    assert len(db.session.scalars(select(Attempt)).all()) == 10 + 2  # ten of the address, and the two of the new try


def test_purposes_are_counted_apart(session):
    verdicts = [try_once(purpose=Purpose.MAIL).verdict for _ in range(6)]

    assert verdicts == [Verdict.ALLOWED] * 5 + [Verdict.ACCOUNT_LIMIT]
    assert try_once().verdict is Verdict.ALLOWED


def test_rows_say_neither_who_nor_where_and_depend_on_the_secret(session):
    try_once()
    keys = {row.key for row in db.session.scalars(select(Attempt))}
    try_once(Asker("192.0.2.1", "another secret"))
    all_keys = {row.key for row in db.session.scalars(select(Attempt))}

    assert [len(key) for key in keys] == [64, 64]
    assert len(all_keys) == 4
    assert "secret" not in repr(HOME)


@pytest.mark.parametrize("purpose", Purpose)
def test_addresses_of_one_home_are_counted_together_and_its_neighbours_apart(session, purpose):
    most = attempts.LIMITS[purpose].address
    for number in range(most):
        asker = Asker(f"2001:db8:1:2:{number:x}::{number:x}", "a secret")
        assert try_once(asker, f"person{number}@demo.example", purpose).verdict is Verdict.ALLOWED

    verdicts = [
        try_once(Asker(address, "a secret"), "one@demo.example", purpose).verdict
        for address in ("2001:db8:1:2:ffff::1", "2001:db8:1:3::1", "192.0.2.1")
    ]
    assert verdicts == [Verdict.ADDRESS_LIMIT, Verdict.ALLOWED, Verdict.ALLOWED]


def test_an_ipv4_address_is_counted_the_same_however_it_is_written(session):
    for number in range(limits.SIGN_IN_TRIES_ADDRESS):
        try_once(Asker(["192.0.2.1", "::ffff:192.0.2.1"][number % 2], "a secret"), f"person{number}@demo.example")

    verdicts = [
        try_once(Asker(address, "a secret"), "one@demo.example").verdict
        for address in ("192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201", "192.0.2.2", "::ffff:192.0.2.2")
    ]
    assert verdicts == [Verdict.ADDRESS_LIMIT] * 3 + [Verdict.ALLOWED] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_counting_costs_the_same_however_many_tries_there_are(session, queries, count):
    for _ in range(count):
        try_once()
    queries.clear()
    try_once()

    assert len([query for query in queries if "advisory" not in query]) == 2  # the counts; the new rows


def test_every_purpose_has_a_limit():
    assert set(attempts.LIMITS) == set(Purpose)
