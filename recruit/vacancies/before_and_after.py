"""What a change of a published vacancy would change, in words."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from recruit.core.calendar import closing_words
from recruit.core.db import db
from recruit.core.money import pounds, pounds_range
from recruit.pay.additions import KIND_WORDS, Kind, additions_of
from recruit.pay.models import Grade, WelcomeSchemeVersion
from recruit.vacancies.presentation import contract_words, hours_words, pro_rata_words
from recruit.vacancies.revised_terms import Post, terms_now
from recruit.vacancies.writing_models import VacancyRevision

POSTS = "Posts"


def differences(revision: VacancyRevision) -> list[tuple[str, str, str]]:
    """Return what would change: the part, as it is, as it would be."""
    as_it_is = terms_now(revision.vacancy) if "posts" not in revision.before else {}  # an older change
    before, after = {**as_it_is, **revision.before}, {**as_it_is, **revision.after}
    was, would = Post.read(before), Post.read(after)
    rows = [
        (POSTS, str(was.posts), str(would.posts)),
        ("Grade and pay", _pay(before, was), _pay(after, would)),
        ("Hours", hours_words(was), hours_words(would)),
        (
            "Contract",
            contract_words(was.contract, was.fixed_term_months),
            contract_words(would.contract, would.fixed_term_months),
        ),
        *((KIND_WORDS[kind], _beside(kind, before), _beside(kind, after)) for kind in Kind),
        ("Welcome payment", _welcome(before), _welcome(after)),
        ("Closes", _closes(before), _closes(after)),
        *_criteria(before["criteria"], after["criteria"]),
    ]
    return [row for row in rows if row[1] != row[2]]


def pay_words(low: int, high: int, weekly_hours: Decimal, paid_weeks: Decimal | None) -> str:
    """Return what a post pays, with its share of it where it is not full time all the year."""
    full = f"{pounds_range(low, high)} a year"
    share = pro_rata_words(low, high, weekly_hours, paid_weeks)
    return f"{full} full time, {share}" if share else full


def _criteria(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    was, would = {line["id"]: line for line in before}, {line.get("id"): line for line in after if line.get("id")}
    rows = [("Criterion", _said(line), _said(would[key]) if key in would else "") for key, line in was.items()]
    return [*rows, *(("New criterion", "", _said(line)) for line in after if not line.get("id"))]


def _said(line: dict[str, Any]) -> str:
    where = {"application": "in the application", "interview": "at interview", "check": "by a check"}
    counts = f", counts {line['weight']} times" if line["weight"] > 1 else ""
    return f"{line['text']} ({line['kind']}, {where[line['assessed_at']]}{counts})"


def _pay(terms: dict[str, Any], post: Post) -> str:
    grade = db.session.get(Grade, terms["grade_id"])
    low, high = terms["salary_min_pence"], terms["salary_max_pence"]
    pay = pay_words(low, high, post.weekly_hours, post.paid_weeks)
    return f"{grade.title if grade else ''}, {pay}"


def _beside(kind: Kind, terms: dict[str, Any]) -> str:
    """The payment of this kind: "£2,000 a year, paid monthly; reviewed on 1 April 2027"."""
    found = next((one for one in additions_of(terms["additions"]) if one.kind is kind), None)
    return "; ".join(filter(None, (found.amount, found.conditions, found.until))) if found else "None"


def _welcome(terms: dict[str, Any]) -> str:
    version = db.session.get(WelcomeSchemeVersion, terms["welcome_id"]) if terms["welcome_id"] else None
    return f"{pounds(version.amount_pence)}, terms number {version.number}" if version else "None"


def _closes(terms: dict[str, Any]) -> str:
    return closing_words(datetime.fromisoformat(terms["closes_at"]))
