"""A vacancy as structured data for search engines: schema.org's JobPosting by Google's rules.

Only for a vacancy that is open, on its own page: anywhere else it would be against those rules.  What it says is what
the page says.  The welcome payment and other payments are no part of the salary, and are not in it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from recruit.core.calendar import LONDON
from recruit.vacancies.models import Contract
from recruit.vacancies.presentation import paid_range
from recruit.web import markdown
from recruit.web.store import Store
from recruit.web.vacancy_page import VacancyPage
from recruit.web.vacancy_words import VacancyWords

KEPT = 1_024  # postings kept by one process, about five kilobytes each
_kept: Store[tuple[str, int], tuple[VacancyWords, Markup]] = Store(KEPT)
_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end the element, or a line of a script, is written in JSON's own way."""


def job_posting(page: VacancyPage) -> Markup:
    """Return the JSON of a vacancy that is open, safe to stand in a script element; made once for the same words."""
    settings = current_app.config["SETTINGS"]
    key = settings.public_url, page.vacancy.id
    kept = _kept.get(key)
    if kept is None or kept[0] is not page.words:
        logo = settings.public_url + current_app.extensions["assets"].url("touch-icon.png")
        kept = page.words, in_script(posting(page.words, settings, logo))
        _kept.keep(key, kept)
    return kept[1]


def in_script(value: Mapping[str, Any]) -> Markup:
    """Return `value` as JSON that means the same to every reader and ends no script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704  nothing in it can be markup any more


def posting(words: VacancyWords, settings: Any, logo: str) -> dict[str, Any]:
    """Return the JobPosting of an open vacancy.

    Args:
        words: the vacancy.
        settings: the service's; `organisation`, `place` and `public_url` are read.
        logo: the address of a picture of the employer.
    """
    vacancy, organisation = words.vacancy, settings.organisation
    opened_at = vacancy.opens_at
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": vacancy.title,
        "description": _description(words),
        "url": f"{settings.public_url}/jobs/{vacancy.slug}",
        "identifier": {"@type": "PropertyValue", "name": organisation, "value": vacancy.reference},
        "datePosted": _moment(opened_at) if opened_at else "",
        "validThrough": words.closes_through,
        "employmentType": _employment(words),
        "hiringOrganization": {
            "@type": "Organization",
            "name": organisation,
            "sameAs": settings.public_url,
            "logo": logo,
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": vacancy.workplace,
                "addressLocality": settings.place,
                "addressCountry": "GB",
            },
        },
        "baseSalary": {"@type": "MonetaryAmount", "currency": "GBP", "value": _salary(words)},
        "directApply": True,  # the form is on this site
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(LONDON).isoformat(timespec="seconds")


def _employment(words: VacancyWords) -> list[str]:
    """The kinds that Google knows: a fixed term is temporary, a job share part time."""
    vacancy = words.vacancy
    kinds = {
        "FULL_TIME": vacancy.full_time,
        "PART_TIME": vacancy.part_time or vacancy.job_share,
        "TEMPORARY": vacancy.contract != Contract.PERMANENT,
    }
    return [kind for kind, is_so in kinds.items() if is_so]


def _salary(words: VacancyWords) -> dict[str, Any]:
    """What the post itself pays: for part-time hours and term-time weeks their share."""
    low, high = paid_range(*words.salary, words.vacancy.weekly_hours, words.vacancy.paid_weeks)
    amounts = {"value": _pounds(low)} if low == high else {"minValue": _pounds(low), "maxValue": _pounds(high)}
    return {"@type": "QuantitativeValue", **amounts, "unitText": "YEAR"}


def _pounds(pence: int) -> int | float:
    whole, rest = divmod(pence, 100)
    return pence / 100 if rest else whole


def _description(words: VacancyWords) -> str:
    """The advert as plain HTML: the work, the terms, the person."""
    vacancy = words.vacancy
    parts = [
        f"<p>{escape(vacancy.summary)}</p>",
        markdown.without_looks(markdown.render(vacancy.description)),
        f"<p>{escape(words.contract)}. {escape(words.hours)}. {escape(vacancy.grade.title)}.</p>",
        _list("Essential", [criterion.text for criterion in words.essential]),
        _list("Desirable", [criterion.text for criterion in words.desirable]),
    ]
    return "\n".join(part.strip() for part in parts if part)


def _list(heading: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h3>{heading}</h3><ul>{items}</ul>" if lines else ""
