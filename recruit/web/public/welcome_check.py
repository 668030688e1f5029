"""Four questions about the welcome payment.  The answers stand in the address and nowhere else."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from recruit.core.errors import NotFound
from recruit.pay.eligibility import Answer, Answers, Employed, Outcome, Post, Rules, Verdict, check_eligibility
from recruit.web import caching
from recruit.web.fields import ChoiceField, choice
from recruit.web.forms import Form
from recruit.web.public.blueprint import blueprint
from recruit.web.public.welcome import find_terms
from recruit.web.welcome_page import WelcomePage, grades_and_teams

HEADINGS = {
    Outcome.LIKELY: "You are likely to get it",
    Outcome.NOT_LIKELY: "You are not likely to get it",
    Outcome.ASK_US: "Ask us",
}
YES_NO = ((Answer.YES, "Yes"), (Answer.NO, "No"), (Answer.UNSURE, "I am not sure"))


class EligibilityForm(Form):
    """The questions.  They change nothing, so they need no token."""

    class Meta:
        csrf = False

    post = ChoiceField("How long is the post for?", missing="Select how long the post is for", kind=Post)
    employed = ChoiceField(
        "Does the council employ you, or did it?", missing="Select if the council employs you, or did", kind=Employed
    )
    agency = ChoiceField(
        "Do you work for us now through an agency?",
        YES_NO,
        missing="Select if you work for us through an agency",
        kind=Answer,
    )
    newly_qualified = ChoiceField(
        "Will you start as a newly qualified social worker?",
        YES_NO,
        missing="Select if you will start as newly qualified",
        kind=Answer,
        description="In your assessed and supported year in employment (ASYE).",
    )


@blueprint.get("/welcome-payment/<terms>/check")
def check_welcome_payment(terms: str) -> ResponseReturnValue:
    """Ask, and say what the terms make of the answers.  Nothing is kept."""
    version = find_terms(terms)
    if version.eligibility is None:
        raise NotFound("There is no check for these terms. Read the conditions, or ask us.")
    rules = Rules.model_validate(version.eligibility)
    is_asked = any(name in request.args for name in ("post", "employed", "agency", "newly_qualified"))
    form = EligibilityForm(formdata=request.args if is_asked else None)
    _offer(form, rules)
    verdict: Verdict | None = None
    if is_asked and form.validate():
        answers = Answers(form.post.kept, form.employed.kept, form.agency.kept, form.newly_qualified.kept)
        verdict = check_eligibility(rules, answers)
    caching.same_for_everybody(is_kept=not request.query_string)
    return render_template(
        "public/check_welcome_payment.html",
        form=form,
        page=WelcomePage(version),
        verdict=verdict,
        heading=HEADINGS[verdict.outcome] if verdict else "",
    )


def _offer(form: EligibilityForm, rules: Rules) -> None:
    """Give the questions their choices, in the words of the terms."""
    shortest, away = rules.fixed_term_from_months, rules.rejoin_after_months
    fixed = [choice(Post.FIXED_LONG, "Fixed term")]
    posts = grades_and_teams(rules)
    if shortest and shortest > 1:
        fixed = [
            choice(Post.FIXED_LONG, f"Fixed term of {shortest} months or more"),
            choice(Post.FIXED_SHORT, f"Fixed term of less than {shortest} months"),
        ]
    form.post.description = f"It is for posts of {posts}." if posts else ""
    form.post.choices = [
        choice(Post.PERMANENT, "Permanent"),
        *fixed,
        choice(Post.SECONDMENT, "Secondment"),
        *([choice(Post.OTHER, "It is a post of another grade or team")] if posts else []),
        choice(Post.UNSURE, "I am not sure"),
    ]
    form.employed.choices = [
        choice(Employed.NO, f"No, or I left more than {away} months ago" if away else "No"),
        choice(Employed.NOW, "Yes, it employs me now"),
        *([choice(Employed.LEFT, f"I left in the last {away} months")] if away else []),
        choice(Employed.UNSURE, "I am not sure"),
    ]
