"""What must be true of every route: who may enter, that reading changes nothing, that odd input breaks nothing."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule

from recruit.accounts.models import User
from recruit.applications import queries
from recruit.applications.models import Application, HistoryEntry, Qualification, Referee
from recruit.rules.access import Role
from tests import factories
from tests.applications.answers import complete_application
from tests.content.writing import draft as written
from tests.review.sent import sent_application
from tests.visitor import Visitor

AREAS = {
    "candidate": {Role.CANDIDATE},
    "recruiter": {Role.RECRUITER},
    "review": {Role.HR},
    "approvals": {Role.HR},
    "sift": {Role.HR},
    "interviews": {Role.HR},
    "interviewing": {Role.PANEL},
    "safeguarding": {Role.SAFEGUARDING},
    "interested": {Role.HR, Role.RECRUITER},
    "panel": {Role.PANEL},
    "equality": {Role.HR, Role.ADMIN},
    "admin": {Role.ADMIN},
    "content": {Role.HR, Role.ADMIN},
}
"""Who may enter each guarded area."""
OPEN = {"public", "account", "ops", "api"}
"""Areas that anybody may enter; what is inside asks for itself."""
OPEN_PAGES = {"candidate.start_application", "candidate.show_interest"}
"""Pages of a guarded area that lead people to the sign-in page themselves, because a link from outside ends there."""
RESERVED_NAMES = [
    "endpoint", "values", "self", "_method", "_scheme", "_external", "_anchor", "reference", "slug", "criterion_id",
    "entry_id", "next", "application", "scorer",
]  # fmt: skip
"""What `url_for` would take for itself or for a part of the path, if a page handed on what it was asked."""
QUERY_NAMES = [
    "q", "grade", "team", "page", "sort", "status", "vacancy", "after", "before", "salary_min", "due", "assigned",
    "unread", "contract", "hours", "newly_qualified", "welcome_payment", "closing_within", "role", "kind", "from",
    "from_month", "to_month", "line", "point", "post", "employed", "agency", "do", "which", "ticked", "back", "part",
    "place", "number", "template", *RESERVED_NAMES,
]  # fmt: skip
VALUES = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}
ODD = [
    "99999999999999999999999",
    "-1",
    "0",
    "١٢٣",
    "%00",
    "..%2f..%2fetc",
    "<script>",
    "' OR 1=1 --",
    "%F0%9F%98%80",
    "a" * 3000,
]


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))


def area_of(rule: Rule) -> str:
    return rule.endpoint.partition(".")[0]


def address(rule: Rule, value: str | None = None) -> str:
    """Return the rule's address with something in each of its parts."""
    path = rule.rule
    for name, converter in rule._converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        known = VALUES | {"any": min(getattr(converter, "items", ["extend"]))}
        filled = value if value is not None else known.get({"integer": "int"}.get(kind, kind), "a-7k3qf")
        marker = next(part for part in path.split("<") if part.split(">")[0].endswith(name)).split(">")[0]
        path = path.replace(f"<{marker}>", filled)
    return path


def pages_of(app: Flask, user: User) -> list[str]:
    """Return an address for each page, of things that are there and that `user` may see where one is needed."""
    vacancy = factories.VacancyFactory(published=True)
    factories.TeamMemberFactory(team_id=vacancy.team_id, user_id=user.id)
    draft = complete_application(factories.ApplicationFactory(candidate=user, vacancy=vacancy))
    theirs = sent_application()
    written(user)
    values = {
        "candidate": {"reference": draft.reference, "criterion_id": str(vacancy.criteria[0].id)},
        "review": {"reference": theirs.reference},
        "content": {"kind": "news", "slug": "open-evening", "number": "1"},
    }
    addresses = []
    for rule in rules(app):
        if "GET" not in (rule.methods or set()):
            continue
        known = {"slug": vacancy.slug, "reference": vacancy.reference, "entry_id": str(draft_entry(rule, draft))}
        known |= values.get(area_of(rule), {}) | {"step": "extend", "part": "work"}
        if "team" in rule.rule:
            known["slug"] = vacancy.team.slug
        if area_of(rule) == "review" and "vacanc" in rule.rule:
            known["reference"] = theirs.vacancy.reference
        path = rule.rule
        for name in rule.arguments:
            path = re.sub(f"<[^<>]*\\b{name}>", known.get(name, "1"), path)
        addresses.append(path)
    return addresses


def draft_entry(rule: Rule, draft: Application) -> int:
    """Return the id of an entry of the list that a rule is about."""
    kinds = {"qualifications": Qualification, "history": HistoryEntry, "referees": Referee}
    model = next((model for word, model in kinds.items() if f"/{word}/" in rule.rule), None)
    return queries.entries_of(draft, model)[0].id if model else 1


def test_every_area_says_who_may_enter(app: Flask):
    assert {area_of(rule) for rule in rules(app)} == AREAS.keys() | OPEN


