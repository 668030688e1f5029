"""Whether somebody is likely to get a welcome payment: four questions, answered from the facts of one version.

Never a promise: the contract decides.  The facts are those that councils' schemes turn on (kind of contract, people who
work there already or left a short while ago, agency workers, newly qualified): see docs/adr/0018.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from recruit.core.entries import Entry


class Rules(Entry):
    """Who one version of a scheme is for.

    `fixed_term_from_months` is the shortest fixed term that counts, none if no fixed term does.
    `rejoin_after_months` is how long after leaving the council somebody counts as new, 0 for at once.
    `grades` are codes and `teams` slugs of the posts that it is for; all of them where there are none.
    """

    permanent: bool
    fixed_term_from_months: Annotated[int, Field(ge=1, le=60)] | None = None
    secondment: bool
    existing_employees: bool
    rejoin_after_months: Annotated[int, Field(ge=0, le=120)]
    agency_workers: bool
    newly_qualified: bool
    grades: list[str] = Field(default_factory=list)
    teams: list[str] = Field(default_factory=list)

    @property
    def is_for_a_contract(self) -> bool:
        """Say whether it is for posts of any kind of contract."""
        return self.permanent or self.secondment or self.fixed_term_from_months is not None

    @property
    def is_for_some(self) -> bool:
        """Say whether it is for posts of some grades or teams only."""
        return bool(self.grades or self.teams)


class Post(StrEnum):
    """How long the post is for, or that it is of another grade or team."""

    PERMANENT = "permanent"
    FIXED_LONG = "fixed"
    FIXED_SHORT = "fixed_short"
    SECONDMENT = "secondment"
    OTHER = "other"
    UNSURE = "unsure"


class Employed(StrEnum):
    """Whether the council employs somebody, or did a short while ago."""

    NO = "no"
    NOW = "now"
    LEFT = "left"
    UNSURE = "unsure"


class Answer(StrEnum):
    """To a question of yes or no."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Outcome(StrEnum):
    """What the check says."""

    LIKELY = "likely"
    NOT_LIKELY = "not likely"
    ASK_US = "ask us"


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered."""

    post: Post
    employed: Employed
    agency: Answer
    newly_qualified: Answer


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says, and why, in sentences."""

    outcome: Outcome
    reasons: tuple[str, ...]


def check_eligibility(rules: Rules, answers: Answers) -> Verdict:
    """Return what `rules` make of `answers`.

    One answer that rules it out decides, whatever else is not known; without one, anything not known is a question for
    us.  Source: the terms of the version that `rules` belong to.
    """
    against = tuple(_against(rules, answers))
    if against:
        return Verdict(Outcome.NOT_LIKELY, against)
    unknown = tuple(_unknown(rules, answers))
    return Verdict(Outcome.ASK_US if unknown else Outcome.LIKELY, unknown)


def post_ruled_out(rules: Rules, grade: str, team: str, contract: str, months: int | None) -> str:
    """Say why a post is none that the terms are for: "it is not for this grade"; "" if it is one.

    Args:
        rules: those of the terms.
        grade: the code of the post's grade.
        team: the slug of its team.
        contract: "permanent", "fixed_term" or "secondment".
        months: how long a fixed term is.
    """
    shortest = rules.fixed_term_from_months
    counts = {
        "permanent": rules.permanent,
        "secondment": rules.secondment,
        "fixed_term": shortest is not None and (months or 0) >= shortest,
    }
    if rules.grades and grade not in rules.grades:
        return "it is not for this grade"
    if rules.teams and team not in rules.teams:
        return "it is not for this team"
    if not counts.get(contract, False):
        at_least = (
            f"it is only for fixed terms of {shortest} months or more" if shortest else "it is not for fixed terms"
        )
        words = {"permanent": "it is not for permanent posts", "secondment": "it is not for secondments"}
        return words.get(contract, at_least)
    return ""


def _against(rules: Rules, answers: Answers) -> Iterator[str]:
    shortest, away = rules.fixed_term_from_months, rules.rejoin_after_months
    no_fixed = "it is not for fixed-term posts"
    facts: dict[tuple[StrEnum, bool], str] = {
        (Post.PERMANENT, rules.permanent): "it is not for permanent posts",
        (Post.SECONDMENT, rules.secondment): "it is not for secondments",
        (Post.FIXED_LONG, shortest is not None): no_fixed,
        (Post.OTHER, not rules.is_for_some): "it is not for posts of other grades or teams",
        (Post.FIXED_SHORT, False): f"a fixed term must be {shortest} months or more" if shortest else no_fixed,
    }
    yield from _ruled_out(answers.post, facts)
    work: dict[tuple[StrEnum, bool], str] = {
        (Employed.NOW, rules.existing_employees): "it is not for people the council employs already",
        (Employed.LEFT, away == 0): f"it is not for people who left the council in the last {away} months",
    }
    yield from _ruled_out(answers.employed, work)
    if answers.agency is Answer.YES and not rules.agency_workers:
        yield "it is not for people who work for us through an agency"
    if answers.newly_qualified is Answer.YES and not rules.newly_qualified:
        yield "it is not for newly qualified social workers"


def _ruled_out(answer: StrEnum, facts: Mapping[tuple[StrEnum, bool], str]) -> Iterator[str]:
    """Say why `answer` does not count; `facts` are by answer and whether it does."""
    for (one, counts), reason in facts.items():
        if answer is one and not counts:
            yield reason


def _unknown(rules: Rules, answers: Answers) -> Iterator[str]:
    """What was not known and could rule it out."""
    kinds = (rules.permanent, rules.secondment, rules.fixed_term_from_months == 1, not rules.is_for_some)
    if answers.post is Post.UNSURE and not all(kinds):
        yield "it depends on the post" if rules.is_for_some else "it depends on how long the post is for"
    if answers.employed is Employed.UNSURE and not (rules.existing_employees and not rules.rejoin_after_months):
        yield "it depends on when you worked for the council"
    if answers.agency is Answer.UNSURE and not rules.agency_workers:
        yield "it depends on whether you work for us through an agency"
    if answers.newly_qualified is Answer.UNSURE and not rules.newly_qualified:
        yield "it depends on whether you are newly qualified"
