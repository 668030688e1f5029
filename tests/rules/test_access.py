"""Who may do what, written out: one line a right, so that a right that is added or lost by a slip is seen."""

from itertools import product
from types import SimpleNamespace

import pytest

from recruit.core.errors import NotAllowed
from recruit.rules.access import MAY, NOBODY, STAFF, SYSTEM, Actor, Permission, Role, authorise, can

pytestmark = pytest.mark.one_database

ME, SOMEBODY, MY_TEAM, OTHER_TEAM = 7, 8, 70, 80
THINGS = {
    "own": SimpleNamespace(
        id=ME,
        candidate_id=ME,
        team_id=MY_TEAM,
        author_id=ME,
        edited_by_id=None,
        sent_by_id=None,
        scorer_id=ME,
        chair_id=ME,
        interviewer_ids={ME},
    ),
    "other": SimpleNamespace(
        id=SOMEBODY,
        candidate_id=SOMEBODY,
        team_id=OTHER_TEAM,
        author_id=SOMEBODY,
        edited_by_id=SOMEBODY,
        sent_by_id=SOMEBODY,
        scorer_id=SOMEBODY,
        chair_id=SOMEBODY,
        interviewer_ids={SOMEBODY},
    ),
}
ALLOWED = {
    ("account:manage", "admin", "own"),
    ("account:manage", "admin", "other"),
    ("application:assign", "hr", "other"),
    ("application:edit", "candidate", "own"),
    ("application:equality", "candidate", "own"),
    ("application:export", "hr", "own"),
    ("application:export", "hr", "other"),
    ("application:label", "hr", "other"),
    ("application:note", "hr", "other"),
    ("application:read", "hr", "other"),
    ("application:reopen", "hr", "other"),
    ("application:review", "hr", "other"),
    ("content:edit", "admin", "own"),
    ("content:edit", "admin", "other"),
    ("content:edit", "hr", "own"),
    ("content:edit", "hr", "other"),
    ("conversation:answer", "hr", "other"),
    ("conversation:template", "hr", "own"),
    ("conversation:template", "hr", "other"),
    ("conversation:write", "candidate", "own"),
    ("criteria:manage", "recruiter", "own"),
    ("application:start", "candidate", "own"),
    ("application:start", "candidate", "other"),
    ("application:submit", "candidate", "own"),
    ("application:withdraw", "candidate", "own"),
    ("details:answer", "candidate", "own"),
    ("details:check", "hr", "other"),
    ("details:dbs", "safeguarding", "other"),
    ("details:read", "hr", "other"),
    ("disclosure:conclude", "safeguarding", "other"),
    ("disclosure:send", "candidate", "own"),
    ("disclosure:view", "safeguarding", "own"),
    ("disclosure:view", "safeguarding", "other"),
    ("document:ask", "hr", "other"),
    ("document:send", "candidate", "own"),
    ("equality:read", "admin", "own"),
    ("equality:read", "admin", "other"),
    ("equality:read", "hr", "own"),
    ("equality:read", "hr", "other"),
    ("interest:read", "hr", "own"),
    ("interest:read", "hr", "other"),
    ("interest:read", "recruiter", "own"),
    ("interest:read", "recruiter", "other"),
    ("interest:register", "candidate", "own"),
    ("interview:choose", "candidate", "own"),
    ("interview:manage", "hr", "own"),
    ("interview:manage", "hr", "other"),
    ("label:manage", "hr", "own"),
    ("label:manage", "hr", "other"),
    ("message:settle", "hr", "other"),
    ("message:to-staff:read", "hr", "own"),
    ("message:to-staff:read", "hr", "other"),
    ("message:to-staff:read", "admin", "own"),
    ("message:to-staff:read", "admin", "other"),
    ("panel:manage", "hr", "own"),
    ("panel:manage", "hr", "other"),
    ("pay:manage", "admin", "own"),
    ("pay:manage", "admin", "other"),
    ("interview:hold", "panel", "own"),
    ("question:manage", "hr", "own"),
    ("question:manage", "hr", "other"),
    ("question:manage", "panel", "own"),
    ("question_set:change", "hr", "own"),
    ("question_set:change", "hr", "other"),
    ("question_set:change", "panel", "own"),
    ("queue:view", "hr", "own"),
    ("queue:view", "hr", "other"),
    ("sheet:export", "panel", "own"),
    ("sheet:export", "panel", "other"),
    ("sheet:moderate", "panel", "own"),
    ("sheet:remove", "hr", "other"),
    ("sheet:score", "panel", "own"),
    ("synonym:edit", "admin", "own"),
    ("synonym:edit", "admin", "other"),
    ("sift:close", "hr", "own"),
    ("sift:close", "hr", "other"),
    ("sift:close", "panel", "own"),
    ("team:manage", "admin", "own"),
    ("team:manage", "admin", "other"),
    ("terms:approve", "admin", "other"),
    ("vacancy:approve", "hr", "other"),
    ("vacancy:award", "hr", "own"),
    ("vacancy:award", "hr", "other"),
    ("vacancy:cancel", "hr", "own"),
    ("vacancy:cancel", "hr", "other"),
    ("vacancy:cancel", "recruiter", "own"),
    ("vacancy:comment", "hr", "own"),
    ("vacancy:comment", "hr", "other"),
    ("vacancy:comment", "recruiter", "own"),
    ("vacancy:create", "recruiter", "own"),
    ("vacancy:edit", "recruiter", "own"),
    ("vacancy:send", "recruiter", "own"),
    ("vacancy:steer", "hr", "own"),
    ("vacancy:steer", "hr", "other"),
    ("vacancy:steer", "recruiter", "own"),
}
"""Permission, role and whose the thing is: of the one who asks (their application, their team's vacancy), or not."""


