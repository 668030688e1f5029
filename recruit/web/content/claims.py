"""Claims: what must be checked, adding and changing one, saying that it still holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.content import claims as service
from recruit.content import queries
from recruit.content.claims import ClaimText
from recruit.content.models import Claim, ContentAct, ContentPage, WhenStale
from recruit.content.texts import NotFit
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment, short_date
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.web.content.blueprint import blueprint
from recruit.web.content.forms import DAYS, ClaimForm, PublishForm, show_findings
from recruit.web.fields import choice

ACT_WORDS = {
    ContentAct.ADDED: "Added",
    ContentAct.CHANGED: "Changed",
    ContentAct.CHECKED: "Checked: it still holds",
    ContentAct.RETIRED: "Retired",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the list."""

    claim: Claim
    is_stale: bool
    standing: str
    pages: list[ContentPage]


@blueprint.get("/claims")
def list_claims() -> ResponseReturnValue:
    """Every claim: what must be checked first stands first."""
    today = london_day(clock.now())
    cited = queries.citing_pages()
    mine = request.args.get("owner") == "me"
    claims = queries.claims_listed()
    shown = [claim for claim in claims if not mine or claim.owner_id == g.actor.user_id]
    return render_template(
        "content/list_claims.html",
        rows=[_row(claim, today, list(cited.get(claim.slug, ()))) for claim in shown],
        mine=mine,
        number=len(claims),
        number_own=sum(claim.owner_id == g.actor.user_id for claim in claims),
        stale=queries.stale_number(claims, today),
    )


@blueprint.route("/new-claim", methods=["GET", "POST"])
def create_claim() -> ResponseReturnValue:
    """Add a claim."""
    form = ClaimForm(
        data={
            "stale_after_days": str(limits.CLAIM_DAYS_USUAL),
            "when_stale": WhenStale.HIDE.value,
            "owner_id": str(g.actor.user_id),
        }
    )
    _offer(form)
    if form.validate_on_submit():
        try:
            with transaction():
                claim = service.add_claim(g.actor, form.slug.data or "", _written(form), now=clock.now())
        except NotFit as refusal:
            show_findings(form, refusal)
        else:
            flash(f"Claim added. Cite it in a page with {{{{ claim {claim.slug} }}}} on a line of its own.")
            return redirect(url_for(".list_claims"))
    return render_template("content/create_claim.html", form=form)


@blueprint.route("/claims/<slug>", methods=["GET", "POST"])
def edit_claim(slug: str) -> ResponseReturnValue:
    """Change a claim, or say that it still holds."""
    claim = queries.find_claim(slug)
    form = ClaimForm(data=_filled_in(claim))
    del form.slug
    _offer(form, claim.stale_after_days)
    status = 200
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_claim(g.actor, claim, _written(form), seen_version=form.seen_version(), now=clock.now())
        except NotFit as refusal:
            show_findings(form, refusal)
        except Conflict as refusal:
            status = 409
            form.form_errors.append(f"{refusal} What you typed is still here.")
            form.version.data = str(queries.find_claim(slug).version)
        else:
            flash("Claim changed. Every page that cites it shows the change.")
            return redirect(url_for(".list_claims"))
    return _page(claim, form), status


@blueprint.post("/claims/<slug>/check")
def check_claim(slug: str) -> ResponseReturnValue:
    """Note that a claim was looked up today and still holds."""
    claim = queries.find_claim(slug)
    form = PublishForm()
    with transaction():
        service.check_claim(g.actor, claim, seen_version=form.seen_version(), now=clock.now())
    flash("Noted: the claim was checked today and still holds.")
    return redirect(url_for(".list_claims"))


@blueprint.post("/claims/<slug>/retire")
def retire_claim(slug: str) -> ResponseReturnValue:
    """Take away a claim that no page cites."""
    claim = queries.find_claim(slug)
    form = PublishForm()
    with transaction():
        service.retire_claim(g.actor, claim, seen_version=form.seen_version(), now=clock.now())
    flash("Claim retired. No page can cite it any more.")
    return redirect(url_for(".list_claims"))


def _page(claim: Claim, form: ClaimForm) -> str:
    row = _row(claim, london_day(clock.now()), list(queries.citing_pages().get(claim.slug, ())))
    events = [
        {
            "title": ACT_WORDS[event.act],
            "when": long_moment(event.at),
            "iso": event.at.isoformat(timespec="seconds"),
            "who": event.actor.name if event.actor else "The service",
            "note": event.note,
        }
        for event in queries.events_of_claim(claim)
    ]
    return render_template("content/edit_claim.html", form=form, row=row, claim=claim, events=events)


def _row(claim: Claim, today: date, pages: list[ContentPage]) -> Row:
    fact = queries.fact_of(claim)
    is_stale = fact.is_stale(today)
    standing = (
        f"Check since {short_date(fact.checked_until)}" if is_stale else f"Until {short_date(fact.checked_until)}"
    )
    return Row(claim, is_stale, standing, pages)


def _offer(form: ClaimForm, days: int | None = None) -> None:
    """Give the lists their choices, with the days that the claim has already among them."""
    offered = dict(DAYS)
    if days is not None:
        offered.setdefault(days, f"{days} days")
    form.stale_after_days.choices = [choice(str(number), words) for number, words in sorted(offered.items())]
    form.owner_id.choices = [
        choice("", "Select who checks it"),
        *(choice(str(user.id), user.name) for user in queries.editors()),
    ]


def _filled_in(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "source_name": claim.source_name,
        "source_url": claim.source_url,
        "as_of_on": claim.as_of_on,
        "stale_after_days": str(claim.stale_after_days),
        "when_stale": claim.when_stale.value,
        "owner_id": str(claim.owner_id),
        "version": str(claim.version),
    }


def _written(form: ClaimForm) -> ClaimText:
    return ClaimText(
        form.text.data or "",
        form.source_name.data or "",
        form.source_url.data or "",
        form.as_of_on.data or date.max,
        form.stale_after_days.kept or 0,
        form.when_stale.kept or WhenStale.HIDE,
        form.owner_id.kept or 0,
    )
