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
    """

    permanent: bool
    fixed_term_from_months: Annotated[int, Field(ge=1, le=60)] | None = None
    secondment: bool
    existing_employees: bool
    rejoin_after_months: Annotated[int, Field(ge=0, le=120)]
    agency_workers: bool
    newly_qualified: bool


class Post(StrEnum):
    """How long the post is for."""

    PERMANENT = "permanent"
    FIXED_LONG = "fixed"
    FIXED_SHORT = "fixed_short"
    SECONDMENT = "secondment"
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


def _against(rules: Rules, answers: Answers) -> Iterator[str]:
    shortest, away = rules.fixed_term_from_months, rules.rejoin_after_months
    no_fixed = "it is not for fixed-term posts"
    facts: dict[tuple[StrEnum, bool], str] = {
        (Post.PERMANENT, rules.permanent): "it is not for permanent posts",
        (Post.SECONDMENT, rules.secondment): "it is not for secondments",
        (Post.FIXED_LONG, shortest is not None): no_fixed,
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
    kinds = (rules.permanent, rules.secondment, rules.fixed_term_from_months == 1)
    if answers.post is Post.UNSURE and not all(kinds):
        yield "it depends on how long the post is for"
    if answers.employed is Employed.UNSURE and not (rules.existing_employees and not rules.rejoin_after_months):
        yield "it depends on when you worked for the council"
    if answers.agency is Answer.UNSURE and not rules.agency_workers:
        yield "it depends on whether you work for us through an agency"
    if answers.newly_qualified is Answer.UNSURE and not rules.newly_qualified:
        yield "it depends on whether you are newly qualified"
