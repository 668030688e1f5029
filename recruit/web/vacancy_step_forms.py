"""The forms of the steps in a published vacancy's life."""

from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import Select

from recruit.rules import limits
from recruit.vacancies.readiness import NotReady
from recruit.web.fields import ChoiceField, DatePartsField, choice
from recruit.web.forms import MaxCharacters, ProseField, VersionedForm

WHOSE = "For the vacancy’s history. Candidates do not see it."
ALL_DAY = "It closes at 11:59pm on that day."
FIELDS = {"closes_at": "closes_on", "interview_on": "interview_on"}
"""The field that mends what a finding names."""


def _why(label: str, missing: str) -> ProseField:
    checks = [DataRequired(missing), MaxCharacters(limits.COMMENT_CHARACTERS, "What you write")]
    return ProseField(label, checks, description=WHOSE)


class ExtendForm(VersionedForm):
    """A later closing date."""

    closes_on = DatePartsField(
        "New closing date", [InputRequired("Enter the new closing date")], thing="New closing date", description=ALL_DAY
    )
    interview_on = DatePartsField("Interview date", [Optional()], thing="Interview date")
    reason = _why("Why is it extended?", "Enter why it is extended")


class EndForm(VersionedForm):
    """Close now."""

    reason = _why("Why does it end early?", "Enter why it ends early")


class PauseForm(VersionedForm):
    """Take no applications for a while."""

    reason = _why("Why is it paused?", "Enter why it is paused")


class ResumeForm(VersionedForm):
    """Take applications again, with a later closing date if one is wanted or needed."""

    closes_on = DatePartsField("New closing date", [Optional()], thing="New closing date", description=ALL_DAY)
    interview_on = DatePartsField(
        "Interview date",
        [Optional()],
        thing="Interview date",
        description="Used with a new closing date; it must be after it.",
    )


class OutcomeForm(VersionedForm):
    """How many posts were filled."""

    filled = ChoiceField("Posts filled", missing="Select how many posts were filled", kind=int, widget=Select())
    comment = ProseField(
        "Anything to add (optional)", [MaxCharacters(limits.COMMENT_CHARACTERS, "What you write")], description=WHOSE
    )

    def offer(self, posts: int) -> None:
        """Offer every number up to `posts`."""
        numbers = [choice(str(number), f"{number} of {posts}") for number in range(posts + 1)]
        self.filled.choices = [choice("", "Select a number"), *numbers]


def show_findings(form: VersionedForm, refusal: NotReady) -> None:
    """Say beside the fields what does not fit; above them where the page has no such field."""
    for finding in refusal.findings:
        name = FIELDS.get(finding.field, "")
        if name in form:
            form[name].errors = [*form[name].errors, finding.message]
            form[name].post_validate(form, True)
        else:
            form.form_errors.append(finding.message)
