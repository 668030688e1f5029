"""The demo's pay tables, grades, teams, scheme and accounts."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import RoleGrant, User
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.demo.content import content
from recruit.demo.sign_ins import ACCOUNTS, COLLEAGUE, SECOND_ADMINISTRATOR, THIRD_MEMBER
from recruit.pay import service as pay
from recruit.pay.additions import Kind
from recruit.pay.grades import GradeEntry, keep_grades
from recruit.pay.import_table import read_spines
from recruit.pay.models import WelcomeScheme
from recruit.pay.welcome import TermsEntry, WelcomeEntry, keep_welcome_version
from recruit.pay.welcome_drafts import draft_terms
from recruit.rules.access import SYSTEM, Actor, Role
from recruit.vacancies.models import Team, TeamMember
from recruit.vacancies.teams import TeamEntry, keep_teams

SPINE = Path(pay.__file__).resolve().parent / "data" / "njc-pay-spine.csv"
SPINE_SOURCE = "National Joint Council for Local Government Services, pay spine"
NO_SIGN_IN = "!"  # no password has this hash


def load_organisation(password: str, *, now: datetime) -> dict[str, User]:
    """Add what vacancies stand on; return the demo accounts by address.

    Args:
        password: of every demo account.
        now: this moment.
    """
    pay.import_pay_tables(
        SYSTEM, read_spines(SPINE.read_bytes()), source=SPINE_SOURCE, is_used=lambda _table: False, now=now
    )
    keep_grades(SYSTEM, [GradeEntry.model_validate(row) for row in content("grades")["grades"]])
    keep_teams(SYSTEM, [TeamEntry.model_validate(row) for row in content("teams")["teams"]])
    keep_welcome_version(
        SYSTEM, WelcomeEntry.model_validate(content("welcome_payment")), is_used=lambda _version: False
    )
    password_hash = hash_password(password)
    people = {email: _account(email, *about, password_hash, now) for email, about in ACCOUNTS.items()}
    for colleague in (COLLEAGUE, THIRD_MEMBER, SECOND_ADMINISTRATOR):
        people[colleague[0]] = _account(*colleague, NO_SIGN_IN, now)
    db.session.flush()  # members name the rows
    _draft_next_terms(people[SECOND_ADMINISTRATOR[0]], now)
    recruiter = people["recruiter@demo.example"]
    team_ids = db.session.scalars(select(Team.id))
    db.session.add_all([TeamMember(team_id=team_id, user_id=recruiter.id) for team_id in team_ids])
    return people


def _draft_next_terms(author: User, now: datetime) -> None:
    """Draft the next terms of the welcome payment, for another administrator to read and approve."""
    kept = db.session.scalars(select(WelcomeScheme)).one()
    first = london_day(now) + timedelta(days=60)
    entry = TermsEntry.model_validate(content("welcome_payment") | {"valid_from": first, "not_with": [Kind.RETENTION]})
    draft_terms(Actor(author.id, frozenset({Role.ADMIN})), kept, "", entry, now=now)


def _account(email: str, name: str, roles: tuple[Role, ...], password_hash: str, now: datetime) -> User:
    user = User(
        email=email,
        email_key=email.casefold(),
        name=name,
        password_hash=password_hash,
        confirmed_at=now,
        created_at=now,
        grants=[RoleGrant(role=role) for role in roles],
    )
    db.session.add(user)
    return user
