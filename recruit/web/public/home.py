"""The first page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.content.models import ContentKind
from recruit.core import clock
from recruit.core.calendar import london_day, long_date
from recruit.core.money import pounds, pounds_range
from recruit.core.targets import targets
from recruit.pay.queries import welcome_version_in_force
from recruit.rules import limits
from recruit.vacancies.finder_rows import VacancyRow
from recruit.web import markdown
from recruit.web.finding import finder
from recruit.web.public.blueprint import blueprint
from recruit.web.public.cards import cards_of
from recruit.web.public.keeping import keep_as_is
from recruit.web.shelf import shelf

NEWEST = 5  # vacancies
CLAIMS = ("permanence-march-2022", "caseloads-march-2022")
"""The claims that stand on the first page, by name, for as long as there are such."""


@dataclass(frozen=True, slots=True)
class GradePay:
    """What the open vacancies of one grade pay."""

    code: str
    title: str
    pay: str
    count: int


def pay_by_grade(rows: Sequence[VacancyRow]) -> list[GradePay]:
    """Return what each grade among `rows` pays, full time, from the lowest."""
    grades = sorted({row.grade for row in rows}, key=lambda grade: grade.id)
    found = []
    for grade in grades:
        mine = [row for row in rows if row.grade == grade]
        low, high = min(row.salary_min_pence for row in mine), max(row.salary_max_pence for row in mine)
        found.append((low, high, GradePay(grade.code, grade.title, pounds_range(low, high), len(mine))))
    return [pay for *_, pay in sorted(found, key=lambda item: (item[0], item[1], item[2].title))]


@blueprint.get("/")
def show_home() -> ResponseReturnValue:
    """Show what this is, what it pays and what is new."""
    now = clock.now()
    index = finder().index(now)
    rows = index.live_rows(now)
    grades = pay_by_grade(rows)
    open_posts = Counter(row.team.slug for row in rows)
    version = welcome_version_in_force(london_day(now))
    held = shelf()
    claims = [held.claim_markdown(slug, london_day(now)) for slug in CLAIMS]
    keep_as_is(index.next_boundary(now))
    return render_template(
        "public/show_home.html",
        total=len(rows),
        main_grade=max(grades, key=lambda grade: grade.count, default=None),
        grades=grades,
        welcome_payment=pounds(version.amount_pence) if version else "",
        welcome_since=long_date(version.valid_from) if version else "",
        cards=cards_of(rows[:NEWEST], now),
        teams=[(team, open_posts[team.slug]) for team in index.teams],
        claims=[markdown.render(words) for words in claims if words],
        news=held.of_kind(ContentKind.NEWS)[: limits.NEWS_ON_HOME],
        has_stories=bool(held.of_kind(ContentKind.STORY)),
        shortlist_days=targets().shortlist,
    )
