"""The terms of a published vacancy as its changes keep them: JSON, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from recruit.pay.additions import additions_of, kept_as
from recruit.pay.models import Grade
from recruit.rules import limits
from recruit.vacancies.criteria_sets import as_json
from recruit.vacancies.models import Contract, Vacancy
from recruit.vacancies.pricing import PostFacts
from recruit.vacancies.service import text_of
from recruit.vacancies.writing_models import VacancyRevision

PAY = ("grade_id", "pay_table_id", "point_min", "point_max", "salary_min_pence", "salary_max_pence")
_ASKED_BY_WELCOME = ("grade_id", "contract", "fixed_term_months", "additions")


@dataclass(frozen=True, slots=True)
class Post:
    """How a post's week, year and contract are, and how many of it there are.  Names and units as in `Vacancy`."""

    posts: int
    full_time: bool
    part_time: bool
    job_share: bool
    weekly_hours: Decimal
    paid_weeks: Decimal | None
    contract: Contract
    fixed_term_months: int | None

    @classmethod
    def of(cls, vacancy: Vacancy) -> Self:
        """Return those of `vacancy`."""
        return cls(**{name: getattr(vacancy, name) for name in cls.__dataclass_fields__})

    @classmethod
    def read(cls, terms: Mapping[str, Any]) -> Self:
        """Return those of the terms of a change."""
        weeks = terms["paid_weeks"]
        return cls(
            posts=terms["posts"],
            full_time=terms["full_time"],
            part_time=terms["part_time"],
            job_share=terms["job_share"],
            weekly_hours=Decimal(terms["weekly_hours"]),
            paid_weeks=Decimal(weeks) if weeks else None,
            contract=Contract(terms["contract"]),
            fixed_term_months=terms["fixed_term_months"],
        )

    def as_json(self) -> dict[str, Any]:
        """Return what `read` reads."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        weeks = f"{self.paid_weeks:.2f}" if self.paid_weeks is not None else None
        return {
            **kept,
            "weekly_hours": f"{self.weekly_hours:.2f}",
            "paid_weeks": weeks,
            "contract": self.contract.value,
        }

    @property
    def fault(self) -> str:
        """Why there can be no such post; "" if there can."""
        least, most = limits.POSTS
        if not least <= self.posts <= most:
            return f"Posts must be between {least} and {most}"
        if not (self.full_time or self.part_time or self.job_share):
            return "Select full time, part time or job share"
        if self.full_time and self.weekly_hours != limits.FULL_TIME_HOURS:
            return f"Hours a week must be {limits.FULL_TIME_HOURS} while full time is selected"
        if (self.contract is Contract.FIXED_TERM) != (self.fixed_term_months is not None):
            return "Enter how many months a fixed term is for, and none for another contract"
        return ""


def terms_now(vacancy: Vacancy) -> dict[str, Any]:
    """Return the terms of a published vacancy that a change can concern, as JSON."""
    return {
        **{name: getattr(vacancy, name) for name in (*PAY, "welcome_id")},
        **Post.of(vacancy).as_json(),
        "additions": kept_as(additions_of(vacancy.additions)),
        "closes_at": vacancy.closes_at.isoformat() if vacancy.closes_at else "",
        "criteria": [as_json(text_of(criterion)) for criterion in vacancy.criteria],
    }


def post_of_change(revision: VacancyRevision, grade: Grade) -> PostFacts:
    """Return what the terms of a welcome payment ask of the post as a change would make it, were it of `grade`."""
    return post_of_terms(revision.vacancy, grade, revision.after)


def post_of_terms(vacancy: Vacancy, grade: Grade, terms: Mapping[str, Any]) -> PostFacts:
    """Return the same of the post that `terms` make of `vacancy`."""
    said = {**terms_now(vacancy), **terms}
    contract, months = Contract(said["contract"]), said["fixed_term_months"]
    return PostFacts(grade.code, vacancy.team.slug, contract, months, additions_of(said["additions"]))


def is_another_post(after: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether anything differs that the terms of a welcome payment ask about."""
    return any(after.get(name) != before.get(name) for name in _ASKED_BY_WELCOME)


def write_terms(vacancy: Vacancy, terms: Mapping[str, Any]) -> None:
    """Put pay, post, payments and welcome payment of `terms` on `vacancy`; what they do not say stays."""
    said = {**terms_now(vacancy), **terms}
    for name in (*PAY, "welcome_id"):
        setattr(vacancy, name, said[name])
    post = Post.read(said)
    for name in Post.__dataclass_fields__:
        if getattr(vacancy, name) != getattr(post, name):
            setattr(vacancy, name, getattr(post, name))
    if kept_as(additions_of(vacancy.additions)) != said["additions"]:
        vacancy.additions = said["additions"]