def actor(*roles: Role) -> Actor:
    return Actor(ME, frozenset(roles), frozenset({MY_TEAM}))


@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_do_what_is_written_and_nothing_else(permission: Permission):
    for role, (whose, thing) in product(Role, THINGS.items()):
        is_allowed = (permission.value, role.value, whose) in ALLOWED

        assert can(actor(role), permission, thing) is is_allowed, (role, whose)
        if is_allowed:
            authorise(actor(role), permission, thing)
        else:
            with pytest.raises(NotAllowed, match=r"^You do not have permission to do this\.$"):
                authorise(actor(role), permission, thing)


@pytest.mark.parametrize("permission", Permission)
def test_several_roles_together_may_do_what_each_may(permission: Permission):
    of_some_role = {whose: any((permission.value, role.value, whose) in ALLOWED for role in Role) for whose in THINGS}

    assert {whose: can(actor(*Role), permission, thing) for whose, thing in THINGS.items()} == of_some_role


@pytest.mark.parametrize("nobody", [Actor(), Actor(ME), Actor(team_ids=frozenset({MY_TEAM}))])
@pytest.mark.parametrize("permission", Permission)
def test_who_holds_no_role_may_do_nothing(permission: Permission, nobody: Actor):
    assert [can(nobody, permission, thing) for thing in THINGS.values()] == [False, False]


@pytest.mark.parametrize("part", ["author_id", "edited_by_id", "sent_by_id"])
def test_nobody_approves_what_they_started_saved_last_or_sent(part: str):
    nobodys = {"author_id": SOMEBODY, "edited_by_id": SOMEBODY, "sent_by_id": SOMEBODY, "team_id": OTHER_TEAM}

    assert can(actor(*Role), Permission.VACANCY_APPROVE, SimpleNamespace(**nobodys)) is True
    assert can(actor(*Role), Permission.VACANCY_APPROVE, SimpleNamespace(**{**nobodys, part: ME})) is False


def test_a_recruiter_without_a_team_may_do_nothing():
    of_no_team = Actor(ME, frozenset({Role.RECRUITER}))

    assert [name for name in Permission if any(can(of_no_team, name, thing) for thing in THINGS.values())] == []


def test_an_operator_s_command_has_an_administrator_s_rights():
    held = {name.value for name in Permission if can(SYSTEM, name, THINGS["other"])}

    assert held == {
        "account:manage",
        "content:edit",
        "equality:read",
        "message:to-staff:read",
        "pay:manage",
        "synonym:edit",
        "team:manage",
    }


def test_every_permission_is_somebody_s():
    assert set(MAY) == set(Permission)
    assert {name for name, _role, _whose in ALLOWED} == {permission.value for permission in Permission}


@pytest.mark.parametrize(
    ("who", "signed_in", "staff"),
    [
        (Actor(), False, False),
        (Actor(NOBODY, frozenset({Role.HR})), False, True),
        (actor(Role.CANDIDATE), True, False),
        *[(actor(role), True, True) for role in (Role.RECRUITER, Role.HR, Role.PANEL, Role.SAFEGUARDING, Role.ADMIN)],
        (actor(Role.CANDIDATE, Role.PANEL), True, True),
    ],
)
def test_who_is_signed_in_and_who_is_staff(who: Actor, signed_in: bool, staff: bool):
    assert (who.is_signed_in, who.is_staff) == (signed_in, staff)


def test_everybody_but_candidates_is_staff():
    assert {"recruiter", "hr", "panel", "safeguarding", "admin"} == STAFF
