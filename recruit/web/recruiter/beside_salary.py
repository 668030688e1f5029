"""What a vacancy pays beside salary: one page for each kind of payment, of a draft or of a change."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.pay.additions import KIND_WORDS, Addition, Kind, additions_of
from recruit.rules.lifecycle import RevisionStatus
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import beside_salary, revised_post
from recruit.vacancies.models import Vacancy
from recruit.vacancies.revised_post import additions_said
from recruit.vacancies.revisions import open_revision
from recruit.vacancies.service import refuse_settled
from recruit.vacancies.writing_models import VacancyRevision
from recruit.web.forms import VersionedForm
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.pay_fields import AdditionForm, filled_in_addition

ABOUT = {
    Kind.MARKET_SUPPLEMENT: "A time-limited payment on top of the grade, for posts that are hard to fill. It needs"
    " evidence, and a date on which it is reviewed or ends.",
    Kind.RETENTION: "A payment for staying, each month or once after some time.",
    Kind.RELOCATION: "Help with the cost of moving here. It is named apart and counted in no total.",
}


@dataclass(frozen=True, slots=True)
class Paying:
    """What the payments are of: a draft, or a change of what is published."""

    vacancy: Vacancy
    revision: VacancyRevision | None

    @property
    def version(self) -> int:
        return self.revision.version if self.revision else self.vacancy.version

    @property
    def kept(self) -> dict[Kind, Addition]:
        said = additions_said(self.revision) if self.revision else additions_of(self.vacancy.additions)
        return {one.kind: one for one in said}

    def keep(self, addition: Addition, seen: int) -> None:
        now = clock.now()
        if self.revision:
            revised_post.set_addition(g.actor, self.revision, addition, seen_version=seen, now=now)
        else:
            beside_salary.set_addition(g.actor, self.vacancy, addition, seen_version=seen, now=now)

    def remove(self, kind: Kind, seen: int) -> None:
        if self.revision:
            revised_post.remove_addition(g.actor, self.revision, kind, seen_version=seen)
        else:
            beside_salary.remove_addition(g.actor, self.vacancy, kind, seen_version=seen, now=clock.now())


@blueprint.get("/vacancies/<reference>/beside-salary")
def list_payments(reference: str) -> ResponseReturnValue:
    """Every kind of payment, with what the vacancy has of it."""
    paying = _written(reference)
    rows = [(kind, KIND_WORDS[kind], paying.kept.get(kind)) for kind in Kind]
    is_change = paying.revision is not None
    return render_template("recruiter/list_payments.html", vacancy=paying.vacancy, rows=rows, is_change=is_change)


@blueprint.route("/vacancies/<reference>/beside-salary/<kind>", methods=["GET", "POST"])
def edit_payment(reference: str, kind: str) -> ResponseReturnValue:
    """Write one payment, new or there already."""
    wanted = _kind(kind)
    paying = _written(reference)
    kept = paying.kept.get(wanted)
    form = AdditionForm(data={"version": str(paying.version)} | (filled_in_addition(kept) if kept else {}))
    form.kind, status = wanted, 200
    if form.validate_on_submit():
        try:
            with transaction():
                paying.keep(form.addition(), form.seen_version())
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            form.version.data = str(_paying(reference).version)
        else:
            flash(f"{KIND_WORDS[wanted]} saved")
            return redirect(url_for(".list_payments", reference=reference))
    page = render_template(
        "recruiter/edit_payment.html",
        vacancy=paying.vacancy,
        version=paying.version,
        form=form,
        kind=wanted,
        name=KIND_WORDS[wanted],
        about=ABOUT[wanted],
        is_kept=kept is not None,
    )
    return page, status


@blueprint.post("/vacancies/<reference>/beside-salary/<kind>/remove")
def remove_payment(reference: str, kind: str) -> ResponseReturnValue:
    """Take one payment away."""
    wanted, paying, form = _kind(kind), _paying(reference), VersionedForm()
    with transaction():
        paying.remove(wanted, form.seen_version())
    flash(f"{KIND_WORDS[wanted]} removed")
    return redirect(url_for(".list_payments", reference=reference))


def _written(reference: str) -> Paying:
    """Return what of theirs can be written: a draft, or the change of a published vacancy that is being written.

    Raises:
        Conflict: approval has settled it, or it waits for that.
    """
    paying = _paying(reference)
    if paying.revision is None:
        refuse_settled(paying.vacancy)
    return paying


def _paying(reference: str) -> Paying:
    vacancy = queries.vacancy_of(g.actor, reference)
    revision = open_revision(vacancy) if vacancy.published_at is not None else None
    is_written = revision is not None and revision.status is RevisionStatus.DRAFT
    return Paying(vacancy, revision if is_written else None)


def _kind(name: str) -> Kind:
    if name not in list(Kind):
        raise NotFound("There is no such kind of payment.")
    return Kind(name)
