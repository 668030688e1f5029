"""Asking for an alert, confirming, changing and ending it: what is allowed, what is refused, what nobody learns."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruit.alerts import links, queries, service
from recruit.alerts.models import Alert, AlertLink, AlertMatch, AlertSearch, Frequency, LinkPurpose
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.notifications import Notification
from recruit.vacancies.finder_query import Facet, Query
from tests.alerts.alerting import (
    ADDRESS,
    CONSENT,
    DAY,
    MINUTE,
    a_round,
    a_vacancy,
    an_alert,
    asked_for,
    messages,
)
from tests.factories import NOW


def number(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_asking_keeps_the_consent_word_for_word_and_sends_a_link(session: Session):
    asked_for("Sam@People.example", Query("MASH"), Frequency.WEEKLY)

    alert = session.scalars(select(Alert)).one()
    assert (alert.email, alert.email_key) == ("Sam@people.example", ADDRESS)
    assert (alert.consent, alert.consented_at, alert.confirmed_at) == (CONSENT, NOW, None)
    assert (alert.words, alert.search.words, alert.frequency) == ("MASH", "mash", Frequency.WEEKLY)
    assert [(one.notification, one.recipient) for one in session.scalars(select(OutboxMessage))] == [
        (Notification.ALERT_CONFIRM, "Sam@people.example")
    ]


def test_only_the_hash_of_a_link_is_kept(session: Session):
    token = asked_for()

    kept = session.scalars(select(AlertLink.token_hash)).one()

    assert token not in kept
    assert links.alert_of_link(token, LinkPurpose.CONFIRM, now=NOW) is not None
    assert links.alert_of_link(kept, LinkPurpose.CONFIRM, now=NOW) is None
    assert links.alert_of_link(token, LinkPurpose.MANAGE, now=NOW) is None


def test_a_link_that_confirms_lives_three_days(session: Session):
    token = asked_for()

    last = NOW + limits.ALERT_CONFIRM_LINK_LIVES
    found = [links.alert_of_link(token, LinkPurpose.CONFIRM, now=now) is None for now in (last - MINUTE, last)]

    assert found == [False, True]


def test_confirming_twice_is_confirming_once(session: Session):
    alert = an_alert()

    with transaction():
        service.confirm_alert(alert, now=NOW + DAY)

    assert (alert.confirmed_at, alert.kept_at) == (NOW, NOW)


def test_asking_again_before_confirming_keeps_one_alert_with_the_newest_answers(session: Session):
    asked_for(query=Query("mash"), frequency=Frequency.DAILY)
    asked_for(query=Query("MASH"), frequency=Frequency.WEEKLY, now=NOW + MINUTE)

    alert = session.scalars(select(Alert)).one()
    assert (alert.words, alert.frequency, alert.consented_at) == ("MASH", Frequency.WEEKLY, NOW + MINUTE)


def test_who_has_the_alert_already_is_told_by_mail_and_nothing_changes(session: Session):
    alert = an_alert(frequency=Frequency.DAILY)

    asked_for(frequency=Frequency.INSTANT)

    assert alert.frequency == Frequency.DAILY
    told = messages(Notification.ALERT_EXISTS)[0]
    assert links.alert_of_link(told.context["token"], LinkPurpose.MANAGE, now=NOW) is alert
    assert number(session, Alert) == 1


def test_an_address_has_so_many_alerts_and_no_more(session: Session):
    for index in range(limits.ALERTS_AN_ADDRESS):
        asked_for(query=Query(f"word {chr(97 + index)}"))
    an_alert("other@people.example", Query("one more"))
    asked_for(query=Query("one more"))

    mine = queries.alerts_of(ADDRESS, confirmed=False)
    assert len(mine) == limits.ALERTS_AN_ADDRESS
    assert [message.recipient for message in messages(Notification.ALERT_LIMIT)] == [ADDRESS]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("front door", "‘front door’, Full time"),
        ("children’s disability-team", "‘children’s disability-team’, Full time"),
        ("win at evil.example", "‘the words that were typed’, Full time"),
        ("call 0800 123", "‘the words that were typed’, Full time"),
        ("x" * 41, "‘the words that were typed’, Full time"),
    ],
)
def test_the_first_mail_carries_no_strangers_message(session: Session, words: str, said: str):
    asked_for(query=Query(words, {Facet.HOURS: ("full_time",)}))

    assert messages(Notification.ALERT_CONFIRM)[0].context["search"] == said


def test_an_address_that_is_none_is_refused(session: Session):
    with pytest.raises(ValueError, match="not a mail address"):
        service.ask_for_alert("nobody", Query(), Frequency.DAILY, CONSENT, now=NOW)


def test_what_was_not_confirmed_cannot_be_changed(session: Session):
    token = asked_for()
    alert = links.alert_of_link(token, LinkPurpose.CONFIRM, now=NOW)

    with pytest.raises(Conflict), transaction():
        service.change_alert(alert, Frequency.WEEKLY, now=NOW)

    assert alert.frequency == Frequency.INSTANT


def test_changing_is_also_a_yes(session: Session):
    alert = an_alert()
    with transaction():
        alert.asked_at = NOW + DAY

    with transaction():
        service.change_alert(alert, Frequency.WEEKLY, now=NOW + 2 * DAY)

    assert (alert.frequency, alert.kept_at, alert.asked_at) == (Frequency.WEEKLY, NOW + 2 * DAY, None)


def test_ending_forgets_everything_and_takes_back_the_mail_that_waits(session: Session):
    alert = an_alert(query=Query("social worker"))
    a_vacancy(NOW + DAY)
    a_round(NOW + DAY)

    with transaction():
        service.end_alert(alert, now=NOW + DAY)

    message = messages()[0]
    assert (message.cancelled_at, message.context) == (NOW + DAY, {})
    assert [number(session, model) for model in (Alert, AlertLink, AlertMatch, AlertSearch)] == [0, 0, 0, 0]


def test_a_search_that_others_ask_for_stays(session: Session):
    alert = an_alert(query=Query("mash"))
    an_alert("other@people.example", Query("mash"))

    with transaction():
        service.end_alert(alert, now=NOW)

    assert (number(session, Alert), number(session, AlertSearch)) == (1, 1)
