"""The teams, and a team with its vacancies."""

from collections import Counter
from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.content.models import ContentKind
from recruit.core import clock
from recruit.rules import limits
from recruit.vacancies import queries
from recruit.vacancies.finder_query import Facet, Query
from recruit.web.content_shown import Page
from recruit.web.finding import finder
from recruit.web.public.blueprint import blueprint
from recruit.web.public.cards import cards_of
from recruit.web.public.content import published_page
from recruit.web.public.keeping import keep_as_is
from recruit.web.shelf import shelf


@blueprint.get("/teams")
def list_teams() -> ResponseReturnValue:
    """Show every team by its service area, with how many vacancies it has."""
    now = clock.now()
    index = finder().index(now)
    open_posts = Counter(row.team.slug for row in index.live_rows(now))
    by_area = groupby(
        sorted(index.teams, key=lambda team: (team.service_area, team.name)), lambda team: team.service_area
    )
    keep_as_is(index.next_boundary(now))
    return render_template(
        "public/list_teams.html",
        page=published_page(ContentKind.PAGE, "teams"),
        areas=[(area, [(team, open_posts[team.slug]) for team in teams]) for area, teams in by_area],
    )


@blueprint.get("/teams/<slug>")
def show_team(slug: str) -> ResponseReturnValue:
    """Show what a team does, and its open vacancies."""
    now = clock.now()
    team = queries.public_team(slug)
    index = finder().index(now)
    result = index.search(Query(chosen={Facet.TEAM: (team.slug,)}), now, limits.VACANCIES_A_PAGE)
    keep_as_is(index.next_boundary(now))
    return render_template(
        "public/show_team.html",
        team=team,
        more=_more_about(slug),
        cards=cards_of(index.rows(result.ids), now),
        shown=len(result.ids),
        total=result.total,
    )


def _more_about(slug: str) -> Page | None:
    """What staff have written about a team, beside what it does; none where they have not."""
    if (ContentKind.TEAM, slug) not in shelf().pages:
        return None
    return published_page(ContentKind.TEAM, slug)
