"""A vacancy that is not public yet, as the public will read it: for its team and for whoever approves it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from recruit.vacancies.models import Vacancy
from recruit.vacancies.preview import as_if_open
from recruit.web.vacancy_documents import documents_shown
from recruit.web.vacancy_page import VacancyPage
from recruit.web.vacancy_words import VacancyWords


def preview_of(vacancy: Vacancy, address: Callable[[str], str], *, now: datetime) -> dict[str, Any]:
    """Return what the template of a preview prints.

    Args:
        address: makes the address of a document of its key.

    Raises:
        Incomplete: too little has been entered to make a page of it; the message says what.
    """
    page = VacancyPage(VacancyWords(as_if_open(vacancy, now=now)), now)
    documents = documents_shown(page.vacancy.documents, address)
    return {
        "documents": documents,
        "reference": vacancy.reference, "page": page, "vacancy": page.vacancy, "similar": "", "now": now, "heading": 3,
    }  # fmt: skip
