"""The parts of the details before a start that are one form each."""

from collections.abc import Mapping
from typing import Any

from flask import g, redirect
from flask.typing import ResponseReturnValue

from recruit.appointments import employment_service as service
from recruit.appointments.employment_numbers import hidden_but_last
from recruit.appointments.employment_queries import Saved
from recruit.core import clock
from recruit.rules.employment import Part
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.details_forms import BankForm, DbsForm, HealthForm, IdentityForm, RightToWorkForm
from recruit.web.candidate.details_places import BASE, as_row, known_in, onward, own_open_details, part_of, part_page
from recruit.web.candidate.fields import NO, YES
from recruit.web.candidate.section_form import AnswersForm, attempt


@blueprint.route(f"{BASE}/identity", methods=["GET", "POST"])
def edit_identity(reference: str) -> ResponseReturnValue:
    return _edit(reference, Part.IDENTITY, IdentityForm, "candidate/edit_identity.html")


@blueprint.route(f"{BASE}/dbs-certificate", methods=["GET", "POST"])
def edit_dbs_certificate(reference: str) -> ResponseReturnValue:
    return _edit(reference, Part.DBS, DbsForm, "candidate/edit_dbs_certificate.html")


@blueprint.route(f"{BASE}/right-to-work", methods=["GET", "POST"])
def edit_right_to_work(reference: str) -> ResponseReturnValue:
    return _edit(reference, Part.RIGHT_TO_WORK, RightToWorkForm, "candidate/edit_right_to_work.html")


@blueprint.route(f"{BASE}/occupational-health", methods=["GET", "POST"])
def edit_occupational_health(reference: str) -> ResponseReturnValue:
    return _edit(reference, Part.HEALTH, HealthForm, "candidate/edit_occupational_health.html")


@blueprint.route(f"{BASE}/bank-details", methods=["GET", "POST"])
def edit_bank_details(reference: str) -> ResponseReturnValue:
    return _edit(reference, Part.BANK, BankForm, "candidate/edit_bank_details.html")


def _edit(reference: str, part: Part, kind: type[AnswersForm], template: str) -> ResponseReturnValue:
    details = own_open_details(reference)
    known, is_bank = known_in(details), part is Part.BANK
    saved = part_of(details, part, known)
    shown = {} if is_bank else saved.answers
    form = kind(data={**shown, "finished": YES if saved.is_complete else None})

    def stored() -> Any:
        now = part_of(details, part, known)
        return as_row(now) if not is_bank else as_row_of_bank(now.answers, now.mark)

    outcome = attempt(
        form,
        lambda entered: service.save_part(g.actor, details, part, entered, known, now=clock.now()),
        stored,
        in_parts=not is_bank,  # half of one account and half of another would be worse than neither
        version=lambda row: str(row.mark),
    )
    if outcome.is_done:
        return redirect(onward(details, is_finished=form["finished"].data != NO))
    saved = part_of(details, part, known)
    kept = as_row_of_bank(saved.answers, saved.mark) if is_bank and saved.is_saved else None
    return part_page(template, outcome, details, part, saved, form=form, known=known, kept=kept)


def as_row_of_bank(answers: Mapping[str, Any], mark: str) -> Any:
    """Return an account as it may be shown: its last two characters."""
    hidden = {name: hidden_but_last(answers.get(name) or "") for name in service.BANK[1:]}
    return as_row(Saved({"account_name": answers.get("account_name") or "", **hidden}, mark=mark))
