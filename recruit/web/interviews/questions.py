"""What a vacancy's interviews ask, as HR writes it."""

from flask import g, url_for

from recruit.core.errors import NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.panels import reading
from recruit.panels.moderation import Chaired
from recruit.web.interviews.blueprint import blueprint
from recruit.web.question_pages import QuestionPages
from recruit.web.question_set_pages import QuestionSetPages


def _panel(reference: str) -> Chaired:
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound("There is no published vacancy of that reference.")
    return reading.panel_for_hr(g.actor, found)[0]


def _back(panel: Chaired) -> tuple[str, str]:
    return url_for(".show_interviews", reference=panel.vacancy.reference), "Interviews"


pages = QuestionPages(_panel, _back)
pages.register(blueprint, "/questions")
QuestionSetPages(pages).register(blueprint, "/questions")
