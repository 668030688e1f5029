"""The demo's pay tables, grades, teams, scheme and accounts."""

from datetime import datetime
from pathlib import Path

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import RoleGrant, User
from recruit.core.db import db
from recruit.demo.content import content
from recruit.pay import service as pay
from recruit.pay.import_table import read_spines
from recruit.pay.models import Grade, WelcomeScheme, WelcomeSchemeVersion
from recruit.rules.access import SYSTEM, Role
from recruit.vacancies.models import Team, TeamMember

SPINE = Path(pay.__file__).resolve().parent / "data" / "njc-pay-spine.csv"
SPINE_SOURCE = "National Joint Council for Local Government Services, pay spine"
ACCOUNTS = {
    "candidate@demo.example": ("Cassidy Fernsby", (Role.CANDIDATE,)),
    "recruiter@demo.example": ("Rowan Coldbeck", (Role.RECRUITER,)),
    "hr@demo.example": ("Harper Netherby", (Role.HR,)),
    "panel.one@demo.example": ("Perrin Osgodby", (Role.PANEL,)),
    "panel.two@demo.example": ("Paloma Quayle", (Role.PANEL,)),
    "safeguarding@demo.example": ("Sage Whinfell", (Role.SAFEGUARDING,)),
    "admin@demo.example": ("Adair Lowmoor", (Role.ADMIN,)),
}
COLLEAGUE = ("hr.two@demo.example", "Hollis Ravensworth", (Role.HR,))
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
    for row in content("grades")["grades"]:
        db.session.add(Grade(**{key: row[key] for key in ("code", "title", "point_min", "point_max", "position")}))
    teams = [
        Team(
            **{
                key: row[key].strip()
                for key in ("slug", "name", "service_area", "place", "description", "manager_role")
            }
        )
        for row in content("teams")["teams"]
    ]
    db.session.add_all(teams)
    _load_scheme()
    password_hash = hash_password(password)
    people = {email: _account(email, *about, password_hash, now) for email, about in ACCOUNTS.items()}
    people[COLLEAGUE[0]] = _account(*COLLEAGUE, NO_SIGN_IN, now)
    db.session.flush()  # members name the rows
    recruiter = people["recruiter@demo.example"]
    db.session.add_all(TeamMember(team_id=team.id, user_id=recruiter.id) for team in teams)
    return people


def _load_scheme() -> None:
    row = content("welcome_payment")
    scheme = WelcomeScheme(code=row["code"], name=row["name"])
    version = WelcomeSchemeVersion(
        scheme=scheme,
        number=row["version"],
        amount_pence=row["amount_pence"],
        valid_from=row["valid_from"],
        conditions=row["conditions"],
        terms=row["terms"].strip(),
        instalments=[{key: part[key] for key in ("percent", "after_months")} for part in row["instalments"]],
        repayment=[{key: part[key] for key in ("months_from", "months_to", "percent")} for part in row["repayment"]],
        is_sample=row["sample"],
    )
    db.session.add_all([scheme, version])


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
