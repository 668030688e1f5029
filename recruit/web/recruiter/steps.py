"""The steps in a published vacancy's life, taken by its team."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import relisting
from recruit.web import vacancy_steps
from recruit.web.forms import VersionedForm
from recruit.web.recruiter.blueprint import blueprint


@blueprint.route(f"/vacancies/<reference>/{vacancy_steps.PATH}", methods=["GET", "POST"])
def steer_vacancy(reference: str, step: str) -> ResponseReturnValue:
    """Extend, pause, resume, end early, or record the outcome."""
    back_href = url_for(".show_vacancy", reference=reference)
    return vacancy_steps.step_page(
        step, lambda: queries.vacancy_of(g.actor, reference), "recruiter/steer_vacancy.html", back_href
    )


@blueprint.post("/vacancies/<reference>/outcome/take-back")
def take_back_outcome(reference: str) -> ResponseReturnValue:
    """Forget an outcome that was recorded by mistake."""
    vacancy = queries.vacancy_of(g.actor, reference)
    return vacancy_steps.take_back(vacancy, url_for(".show_vacancy", reference=reference))


@blueprint.post("/vacancies/<reference>/relist")
def relist_vacancy(reference: str) -> ResponseReturnValue:
    """A new draft from a vacancy that is over, linked with it."""
    vacancy, form = queries.vacancy_of(g.actor, reference), VersionedForm()
    with transaction():
        copy = relisting.relist_vacancy(g.actor, vacancy, seen_version=form.seen_version(), now=clock.now())
    flash(f"Relisted as a new draft, {copy.reference}. Set its dates, then check it and send it for approval.")
    return redirect(url_for(".edit_vacancy", reference=copy.reference))
