"""Taking out what a panel member reads as PDFs: without names, by reference, with a reason that is kept."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.panels import reading
from recruit.panels.models import Sift
from recruit.record.disclosures import keep_disclosure
from recruit.record.models import Taking
from recruit.rules import limits
from recruit.vacancies.models import Vacancy
from recruit.web.forms import Form, MaxCharacters, ProseField
from recruit.web.panel.blueprint import blueprint
from recruit.web.panel.reading import find_panel
from recruit.web.pdf import can_make_pdf, render_paper, zip_answer


class DownloadForm(Form):
    """Take applications out of the service, without names."""

    reason = ProseField(
        "Why do you need them?",
        [DataRequired("Enter why you need them"), MaxCharacters(limits.NOTE_CHARACTERS, "The reason")],
        description="Kept in the record with your name, for auditors.",
    )


@blueprint.route("/<reference>/download", methods=["GET", "POST"])
def download_applications(reference: str) -> ResponseReturnValue:
    """Say what a zip would hold, ask why it is needed, then keep that and hand it out."""
    panel, sift = find_panel(reference)
    vacancy, form = panel.vacancy, DownloadForm()
    if not can_make_pdf():
        return redirect(url_for(".show_panel", reference=vacancy.reference))
    is_open = sift is not None and sift.opened_at is not None
    opened = reading.opened_by(g.actor, vacancy.id)[: limits.ZIPPED_APPLICATIONS] if is_open else []
    if opened and request.method == "POST" and form.validate():
        return _zip(vacancy, sift, opened, form.reason.data or "")
    return render_template("panel/download_applications.html", vacancy=vacancy, form=form, number=len(opened))


def _zip(vacancy: Vacancy, sift: Sift | None, opened: list[tuple[int, str]], reason: str) -> ResponseReturnValue:
    now, criteria = clock.now(), list(vacancy.asked)
    papers = []
    for key, reference in opened:
        found = reading.reading_for_panel(key, sift is None or sift.hides_employers)
        values = {"reference": reference, "reading": found, "vacancy": vacancy, "criteria": criteria}
        papers.append((reference, render_paper("panel/_application_paper.html", **values)))
    answer = zip_answer(papers, f"applications-{vacancy.reference}", now=now)
    with transaction():
        keep_disclosure(
            g.actor,
            Taking.ZIP,
            [key for key, _ in opened],
            content=f"without names, vacancy {vacancy.reference}",
            reason=reason,
            is_blind=True,
            now=now,
        )
    return answer
