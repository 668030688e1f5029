"""From a vacancy to a new application."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import carrying, effort, queries
from recruit.applications.covered import is_covered
from recruit.core import clock
from recruit.core.calendar import closing_words
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.interest import starting
from recruit.interest.queries import own_interest
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import CriterionKind
from recruit.vacancies.queries import public_vacancy
from recruit.web import guard
from recruit.web.candidate.area import blueprint
from recruit.web.forms import Form


class StartForm(Form):
    """Nothing but the token."""


@blueprint.route("/jobs/<slug>/apply", methods=["GET", "POST"])
def start_application(slug: str) -> ResponseReturnValue:
    now = clock.now()
    vacancy = public_vacancy(slug, now=now).vacancy
    existing = queries.live_application(g.actor, vacancy.id) if g.actor.is_signed_in else None
    form = StartForm()
    if existing is None and form.validate_on_submit():
        try:
            with transaction():
                existing = starting.start_application(g.actor, guard.account(), vacancy, now=clock.now())
        except Conflict:
            existing = queries.live_application(g.actor, vacancy.id)  # a second click, or another window
            if existing is None:
                raise
    if existing is not None:
        return redirect(url_for(".show_application", reference=existing.reference))
    essential = [
        criterion
        for criterion in vacancy.asked
        if criterion.kind == CriterionKind.ESSENTIAL
        and not (vacancy.registration_required and is_covered(criterion.text))
    ]
    has_earlier = g.actor.is_signed_in and carrying.last_application(g.actor.user_id) is not None
    return render_template(
        "candidate/start_application.html",
        has_earlier=has_earlier,
        has_interest=g.actor.is_signed_in and own_interest(g.actor, now=now) is not None,
        form=form,
        vacancy=vacancy,
        here=url_for(".start_application", slug=slug),
        is_open=vacancy.is_open(now),
        is_paused=vacancy.status == VacancyStatus.PAUSED,
        closes=closing_words(vacancy.closes_at) if vacancy.closes_at else "",
        essential=essential,
        effort=effort.words_to_apply(len(essential), has_earlier=has_earlier),
        back_href=f"/jobs/{vacancy.slug}",
    )
