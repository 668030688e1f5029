"""The forms of the steps in a published vacancy's life."""

from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import Select

from recruit.rules import limits
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.outcomes import REASONS, WORDS, OutcomeReason
from recruit.vacancies.readiness import NotReady
from recruit.web.fields import ChoiceField, DatePartsField, choice
from recruit.web.forms import MaxCharacters, ProseField, VersionedForm

WHOSE = "For the vacancy’s history. Candidates do not see it."
ALL_DAY = "It closes at 11:59pm on that day."
FIELDS = {"closes_at": "closes_on", "interview_on": "interview_on"}
"""The field that mends what a finding names."""


def why_field(label: str, status: VacancyStatus, *, needed: bool = True) -> ChoiceField:
    """Return the question for the main reason of a vacancy that ends as `status`; it is counted."""
    offered = [("", "Select a reason"), *((reason.value, WORDS[reason]) for reason in REASONS[status])]
    missing = "Select the main reason"
    return ChoiceField(
        label,
        offered,
        missing=missing,
        needed=needed,
        kind=OutcomeReason,
        widget=Select(),
        description="It is counted, so that HR sees why posts stay empty.",
    )


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
    why = why_field("Main reason, if not all were filled", VacancyStatus.UNFILLED, needed=False)
    comment = ProseField(
        "Anything to add (optional)", [MaxCharacters(limits.COMMENT_CHARACTERS, "What you write")], description=WHOSE
    )

    def offer(self, posts: int) -> None:
        """Offer every number up to `posts`."""
        numbers = [choice(str(number), f"{number} of {posts}") for number in range(posts + 1)]
        self.filled.choices = [choice("", "Select a number"), *numbers]
        self._posts = posts

    def validate_why(self, field: ChoiceField) -> None:
        if self.filled.kept is not None and self.filled.kept < self._posts and field.kept is None:
            raise ValidationError("Select the main reason why not all posts were filled")

    def validate_comment(self, field: ProseField) -> None:
        is_short = self.filled.kept is not None and self.filled.kept < self._posts
        if is_short and self.why.kept is OutcomeReason.OTHER and not field.data:
            raise ValidationError("Write what the other reason is")


def show_findings(form: VersionedForm, refusal: NotReady) -> None:
    """Say beside the fields what does not fit; above them where the page has no such field."""
    for finding in refusal.findings:
        name = FIELDS.get(finding.field, "")
        if name in form:
            form[name].errors = [*form[name].errors, finding.message]
            form[name].post_validate(form, True)
        else:
            form.form_errors.append(finding.message)
