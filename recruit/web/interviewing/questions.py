"""What a vacancy's interviews ask, as the chair of its panel writes it."""

from flask import g, url_for

from recruit.core.errors import NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.panels import reading
from recruit.panels.moderation import Chaired
from recruit.panels.reading import NO_PANEL
from recruit.web.interviewing.blueprint import blueprint
from recruit.web.question_pages import QuestionPages
from recruit.web.question_set_pages import QuestionSetPages


def _panel(reference: str) -> Chaired:
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound(NO_PANEL)
    return reading.own_panel(g.actor, found)[0]


def _back(panel: Chaired) -> tuple[str, str]:
    return url_for("panel.show_panel", reference=panel.vacancy.reference), panel.vacancy.title


pages = QuestionPages(_panel, _back)
pages.register(blueprint, "/vacancies/<reference>/questions")
QuestionSetPages(pages).register(blueprint, "/vacancies/<reference>/questions")