def test_every_guarded_area_has_its_guard(app: Flask):
    unguarded = {area for area in AREAS if not app.blueprints[area].before_request_funcs.get(None)}

    assert unguarded == set()


@pytest.mark.parametrize("role", [*Role, None])
def test_only_its_roles_enter_an_area(app: Flask, session, visitor: Visitor, visit_as, role: Role | None):
    who = visit_as(factories.UserFactory(roles=[role])) if role else visitor
    token = who.token()
    wrong = {}
    for rule in rules(app):
        if area_of(rule) in OPEN or rule.endpoint in OPEN_PAGES:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            data = {"csrf_token": token} if method == "POST" else None
            status = who.client.open(address(rule), method=method, data=data).status_code
            expected = (
                {302} if role is None else {200, 302, 400, 404, 409, 422} if role in AREAS[area_of(rule)] else {403}
            )
            if status not in expected:
                wrong[f"{method} {rule.rule}"] = status

    assert wrong == {}


def test_a_post_without_a_token_is_refused_everywhere(app: Flask, session, visit_as):
    who = visit_as(factories.UserFactory(roles=list(Role)))
    accepted = {
        rule.rule
        for rule in rules(app)
        if "POST" in (rule.methods or set()) and who.client.post(address(rule)).status_code != 400
    }

    assert accepted == set()


@pytest.fixture
def writes(session) -> Iterator[list[str]]:
    """The statements that changed something, but for keeping that staff were shown an application (ADR 31)."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        changes = statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if changes and not statement.startswith("INSERT INTO opening "):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_reading_changes_nothing(app: Flask, session, visit_as, writes: list[str]):
    user = factories.UserFactory(roles=list(Role))
    vacancy = factories.VacancyFactory(published=True)
    mine = factories.ApplicationFactory(candidate=user, vacancy=vacancy)
    theirs = factories.ApplicationFactory(submitted=True, vacancy=vacancy)
    factories.TeamMemberFactory(team_id=vacancy.team_id, user_id=user.id)
    values = [vacancy.reference, vacancy.slug, mine.reference, theirs.reference, vacancy.team.slug]
    who = visit_as(user)
    writes.clear()

    answered = set()
    for rule in rules(app):
        if "GET" in (rule.methods or set()):
            for value in values if rule.arguments else [None]:
                if who.client.get(address(rule, value)).status_code == 200:
                    answered.add(rule.endpoint)

    assert writes == []
    assert len(answered) > 20, "most pages answered"


@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_break_nothing(app: Flask, session, visit_as, odd: str):
    who = visit_as(factories.UserFactory(roles=list(Role)))
    broken = {
        rule.rule: status
        for rule in rules(app)
        if "GET" in (rule.methods or set()) and rule.arguments
        for status in [who.client.get(address(rule, odd)).status_code]
        if status >= 500
    }

    assert broken == {}


@pytest.mark.parametrize("odd", ODD)
def test_odd_query_strings_break_nothing(app: Flask, session, visit_as, odd: str):
    user = factories.UserFactory(roles=list(Role))
    addresses = pages_of(app, user)
    who = visit_as(user)
    opened = {address for address in addresses if who.client.get(address).status_code == 200}
    broken = {
        asked: status
        for address in addresses
        for asked in [f"{address}?" + "&".join(f"{name}={odd}" for name in QUERY_NAMES)]
        for status in [who.client.get(asked).status_code]
        if status >= 500
    }

    assert broken == {}
    assert len(opened) > 40, "most pages were there to break"


@pytest.mark.parametrize("name", RESERVED_NAMES)
def test_no_query_string_alone_breaks_a_page(app: Flask, session, visit_as, name: str):
    """One name at a time: among many, the first that is refused hides the others."""
    user = factories.UserFactory(roles=list(Role))
    addresses = pages_of(app, user)
    who = visit_as(user)
    broken = {
        asked: status
        for address in addresses
        for asked in [f"{address}?{name}=1"]
        for status in [who.client.get(asked).status_code]
        if status >= 500
    }

    assert broken == {}


def test_every_page_has_a_template_of_its_own_name(app: Flask):
    endpoints = {rule.endpoint.replace(".", "/") for rule in rules(app)}
    templates = {name.removesuffix(".html") for name in app.jinja_env.list_templates(extensions=["html"])}
    areas = {area_of(rule) for rule in rules(app)}

    pages = {name for name in templates if name.partition("/")[0] in areas and "/_" not in name}  # a part starts with _

    assert pages - endpoints == set()


def test_unknown_methods_and_pages_are_refused_in_words(visitor: Visitor):
    visitor.get("/no-such-page", 404)
    assert visitor.client.open("/jobs", method="DELETE").status_code == 405
    assert visitor.client.open("/jobs", method="TRACE").status_code == 405


def test_a_body_over_the_limit_is_refused(visitor: Visitor):
    answer = visitor.client.post("/sign-in", data={"email": "x" * (2 * 1024 * 1024)})

    assert answer.status_code == 413
