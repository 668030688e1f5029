"""What a panel lacks, in words, and who can be on it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recruit.accounts.models import RoleGrant
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.panels import setup
from recruit.panels.composition import Member, members_of, missing, people_to_choose
from recruit.panels.models import SaferRecruitmentTraining, SiftEvent
from recruit.rules.access import Role
from tests.factories import UserFactory
from tests.panels.sifting import closed_vacancy, hr_person, panel_member, with_panel

pytestmark = pytest.mark.usefixtures("session")
DAY = date(2026, 3, 31)


def member(name: str = "Ann", **given) -> Member:
    usual = {
        "is_chair": False,
        "trained_on": None,
        "valid_until": None,
        "is_panel": True,
        "sees_names": False,
        "applied": False,
    }
    return Member(1, name, **{**usual, **given})


TRAINED = {"trained_on": date(2024, 1, 1), "valid_until": DAY}


@pytest.mark.parametrize(
    ("members", "sentences"),
    [
        ([member(is_chair=True, **TRAINED), member("Bo")], []),
        (
            [],
            [
                "It needs 2 more members: 2 people at least score.",
                "It needs a chair, who settles where two scorers differ.",
                "It needs a member whose safer-recruitment training counts on 31 March 2026, the day of closing.",
            ],
        ),
        (
            [member(is_chair=True, trained_on=date(2024, 1, 1), valid_until=date(2026, 3, 30)), member("Bo")],
            ["It needs a member whose safer-recruitment training counts on 31 March 2026, the day of closing."],
        ),
        (
            [member(is_chair=True, trained_on=date(2026, 4, 1), valid_until=date(2029, 4, 1)), member("Bo")],
            ["It needs a member whose safer-recruitment training counts on 31 March 2026, the day of closing."],
        ),
        (
            [member(is_chair=True, **TRAINED), member("Bo", applied=True, sees_names=True, is_panel=False)],
            [
                "Bo applied for this vacancy, so they cannot be on its panel.",
                "Bo is in HR and can see names, so they cannot score without them.",
                "Bo has no panel member’s account any more.",
            ],
        ),
    ],
)
def test_what_a_panel_lacks_is_said(members, sentences):
    assert missing(members, DAY) == sentences


def test_only_panel_members_outside_hr_who_did_not_apply_are_offered():
    vacancy, (one, _) = closed_vacancy(2)
    good = panel_member("Good")
    UserFactory(name="HR too", roles=[Role.PANEL, Role.HR])
    UserFactory(name="Recruiter", roles=[Role.RECRUITER])
    db.session.add(RoleGrant(user_id=one.candidate_id, role=Role.PANEL))
    panel_member("Disabled").disabled_at = clock.now()
    db.session.commit()

    assert people_to_choose(vacancy.id) == [(good.id, "Good")]
    with pytest.raises(Incomplete, match="Select a person from the list"), transaction():
        setup.add_member(hr_person().as_actor(), vacancy, one.candidate_id, now=clock.now())


def test_only_hr_sets_up_a_panel():
    vacancy, _ = closed_vacancy(1)
    other = panel_member()

    for actor in (other.as_actor(), UserFactory(roles=[Role.RECRUITER, Role.ADMIN]).as_actor()):
        with pytest.raises(NotAllowed), transaction():
            setup.add_member(actor, vacancy, other.id, now=clock.now())


def test_the_first_is_the_chair_and_another_can_be():
    vacancy, _ = closed_vacancy(1)
    members, hr = [panel_member("Member A"), panel_member("Member B")], hr_person()
    with_panel(vacancy, members, hr)
    assert [one.is_chair for one in members_of(vacancy.id)] == [True, False]

    with transaction():
        setup.choose_chair(hr.as_actor(), vacancy, members[1].id, now=clock.now())

    assert [one.is_chair for one in members_of(vacancy.id)] == [False, True]
    assert [event.what for event in db.session.query(SiftEvent).order_by(SiftEvent.id)] == [
        "Member A joined the panel as its chair",
        "Member B joined the panel",
        "Safer-recruitment training of Member A: 5 January 2026, counts until 5 January 2029",
        "Member B is the chair",
    ]
    with pytest.raises(Conflict, match="not on the panel any more"), transaction():
        setup.choose_chair(hr.as_actor(), vacancy, hr.id, now=clock.now())


def test_training_counts_for_three_years_and_is_not_in_the_future():
    vacancy, _ = closed_vacancy(1)
    one, hr = panel_member(), hr_person()
    now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with transaction():
        setup.add_member(hr.as_actor(), vacancy, one.id, now=now)
        setup.record_training(hr.as_actor(), vacancy, one.id, date(2024, 2, 29), now=now)
    with pytest.raises(Incomplete, match="today at the latest"), transaction():
        setup.record_training(hr.as_actor(), vacancy, one.id, (now + timedelta(days=1)).date(), now=now)

    training = db.session.query(SaferRecruitmentTraining).one()
    assert (training.trained_on, training.valid_until) == (date(2024, 2, 29), date(2027, 2, 28))
