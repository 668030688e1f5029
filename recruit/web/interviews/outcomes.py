"""What came of a vacancy's interviews, side by side, in the order of references: it ranks and decides nothing."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.interviews.queries import people_interviewed
from recruit.panels.feedback import feedback_of
from recruit.panels.holding import interview_for_hr
from recruit.panels.interview_sheets import remove_interviewer
from recruit.panels.rounds import lines_of
from recruit.panels.standings import Stage, Standing, standings_of
from recruit.rules import limits
from recruit.rules.interviews import KIND_WORDS, InterviewKind
from recruit.rules.lifecycle import STAFF_WORDS, ApplicationStatus
from recruit.rules.sift import SHEET_WORDS, Round
from recruit.vacancies.models import Vacancy
from recruit.web.interviews.blueprint import blueprint
from recruit.web.interviews.overview import find_vacancy
from recruit.web.ranking import points
from recruit.web.score_forms import ReasonForm


@blueprint.get("/scores")
def show_scores(reference: str) -> ResponseReturnValue:
    """Each candidate's scores, question by question, once everybody's are in; and drafts of feedback."""
    vacancy = find_vacancy(reference)
    return render_template(
        "interviews/show_scores.html",
        vacancy=vacancy,
        rounds=[found for kind in InterviewKind if (found := _round(vacancy, kind))],
    )


@blueprint.route("/<int:slot_id>/scorers/<int:user_id>", methods=["GET", "POST"])
def remove_scorer(reference: str, slot_id: int, user_id: int) -> ResponseReturnValue:
    """Let somebody who was to interview not count, with a reason: they did not come, or are connected."""
    vacancy = find_vacancy(reference)
    held = interview_for_hr(g.actor, vacancy.id, slot_id)
    name = next((one.name for one in held.interviewers if one.id == user_id), "")
    back, form, status = url_for(".show_scores", reference=vacancy.reference), ReasonForm(), 200
    if request.method == "POST" and form.validate():
        try:
            with transaction():
                remove_interviewer(g.actor, held, user_id, form.reason.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash(f"{name} does not count for this interview any more.")
            return redirect(back)
    page = render_template(
        "interviews/remove_scorer.html",
        vacancy=vacancy,
        candidate=held.application.candidate.name,
        name=name,
        form=form,
        back_href=back,
    )
    return page, status


def _round(vacancy: Vacancy, kind: InterviewKind) -> dict[str, Any] | None:
    """Return one kind of interview as the page shows it; None where nobody chose a time for it."""
    people = people_interviewed(vacancy.id, kind)
    if not people:
        return None
    round_ = Round(kind.value)
    lines = lines_of(vacancy, round_)
    standings = standings_of(vacancy.id, lines, round_=round_)
    return {
        "title": KIND_WORDS[kind],
        "lines": [{"number": place, "text": line.text, "weight": line.weight} for place, line in enumerate(lines, 1)],
        "most": sum(line.weight for line in lines) * limits.SCORES[1],
        "rows": [_row(one, lines, people) for one in standings],
    }


def _row(standing: Standing, lines: Any, people: Any) -> dict[str, Any]:
    person = people[standing.application_id]
    is_in = standing.both_in
    return {
        "reference": standing.reference,
        "candidate": person.candidate,
        "slot_id": person.slot_id,
        "status": STAFF_WORDS[person.status],
        "stage": standing.stage.value if person.starts_at <= clock.now() else "Still to come",
        "is_in": is_in,
        "can_change": not is_in and person.status == ApplicationStatus.SHORTLISTED,
        "points": [points(standing.points(line.id)) for line in lines] if is_in else [],
        "total": points(standing.all_points) if standing.stage == Stage.SCORED else "",
        "scorers": [
            {"id": one.scorer_id, "name": one.scorer, "state": SHEET_WORDS[one.status], "entries": one.entries}
            for one in standing.sheets
        ],
        "moderated": standing.moderated,
        "lines": lines,
        "feedback": feedback_of(standing, lines) if is_in else "",
    }
