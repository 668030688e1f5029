"""The steps in a published vacancy's life, taken by HR."""

from flask import url_for
from flask.typing import ResponseReturnValue

from recruit.vacancies import approval_queries as queries
from recruit.web import vacancy_steps
from recruit.web.approvals.blueprint import blueprint


@blueprint.route(f"/<reference>/{vacancy_steps.PATH}", methods=["GET", "POST"])
def steer_vacancy(reference: str, step: str) -> ResponseReturnValue:
    """Extend, pause, resume, end early, or record the outcome."""
    back_href = url_for("review.show_vacancy", reference=reference)
    return vacancy_steps.step_page(
        step, lambda: queries.published_vacancy(reference), "approvals/steer_vacancy.html", back_href
    )


@blueprint.post("/<reference>/outcome/take-back")
def take_back_outcome(reference: str) -> ResponseReturnValue:
    """Forget an outcome that was recorded by mistake."""
    vacancy = queries.published_vacancy(reference)
    return vacancy_steps.take_back(vacancy, url_for("review.show_vacancy", reference=reference))
