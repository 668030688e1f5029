"""The list of those who registered interest and agreed to be written to."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.interest.queries import interested_people
from recruit.interest.reading import chosen_words, registration_words
from recruit.rules.access import Permission, Role, can
from recruit.web.finding import finder
from recruit.web.interested.blueprint import blueprint


@blueprint.get("")
def list_people() -> ResponseReturnValue:
    """Return who looks for work here, by what they chose; a filter that names nothing known is left out."""
    now = clock.now()
    index = finder().index(now)
    teams = {team.slug: team.name for team in index.teams}
    grades = {grade.code: grade.title for grade in index.grades}
    team, grade = _known("team", teams), _known("grade", grades)
    may_read = can(g.actor, Permission.INTEREST_READ)
    people = interested_people(g.actor, team=team, grade=grade, now=now) if may_read else []
    shown = [
        {
            "interest": one.interest,
            "person": one.interest.candidate,
            "has_applied": one.has_applied,
            "registration": registration_words(one.interest),
            "teams": chosen_words(one.interest.teams, teams, "Any team"),
            "grades": chosen_words(one.interest.grades, grades, "Any grade"),
        }
        for one in people
    ]
    return render_template(
        "interested/list_people.html",
        people=shown,
        may_read=may_read,
        teams=teams,
        grades=grades,
        team=team,
        grade=grade,
        shows_numbers=Role.HR in g.actor.roles,
    )


def _known(name: str, offered: dict[str, str]) -> str:
    value = request.args.get(name, "")
    return value if value in offered else ""
