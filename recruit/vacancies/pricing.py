"""What publication settles: the pay table, the range and the terms of the welcome payment.

A vacancy takes the pay table that is in force when it is published, unless its team chose one.  HR approves what it
read: the page carries a mark of it, and approval compares.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from recruit.core.calendar import london_day, short_date
from recruit.core.errors import Conflict, Incomplete
from recruit.core.money import pounds, pounds_range
from recruit.pay.additions import Addition, additions_of
from recruit.pay.eligibility import Rules, post_ruled_out
from recruit.pay.models import Grade, PayTable, WelcomeSchemeVersion
from recruit.pay.queries import pay_table_in_force, range_for, welcome_versions_in_force
from recruit.vacancies.models import Vacancy

NO_TABLE = "No pay table is in force today, so pay is not known. Ask an administrator to import one."
NO_WELCOME = "No welcome payment is in force today, so a vacancy cannot come with one."
_MARK = re.compile(r"[0-9]{1,18}\.([0-9]{1,12})\.([0-9]{1,12})\.[0-9]{1,18}\.[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Settlement:
    """What publication would settle.  `low` and `high` are full-time pay, pence a year."""

    table: PayTable
    low: int
    high: int
    welcome: WelcomeSchemeVersion | None

    @property
    def mark(self) -> str:
        """What a page carries of it: another one for any other settlement."""
        welcome = self.welcome
        terms = (welcome.amount_pence, welcome.conditions, welcome.terms, welcome.instalments) if welcome else ()
        more = (welcome.repayment, welcome.eligibility, welcome.pro_rata) if welcome else ()
        digest = hashlib.sha256(repr((terms, more)).encode()).hexdigest()[:12]
        return f"{self.table.id}.{self.low}.{self.high}.{welcome.id if welcome else 0}.{digest}"

    @property
    def pay(self) -> str:
        """The range in words: "£28,672 to £36,922 on the pay table of 1 April 2020"."""
        return f"{pounds_range(self.low, self.high)} on the pay table of {short_date(self.table.effective_on)}"


def table_to_publish(vacancy: Vacancy, now: datetime) -> PayTable:
    """Return the pay table that `vacancy` would be published with at `now`.

    Raises:
        Incomplete: its team chose none, and none is in force.
    """
    table = vacancy.pay_table or pay_table_in_force(london_day(now))
    if table is None:
        raise Incomplete(NO_TABLE)
    return table


def older_table(vacancy: Vacancy, now: datetime) -> str:
    """Say that the pay table its team chose is not the one in force at `now`; "" if it is, or none was chosen."""
    current = pay_table_in_force(london_day(now)) if vacancy.pay_table is not None else None
    if vacancy.pay_table is None or current is None or vacancy.pay_table.effective_on >= current.effective_on:
        return ""
    chosen, newer = short_date(vacancy.pay_table.effective_on), short_date(current.effective_on)
    return f"It is on the pay table of {chosen}, which its team chose; that of {newer} is in force"


def on_older_tables(vacancies: Iterable[Vacancy], now: datetime) -> frozenset[int]:
    """Return the ids of those of `vacancies` not yet published whose chosen pay table a newer one would change.

    Asks nothing where none of them has chosen one.
    """
    chosen = [one for one in vacancies if one.published_at is None and one.pay_table is not None]
    current = pay_table_in_force(london_day(now)) if chosen else None
    return frozenset(
        one.id for one in chosen if current and one.pay_table and one.pay_table.effective_on < current.effective_on
    )


def settlement(vacancy: Vacancy, *, now: datetime) -> Settlement:
    """Return what publishing `vacancy` at `now` would settle.

    Raises:
        Incomplete: no pay table is in force, it lacks a point of the grade, or no welcome payment that is in force can
            come with the vacancy, where it asks for one.
    """
    table = table_to_publish(vacancy, now)
    low, high = range_for(vacancy.grade, table)
    return Settlement(table, low, high, welcome_to_publish(vacancy, now=now))


def welcome_to_publish(vacancy: Vacancy, *, now: datetime) -> WelcomeSchemeVersion | None:
    """Return the terms of the welcome payment that `vacancy` would be published with at `now`, or None.

    Of several in force they are the newest that are for posts like it.

    Raises:
        Incomplete: none are in force, none of them are for this post, or they are not paid together with another
            payment of the vacancy.
    """
    return None if vacancy.welcome_id is None else welcome_for(post_of(vacancy, vacancy.grade), now=now)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What the terms of a welcome payment ask of a post."""

    grade: str
    team: str
    contract: str
    months: int | None
    additions: Sequence[Addition]


def post_of(vacancy: Vacancy, grade: Grade) -> PostFacts:
    """Return the facts of the post of `vacancy`, were it of `grade`."""
    paid = additions_of(vacancy.additions)
    return PostFacts(grade.code, vacancy.team.slug, vacancy.contract, vacancy.fixed_term_months, paid)


def welcome_for(post: PostFacts, *, now: datetime) -> WelcomeSchemeVersion:
    """Return the terms in force at `now` that `post` would come with: the newest of those that are for it.

    Raises:
        Incomplete: as `welcome_to_publish`.
    """
    versions = welcome_versions_in_force(london_day(now))
    if not versions:
        raise Incomplete(NO_WELCOME)
    chosen = next((version for version in versions if not _ruled_out(version, post)), versions[0])
    refuse_ruled_out(chosen, post)
    return chosen


def refuse_ruled_out(version: WelcomeSchemeVersion, post: PostFacts) -> None:
    """Raise Incomplete if `version` is not for `post`, with why."""
    if reason := _ruled_out(version, post):
        raise Incomplete(
            f"The welcome payment ({version.scheme.name}, terms number {version.number}) cannot come with this"
            f" vacancy: {reason}."
        )


def _ruled_out(version: WelcomeSchemeVersion, post: PostFacts) -> str:
    """Say why `version` is not for `post`, or ""."""
    if version.eligibility is not None:
        rules = Rules.model_validate(version.eligibility)
        if reason := post_ruled_out(rules, post.grade, post.team, post.contract, post.months):
            return reason
    beside = [one.name.lower() for one in post.additions if one.kind in version.not_with]
    return f"it is not paid together with a {beside[0]}" if beside else ""


def refuse_unseen(seen: str, settled: Settlement) -> None:
    """Raise Conflict if `seen`, the mark of the page that was read, is not that of what would be settled now."""
    if seen == settled.mark:
        return
    found = _MARK.fullmatch(seen)
    if found is None:
        raise Conflict("The page that you approved from did not show the pay. Read it again, then approve.")
    changes = []
    table, low, high, welcome, digest = settled.mark.split(".")
    was_table, was_low, was_high, was_welcome, was_digest = seen.split(".")
    if (table, low, high) != (was_table, was_low, was_high):
        was = pounds_range(*sorted((int(was_low), int(was_high))))
        changes.append(f"pay would be {settled.pay}; you read {was}")
    if (welcome, digest) != (was_welcome, was_digest):
        promised = settled.welcome
        terms = f"terms number {promised.number}, {pounds(promised.amount_pence)}" if promised else "none"
        changes.append(f"the welcome payment would be {terms}, which you have not read")
    raise Conflict(f"Since you opened this page, {' and '.join(changes)}. Nothing was approved: check it and decide.")
