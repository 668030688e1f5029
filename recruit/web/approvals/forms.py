"""The forms of the area."""

from wtforms import HiddenField
from wtforms.validators import DataRequired

from recruit.rules import limits
from recruit.rules.lifecycle import VacancyStatus
from recruit.web.forms import MaxCharacters, ProseField, VersionedForm
from recruit.web.vacancy_step_forms import why_field


class ApproveForm(VersionedForm):
    """Approve the version that was read, at the pay and the welcome payment that were read."""

    pay = HiddenField()


class ChangesForm(VersionedForm):
    """Give a vacancy back, with what is to be changed."""

    comment = ProseField(
        "What should change?",
        [DataRequired("Enter what should change"), MaxCharacters(limits.COMMENT_CHARACTERS, "What you write")],
        description="The team can read it, and its author is sent it by email. Candidates cannot read it.",
    )


class DeclineForm(VersionedForm):
    """Leave a published vacancy as it is, with why."""

    comment = ProseField(
        "Why should it stay as it is?",
        [DataRequired("Enter why it should stay as it is"), MaxCharacters(limits.COMMENT_CHARACTERS, "What you write")],
        description="Who asked for the change is sent it by email. Candidates cannot read it.",
    )


class CancelForm(VersionedForm):
    """Why a vacancy is taken from the public."""

    why = why_field("Main reason", VacancyStatus.CANCELLED)
    reason = ProseField("Why is it cancelled?", [DataRequired("Enter why the vacancy is cancelled")])
