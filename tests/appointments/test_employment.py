"""Details before a start: when they are asked, what is kept and how, sending, checking, and when they end."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.saving import Entered, SavedElsewhere
from recruit.appointments import employment_checks as checks
from recruit.appointments import employment_service as service
from recruit.appointments import leaving
from recruit.appointments.employment_models import EmploymentDetails, EmploymentEvent, EmploymentPart
from recruit.appointments.employment_opening import (
    ask_for_details,
    close_details,
    open_details,
    remind_of_details,
    reopen_details,
)
from recruit.appointments.employment_own_data import own_employment_details
from recruit.appointments.employment_queries import number_finished, saved_part
from recruit.appointments.employment_standing import overall_on
from recruit.appointments.employment_starters import starters
from recruit.core import clock
from recruit.core.calendar import london_day, working_days_after
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.review.reopening import reopen_application
from recruit.review.service import undo_move
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.employment import Act, Check, Finding, Part
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.appointments.asked import (
    ACCOUNT,
    ANSWERS,
    CANARIES,
    HOME,
    NI,
    NOTHING,
    add_home,
    answer,
    answer_all,
    appoint,
    appointed,
    asked_on,
    on_the_reserve_list,
    quickly_appointed,
    send,
)
from tests.review.sent import sent_application

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)  # a Monday


@pytest.fixture
def hr(session):
    return factories.UserFactory(roles=[Role.HR]).as_actor()


@pytest.fixture
def details(session) -> EmploymentDetails:
    return asked_on(quickly_appointed())


def acts() -> list[tuple[Act, str]]:
    return [(one.act, one.note) for one in db.session.query(EmploymentEvent).order_by(EmploymentEvent.id)]


def mails() -> list[str]:
    rows = db.session.query(OutboxMessage).filter(OutboxMessage.cancelled_at.is_(None)).order_by(OutboxMessage.id)
    return [row.notification.value for row in rows if row.notification.value.startswith("details")]


def test_they_are_asked_once_the_appointment_is_released_and_not_before(hr):
    application = on_the_reserve_list(hr)
    now = clock.now()
    open_details(hr, [application], now=now)
    assert db.session.query(EmploymentDetails).count() == 0, "nobody is to be appointed"

    appoint(hr, application)

    details = asked_on(application)
    assert details.is_open
    assert not details.is_sent
    assert details.due_on == working_days_after(london_day(now), 10)
    assert acts() == [(Act.ASKED, "")]
    assert mails() == ["details_asked"]


def test_reopening_an_appointment_deletes_what_was_not_sent_and_undoing_that_asks_again(hr):
    application, now = appointed(hr), clock.now()
    details = asked_on(application)
    answer(details, Part.BANK)

    reopen_application(hr, application, "A mistake", seen_version=application.version, now=now)
    db.session.commit()

    assert db.session.query(EmploymentPart).count() == 0
    assert not details.is_open
    assert details.cleared_at
    with pytest.raises(Conflict, match="do not ask for these details any more"):
        answer(details, Part.HEALTH)

    undo_move(hr, application, seen_version=application.version, now=now)
    db.session.commit()
    assert details.is_open
    assert answer(details, Part.HEALTH) == []
    assert [act for act, _ in acts()] == [Act.ASKED, Act.BANK_CHANGED, Act.CLOSED, Act.ASKED]
    assert mails() == ["details_bank_changed", "details_asked"], "what had not gone was called back"


def test_what_is_sent_after_an_earlier_form_was_deleted_is_not_said_to_be_deleted(hr, details):
    ids, now = [details.application_id], clock.now()
    answer(details, Part.HEALTH)
    close_details(hr, ids, now=now)
    open_details(hr, [details.application], now=now)
    db.session.commit()
    assert details.cleared_at is not None
    answer_all(details)
    send(details)
    close_details(hr, ids, now=now)
    db.session.commit()
    assert details.cleared_at is None

    details.cleared_at = now
    with pytest.raises(IntegrityError):
        db.session.commit()


def test_a_correction_that_was_cut_short_is_asked_for_again_with_a_new_day(hr, details):
    answer_all(details)
    send(details)
    asked_at, later = details.asked_at, clock.now() + timedelta(days=40)
    reopen_details(hr, details, "Wrong month", seen_version=details.version, now=clock.now())
    close_details(hr, [details.application_id], now=clock.now())
    db.session.commit()
    with pytest.raises(Conflict, match="nobody can read them yet"):
        checks.open_answers(hr, details, now=later)

    open_details(hr, [details.application], now=later)
    db.session.commit()

    assert mails()[-1] == "details_again"
    assert mails().count("details_again") == 1, "the first was called back"
    assert details.due_on == working_days_after(london_day(later), 10)
    assert (details.again, details.asked_at) == ("Wrong month", asked_at)


def test_withdrawing_while_another_window_saves_waits_for_it_and_deletes_that_too(app, details):
    key, candidate_id = details.application_id, details.candidate_id

    def withdraw() -> None:
        with app.app_context(), transaction():
            application = db.session.get_one(Application, key)
            actor = db.session.get_one(User, candidate_id).as_actor()
            leaving.withdraw_application(actor, application, reason="Another job", now=clock.now())

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            actor = details.application.candidate.as_actor()
            entered = Entered(ANSWERS[Part.BANK], "", finished=True)
            service.save_part(actor, details, Part.BANK, entered, NOTHING, now=clock.now())
            withdrawn = pool.submit(withdraw)
            wait([withdrawn], 0.2)
        withdrawn.result()

    assert db.session.query(EmploymentPart).count() == 0
    assert asked_on(db.session.get_one(Application, key)).cleared_at is not None


@pytest.mark.parametrize("is_sent", [False, True])
def test_withdrawing_deletes_what_was_not_sent_and_keeps_what_was(details, is_sent):
    answer_all(details)
    if is_sent:
        send(details)
    candidate = details.application.candidate.as_actor()

    leaving.withdraw_application(candidate, details.application, reason="Another job", now=clock.now())
    db.session.commit()

    assert db.session.query(EmploymentPart).count() == (len(Part) if is_sent else 0)
    assert (details.cleared_at is None) is is_sent
    assert acts()[-1] == (Act.CLOSED, "" if is_sent else "What was not sent was deleted.")


def test_cancelling_the_vacancy_ends_it(hr, details):
    answer(details, Part.HEALTH)
    recruiter = factories.UserFactory(roles=[Role.HR]).as_actor()
    vacancy = details.application.vacancy
    leaving.cancel_vacancy(recruiter, vacancy, "No money", seen_version=vacancy.version, now=clock.now())
    db.session.commit()
    assert db.session.query(EmploymentPart).count() == 0
    assert details.closed_at is not None

    assert details.application.status is ApplicationStatus.APPOINTED, "they keep what they were told"
    assert not service.is_conditional_offer(details.application)
    open_details(hr, [details.application], now=clock.now())
    assert details.closed_at is not None


def test_hr_asks_only_of_who_is_to_be_appointed_as_it_stands_by_then(hr):
    application, now = sent_application(), clock.now()
    application.status = ApplicationStatus.APPOINTED
    db.session.commit()
    with pytest.raises(NotAllowed):
        ask_for_details(application.candidate.as_actor(), application, now=now)

    assert application.status is ApplicationStatus.APPOINTED
    db.session.execute(text("UPDATE application SET status = 'shortlisted'"))  # by somebody else, since it was read
    with pytest.raises(Conflict, match="Nobody was asked"):
        ask_for_details(hr, application, now=now)
    assert mails() == []

    application.status = ApplicationStatus.APPOINTED
    db.session.commit()
    for _ in range(2):
        ask_for_details(hr, application, now=now)
        db.session.commit()
    assert mails() == ["details_asked"]


@pytest.mark.one_database
def test_closing_and_taking_away_cost_the_same_for_however_many(hr, queries):
    owner_id, ids = factories.UserFactory().id, []
    for added in (1, 2):  # 1 and 3 applications
        for _ in range(added):
            application = quickly_appointed(candidate=db.session.get_one(User, owner_id))
            answer(asked_on(application), Part.HEALTH)
            ids.append(application.id)
        db.session.query(OutboxMessage).update({"about": "another"})  # each that waits is called back on its own
        db.session.commit()
        owner = db.session.get_one(User, owner_id).as_actor()
        db.session.expunge_all()
        queries.clear()
        assert len(own_employment_details(owner)) == len(ids)
        assert len(queries) == 2

        db.session.expunge_all()
        queries.clear()
        close_details(hr, ids, now=clock.now())
        kinds = [one.split()[0] for one in queries]
        assert [kind for kind in kinds if kind in ("SELECT", "DELETE")] == ["SELECT", "DELETE", "SELECT"]
        assert db.session.query(EmploymentPart).count() == 0
        db.session.rollback()


def test_nothing_of_it_can_be_read_in_the_database_or_a_mail_or_the_record(hr, details):
    answer_all(details)
    send(details)
    checks.open_answers(hr, details, now=clock.now())
    checks.show_bank(hr, details, now=clock.now())
    db.session.commit()

    kept = []
    for table in ("employment_part", "employment_details", "employment_event", "outbox_message"):
        kept += [str(tuple(row)) for row in db.session.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608  names above

    assert len(kept) > len(Part)
    assert [canary for canary in CANARIES if any(canary in row for row in kept)] == []
    assert saved_part(details.application_id, Part.IDENTITY, NOTHING).answers["ni_number"] == NI


def test_each_saving_of_other_bank_details_is_told_and_empty_boxes_change_nothing(details):
    answer(details, Part.BANK)
    answer(details, Part.BANK, dict.fromkeys(service.BANK, ""))
    answer(details, Part.BANK)
    assert saved_part(details.application_id, Part.BANK, NOTHING).answers["account_number"] == ACCOUNT
    assert mails() == ["details_asked", "details_bank_changed"]

    answer(details, Part.BANK, {**ANSWERS[Part.BANK], "account_number": "11111111"})
    assert mails() == ["details_asked", "details_bank_changed", "details_bank_changed"]


def test_what_another_answer_makes_needless_is_not_kept(details):
    answer(details, Part.RIGHT_TO_WORK)
    answer(details, Part.RIGHT_TO_WORK, {"proof": "passport"})
    assert saved_part(details.application_id, Part.RIGHT_TO_WORK, NOTHING).answers["share_code"] == ""

    answer(details, Part.IDENTITY)
    answer(details, Part.IDENTITY, {"has_no_ni": True})
    assert saved_part(details.application_id, Part.IDENTITY, NOTHING).answers["ni_number"] == ""


def test_of_two_windows_the_second_is_told(details):
    actor, now = details.application.candidate.as_actor(), clock.now()
    answer(details, Part.HEALTH, {"wants_contact": True})
    with pytest.raises(SavedElsewhere):
        service.save_part(actor, details, Part.HEALTH, Entered({"wants_contact": False}, ""), NOTHING, now=now)
    add_home(details)
    with pytest.raises(SavedElsewhere):
        service.save_entry(actor, details, Part.ADDRESSES, None, Entered(HOME, ""), NOTHING, now=now)
    with pytest.raises(SavedElsewhere):
        service.remove_entry(actor, details, Part.ADDRESSES, 0, NOTHING, seen="", now=now)
    db.session.rollback()
    assert saved_part(details.application_id, Part.HEALTH, NOTHING).answers == {"wants_contact": True}


def test_addresses_are_added_changed_and_removed_up_to_a_limit(details):
    actor, now = details.application.candidate.as_actor(), clock.now()
    add_home(details)
    add_home(details, address_line_1="2 Old Road", to_month=date(2014, 1, 1), from_month=date(2013, 1, 1))
    entries = saved_part(details.application_id, Part.ADDRESSES, NOTHING)
    assert [one["address_line_1"] for one in entries.answers["entries"]] == ["1 High Street", "2 Old Road"]
    service.remove_entry(actor, details, Part.ADDRESSES, 0, NOTHING, seen=entries.mark, now=now)
    db.session.commit()

    def save(place, number):
        part = db.session.get_one(EmploymentPart, (details.application_id, Part.ADDRESSES))
        part.answers = service.packed({"entries": [{**HOME}] * number})
        db.session.commit()
        seen = str(part.version)
        service.save_entry(actor, details, Part.ADDRESSES, place, Entered(HOME, seen), NOTHING, now=now)
        db.session.commit()

    save(None, limits.ENTRIES - 1)
    with pytest.raises(Incomplete, match="At most"):
        save(None, limits.ENTRIES)
    with pytest.raises(NotFound):
        save(3, 3)


def test_what_is_no_list_or_longer_than_any_line_is_not_kept(details):
    actor, now, long = details.application.candidate.as_actor(), clock.now(), Entered({"other_names": "x" * 201})
    with pytest.raises(NotFound):
        service.save_entry(actor, details, Part.BANK, None, Entered(HOME), NOTHING, now=now)
    with pytest.raises(NotFound):
        service.remove_entry(actor, details, Part.BANK, 0, NOTHING, seen="", now=now)
    with pytest.raises(Incomplete, match="Other names must be 200"):
        service.save_part(actor, details, Part.IDENTITY, long, NOTHING, now=now)
    with pytest.raises(Incomplete, match="200 characters"):
        add_home(details, town="x" * 201)


@pytest.mark.parametrize("wrong", [{"from_month": date(2099, 1, 1)}, {"to_month": date(2014, 1, 1)}, {"town": ""}])
def test_an_address_that_cannot_be_is_not_sent(details, wrong):
    answer_all(details)
    add_home(details, **wrong)
    db.session.get_one(EmploymentPart, (details.application_id, Part.ADDRESSES)).is_complete = True
    db.session.commit()
    with pytest.raises(Incomplete, match="not ready to be sent"):
        send(details)


def test_they_are_sent_once_whole_and_as_they_were_checked(hr, details):
    actor, now = details.application.candidate.as_actor(), clock.now()
    with pytest.raises(Incomplete):
        send(details)
    answer_all(details)
    seen = details.version
    answer(details, Part.HEALTH, {"wants_contact": True})
    with pytest.raises(Conflict, match="changed since you checked"):
        service.send_details(actor, details, NOTHING, seen_version=seen, now=now)

    send(details)

    assert (details.is_sent, details.is_open) == (True, False)
    assert mails()[-1] == "details_received"
    for again in (lambda: send(details), lambda: answer(details, Part.HEALTH), lambda: add_home(details)):
        with pytest.raises(Conflict, match="have sent these details"):
            again()
    assert acts().count((Act.SENT, "")) == 1


def test_hr_opens_the_form_again_with_a_reason(hr, details):
    now = clock.now()
    with pytest.raises(Conflict):
        reopen_details(hr, details, "Wrong month", seen_version=details.version, now=now)
    answer_all(details)
    send(details)
    with pytest.raises(Incomplete):
        reopen_details(hr, details, " ", seen_version=details.version, now=now)
    with pytest.raises(Conflict, match="changed since you opened"):
        reopen_details(hr, details, "Wrong month", seen_version=0, now=now)
    reopen_details(hr, details, "Wrong month", seen_version=details.version, now=now)
    db.session.commit()

    assert details.is_open
    for act in (checks.open_answers, checks.show_bank):
        with pytest.raises(Conflict, match="nobody can read them yet"):
            act(hr, details, now=now)
    assert acts()[-1] == (Act.REOPENED, "Wrong month")
    assert mails()[-1] == "details_again"
    answer(details, Part.HEALTH, {"wants_contact": True})
    send(details)
    assert details.is_sent


def test_only_who_they_are_of_answers_and_only_hr_that_is_not_reads(hr, details):
    own = details.application.candidate
    others = [factories.UserFactory(roles=[role]).as_actor() for role in Role if role is not Role.HR]
    answer_all(details)
    with pytest.raises(Conflict, match="has not sent"):
        checks.open_answers(hr, details, now=clock.now())
    send(details)

    for actor in [*others, own.as_actor()]:
        for act in (checks.open_answers, checks.show_bank):
            with pytest.raises(NotAllowed):
                act(actor, details, now=clock.now())
        with pytest.raises(NotAllowed):
            reopen_details(actor, details, "x", seen_version=details.version, now=clock.now())
        with pytest.raises(NotAllowed):
            found(actor, details, Check.DBS, Finding.CLEAR)
    for actor in [*others, hr]:
        with pytest.raises(NotAllowed):
            service.save_part(actor, details, Part.HEALTH, Entered({}), NOTHING, now=clock.now())
    assert own_employment_details(hr) == []


def found(actor, details, kind, finding, *, seen=0, evidence="Original", day=None, words="") -> None:
    now = clock.now()
    day = day or london_day(now)
    checks.record_check(actor, details.application, kind, finding, day, evidence, words, seen_number=seen, now=now)
    db.session.commit()


def test_findings_are_added_and_never_changed_and_the_last_one_stands(hr, details):
    application_id = details.application_id
    found(hr, details, Check.DBS, Finding.UNDER_REVIEW, evidence="")
    found(hr, details, Check.DBS, Finding.CLEAR, seen=1)
    rows = checks.findings_of(application_id)
    assert [(one.number, one.finding) for one in rows] == [(1, Finding.UNDER_REVIEW), (2, Finding.CLEAR)]
    assert {kind: one.number for kind, one in checks.standing_of(application_id).items()} == {Check.DBS: 2}
    assert overall_on([application_id]) == {application_id: Finding.UNDER_REVIEW}

    for kind in set(Check) - {Check.DBS}:
        found(hr, details, kind, Finding.CLEAR)
    assert overall_on([application_id]) == {application_id: Finding.CLEAR}
    found(hr, details, Check.DBS, Finding.NOT_CLEAR, seen=2)
    assert overall_on([application_id]) == {application_id: Finding.UNDER_REVIEW}
    assert overall_on([]) == {}
    assert [(one.clear, one.not_clear) for one in starters(hr)] == [(len(Check) - 1, 1)]


def test_a_finding_that_cannot_be_is_refused(hr, details):
    for given, refusal in (
        ({"seen": 3}, Conflict),
        ({"evidence": " "}, Incomplete),
        ({"evidence": "x" * 201}, Incomplete),
        ({"words": "x" * 20_001}, Incomplete),
        ({"day": london_day(clock.now()) + timedelta(days=1)}, Incomplete),
    ):
        with pytest.raises(refusal):
            found(hr, details, Check.DBS, Finding.CLEAR, **given)
    db.session.execute(
        text("UPDATE employment_details SET closed_at = asked_at")
    )  # by somebody else, since it was read
    assert details.closed_at is None
    with pytest.raises(Conflict, match="while somebody is to be appointed"):
        found(hr, details, Check.DBS, Finding.CLEAR)


def test_nobody_is_reminded_of_a_day_that_is_past(details):
    details.asked_at, details.due_on = NOON, date(2026, 11, 16)
    db.session.commit()
    for day, number in [(17, 0), (16, 1)]:
        remind_of_details(datetime(2026, 11, day, 12, tzinfo=UTC))
        db.session.commit()
        assert mails().count("details_reminder") == number, day


def test_they_are_reminded_once_by_day_and_only_of_what_is_asked(details):
    details.asked_at, details.due_on = NOON, date(2026, 12, 1)
    db.session.commit()
    friday, monday = datetime(2026, 11, 6, 12, tzinfo=UTC), datetime(2026, 11, 9, 12, tzinfo=UTC)
    for moment, number in [(friday, 0), (monday.replace(hour=3), 0), (monday, 1), (monday + timedelta(days=9), 1)]:
        remind_of_details(moment)
        db.session.commit()
        assert mails().count("details_reminder") == number, moment
    assert acts()[-1] == (Act.REMINDED, "")


def test_people_take_away_all_of_it(details):
    answer_all(details)
    (own,) = own_employment_details(details.application.candidate.as_actor())
    assert {row["value"] for rows in own.parts.values() for row in rows} >= {NI, ACCOUNT, "5 June 1987", "W8A6CX7D2"}
    assert number_finished(details.application_id) == len(Part)
