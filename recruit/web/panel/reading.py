"""The panels that somebody is on, and one of them."""

from collections.abc import Sequence
from datetime import datetime

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import closing_words, short_date
from recruit.core.errors import NotFound
from recruit.core.references import normalise_reference, normalise_vacancy_reference
from recruit.panels import reading
from recruit.panels.lacking import lacking_of
from recruit.panels.models import Sift
from recruit.panels.moderation import Chaired, to_settle_at
from recruit.panels.offering import waiting_applications
from recruit.panels.own_panels import OwnPanel, own_panels
from recruit.panels.promised import promise_words, promised_day
from recruit.panels.reading import NO_PANEL, NO_SHEET, OwnSheet
from recruit.panels.standings import Stage, in_sift
from recruit.rules.access import Permission, can
from recruit.rules.sift import OVER, SCORE_WORDS, SHEET_WORDS, SheetStatus
from recruit.vacancies.models import CriterionKind
from recruit.web.panel.blueprint import blueprint
from recruit.web.sift_closing import over_words, standing_words


@blueprint.get("")
def list_panels() -> ResponseReturnValue:
    """The vacancies whose panel the reader is on."""
    panels = own_panels(g.actor)
    to_settle = to_settle_at([one.vacancy for one in panels if one.is_chair and _is_open(one)])
    rows = [
        {
            "panel": one,
            "vacancy": one.vacancy,
            "state": _state(one),
            "to_settle": to_settle.get(one.vacancy.id, 0),
            "by": short_date(day) if (day := promised_day(one.vacancy, one.first_due_at)) and _is_open(one) else "",
        }
        for one in panels
    ]
    return render_template("panel/list_panels.html", rows=rows)


def _is_open(panel: OwnPanel) -> bool:
    return panel.opened_at is not None and panel.closed_at is None and panel.vacancy.status not in OVER


def _state(panel: OwnPanel) -> tuple[str, str]:
    """Return where a panel stands, and the kind of its tag."""
    if panel.vacancy.status in OVER:
        return "Vacancy over", "plain"
    if panel.opened_at is None:
        closes_at = panel.vacancy.closes_at
        if closes_at and closes_at > clock.now():
            return f"Closes {closing_words(closes_at)}", "plain"
        return ("HR opens it soon" if panel.is_waiting else "Nothing to score"), "plain"
    if panel.closed_at is not None:
        return "Sift closed", "plain"
    if panel.scored < panel.given:
        return f"{panel.given - panel.scored} to score", "wait"
    return "All your scores are in", "good"


@blueprint.get("/<reference>")
def show_panel(reference: str) -> ResponseReturnValue:
    """What to score by, the reader's applications, and what waits for the chair."""
    panel, sift = find_panel(reference)
    is_open = sift is not None and sift.opened_at is not None
    sheets = reading.own_sheets(g.actor, panel.vacancy.id) if is_open else []
    closes_at = panel.vacancy.closes_at
    is_over = closes_at is not None and closes_at <= clock.now()
    is_chair = can(g.actor, Permission.SHEET_MODERATE, panel)
    standings = in_sift(panel.vacancy.id, panel.vacancy.asked) if is_open and is_chair else []
    return render_template(
        "panel/show_panel.html",
        vacancy=panel.vacancy,
        **standing_words(sift),
        closes=closing_words(closes_at) if closes_at else "",
        ended=over_words(panel.vacancy, clock.now()),
        is_over=is_over,
        waits=is_over and not is_open and bool(waiting_applications(panel.vacancy.id)),
        sheets=sheets,
        done=sum(sheet.status == SheetStatus.SUBMITTED for sheet in sheets),
        following=next_to_score(sheets, ""),
        promise=promise_words(panel.vacancy, _first_due_at(sheets), now=clock.now()),
        is_chair=is_chair,
        lacking=[one.words for one in lacking_of(panel.vacancy, sift, standings)],
        differing=[one.reference for one in standings if one.stage == Stage.DIFFERS],
        scored=sum(one.stage == Stage.SCORED for one in standings),
        of_all=len(standings),
        words=SHEET_WORDS,
        Status=SheetStatus,
        scale=SCORE_WORDS,
        criteria=criteria_by_kind(panel),
    )


def _first_due_at(sheets: Sequence[OwnSheet]) -> datetime | None:
    """Return until when the first waits of those that are to be scored."""
    left = [sheet.due_at for sheet in sheets if sheet.status == SheetStatus.TO_SCORE]
    return min((due_at for due_at in left if due_at is not None), default=None)


def criteria_by_kind(panel: Chaired) -> list[tuple[str, list[str]]]:
    """Return what the vacancy asks for, essential lines first."""
    kinds = {"Essential": CriterionKind.ESSENTIAL, "Desirable": CriterionKind.DESIRABLE}
    return [(name, [line.text for line in panel.vacancy.asked if line.kind == kind]) for name, kind in kinds.items()]


def find_panel(reference: str) -> tuple[Chaired, Sift | None]:
    """Return the panel that an address names, however its reference is written."""
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound(NO_PANEL)
    return reading.own_panel(g.actor, found)


def find_reference(application: str) -> str:
    """Return an application's reference as we write it."""
    found = normalise_reference(application)
    if found is None:
        raise NotFound(NO_SHEET)
    return found


def next_to_score(sheets: list[OwnSheet], after: str) -> str | None:
    """Return the application that comes after `after` and is to be scored, round to the start; None if none is left."""
    left = [sheet.reference for sheet in sheets if sheet.status == SheetStatus.TO_SCORE and sheet.reference != after]
    return next((reference for reference in left if reference > after), left[0] if left else None)


def address_of_next(vacancy_reference: str, sheets: list[OwnSheet], after: str) -> str:
    """Return the page to go to after an application: the next to score, or the panel's."""
    following = next_to_score(sheets, after)
    if following is None:
        return url_for("panel.show_panel", reference=vacancy_reference)
    return url_for("panel.show_application", reference=vacancy_reference, application=following)
