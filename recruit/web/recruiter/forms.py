"""The small forms of the recruiter's area."""

from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import Select

from recruit.rules import limits
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Assessment, CriterionKind
from recruit.web.fields import ChoiceField, DatePartsField
from recruit.web.forms import Form, LineField, MaxCharacters, ProseField, VersionedForm
from recruit.web.recruiter.fields import posts_field, row_id
from recruit.web.vacancy_step_forms import why_field

KINDS = (
    (CriterionKind.ESSENTIAL, "Essential: nobody is taken on without it"),
    (CriterionKind.DESIRABLE, "Desirable: it counts between people who have what is essential"),
)
ASSESSMENTS = (
    (Assessment.APPLICATION, "In the application: candidates write evidence for it"),
    (Assessment.INTERVIEW, "At interview"),
    (Assessment.CHECK, "By a check before they start, such as a certificate"),
)
WEIGHTS = (("1", "Once"), ("2", "Twice"), ("3", "Three times"))


class CancelForm(VersionedForm):
    """Why a vacancy is taken from the public."""

    why = why_field("Main reason", VacancyStatus.CANCELLED)
    reason = ProseField("Why is it cancelled?", [DataRequired("Enter why the vacancy is cancelled")])


class SendForm(VersionedForm):
    """Send a vacancy for approval, with a word to HR if one is wanted."""

    comment = ProseField(
        "Anything HR should know (optional)",
        [MaxCharacters(limits.COMMENT_CHARACTERS, "Your comment")],
        description="For HR only. Candidates do not see it.",
    )


class CriterionForm(VersionedForm):
    """One line of a person specification."""

    text = LineField(
        "Criterion",
        [DataRequired("Enter the criterion")],
        most=limits.CRITERION_CHARACTERS,
        description="One thing that can be shown, like “Explains a decision so that a family understands it”.",
    )
    kind = ChoiceField("Is it essential?", KINDS, missing="Select essential or desirable", kind=CriterionKind)
    assessed_at = ChoiceField(
        "Where is it assessed?", ASSESSMENTS, missing="Select where it is assessed", kind=Assessment
    )
    weight = ChoiceField("How much does it count?", WEIGHTS, missing="Select how much it counts", kind=int)


class ChangeForm(VersionedForm):
    """What a change of a published vacancy says of pay, the welcome payment and the closing date."""

    grade_id = ChoiceField("Grade", missing="Select a grade", kind=row_id, widget=Select())
    pay_table_id = ChoiceField("Pay table", missing="Select a pay table", kind=row_id, widget=Select())
    welcome = ChoiceField(
        "Welcome payment",
        (("keep", "As it is"), ("current", "The terms in force now"), ("none", "None")),
        missing="Select what becomes of the welcome payment",
    )
    closes_on = DatePartsField("Closing date", [InputRequired("Enter the closing date")], thing="Closing date")


class ChangePostsForm(VersionedForm):
    """How many posts a published vacancy is for after a change."""

    posts = posts_field()


class SendChangeForm(VersionedForm):
    """Send a change of a published vacancy for approval."""

    reason = ProseField(
        "Why should it change?",
        [DataRequired("Enter why it should change"), MaxCharacters(limits.COMMENT_CHARACTERS, "The reason")],
        description="For HR and the vacancy’s history. Candidates do not see it.",
    )


class SetForm(VersionedForm):
    """What a set of criteria is called, and who can use it."""

    name = LineField(
        "Name of the set", [DataRequired("Enter a name")], description="Like “Social worker, qualified: the usual six”."
    )
    is_shared = BooleanField("All teams of the service area can use it")


class TemplateForm(Form):
    """What a template is called."""

    name = LineField(
        "Name of the template", [DataRequired("Enter a name")], description="Like “Social worker, assessment”."
    )
