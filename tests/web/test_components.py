"""Our macros against the GOV.UK Frontend fixtures: the same elements, classes, roles and ties between them."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from recruit.web.fields import DatePartsField

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
KEPT = frozenset(  # attributes that matter; aria-* and data-* that only a script reads are the scripts' own affair
    [
        "class",
        "id",
        "for",
        "name",
        "type",
        "role",
        "href",
        "value",
        "rel",
        "hidden",
        "checked",
        "selected",
        "autocomplete",
        "inputmode",
        "aria-describedby",
        "aria-label",
        "aria-current",
        "data-aria-controls",
        "data-behaviour",
    ]
)

environment = Environment(
    loader=FileSystemLoader(ROOT / "templates"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals["csrf_token"] = lambda: "token"


def render(file: str, macro: str, *args: Any, **kwargs: Any) -> BeautifulSoup:
    markup = getattr(environment.get_template(f"components/{file}.html").module, macro)(*args, **kwargs)
    return BeautifulSoup(str(markup), "html.parser")


def fixture(component: str, name: str) -> BeautifulSoup:
    fixtures = json.loads((FIXTURES / component / "fixtures.json").read_text())["fixtures"]
    return BeautifulSoup(next(each["html"] for each in fixtures if each["name"] == name), "html.parser")


def shape(tree: Tag) -> list[Any]:
    """Return a tree as lists that can be compared: tag, attributes that matter, text, children."""
    found: list[Any] = []
    for child in tree.children:
        if isinstance(child, Tag):
            attributes = {name: child[name] for name in KEPT if name in child.attrs and child[name] != ""}
            if "class" in attributes:
                attributes["class"] = sorted(attributes["class"])
            found.append([child.name, attributes, *shape(child)])
        elif text := " ".join(str(child).split()):
            found.append(text)
    return found


def bound(field: Any, *, sent: dict[str, Any] | None = None, name: str = "field") -> Field:
    """Return `field` in a form, validated when something was sent."""
    form = type("OneFieldForm", (Form,), {name: field})(MultiDict(sent) if sent is not None else None)
    if sent is not None:
        form.validate()
    return form[name]


def refuse(message: str) -> Any:
    def validator(_form: Form, _field: Field) -> None:
        raise ValidationError(message)

    return validator


def test_text_input_with_hint_and_error_is_as_designed():
    official = fixture("input", "with error and hint")
    control = official.find("input")
    field = bound(
        StringField(
            official.find("label").text.strip(),
            [refuse("Enter a National Insurance number in the correct format")],
            description=official.find(class_="govuk-hint").text.strip(),
        ),
        sent={},
        name=control["name"],
    )
    field.id = control["id"]

    assert shape(render("form", "text", field)) == shape(official)


def test_password_input_is_as_designed():
    field = bound(PasswordField("Password"), name="password")

    assert shape(render("form", "password", field)) == shape(fixture("password-input", "default"))


def test_textarea_is_as_designed():
    field = bound(TextAreaField("Can you provide more detail?"), name="more-detail")

    assert shape(render("form", "textarea", field)) == shape(fixture("textarea", "default"))


def test_what_was_typed_never_comes_back_as_markup():
    nasty = '"><script>x</script>\n</textarea>'

    page = render("form", "text", bound(StringField("A"), sent={"field": nasty}))
    assert (page.find("input")["value"], page.find("script")) == (nasty, None)
    page = render("form", "textarea", bound(TextAreaField("A"), sent={"field": nasty}))
    assert (page.find("textarea").text, page.find("script")) == (f"\n{nasty}", None)


def test_a_password_never_comes_back():
    page = render("form", "password", bound(PasswordField("Password"), sent={"field": "secret words"}))

    assert page.find("input").get("value") is None


def test_dates_are_as_designed():
    field = bound(
        DatePartsField("What is your date of birth?", thing="Birth", description="For example, 31 3 1980"), name="dob"
    )
    official = fixture("date-input", "default")
    for control in official.find_all("input"):
        control["name"] = f"dob-{control['name']}"  # parts are named after their field, as in a form of several dates
    del official.find("fieldset")["role"]  # a fieldset is a group already, and the HTML checker says so
    official.find("legend")["class"].append("govuk-fieldset__legend--m")

    assert shape(render("form", "date_parts", field)) == shape(official)


def options_of(official: BeautifulSoup, block: str) -> list[SelectChoice]:
    labels = official.find_all("label", class_=f"govuk-{block}__label")
    return [
        SelectChoice(control["value"], label.text.strip())
        for control, label in zip(official.select(f".govuk-{block}__input"), labels, strict=True)
    ]


@pytest.mark.parametrize(
    ("component", "field_class", "macro"),
    [("radios", RadioField, "radios"), ("checkboxes", SelectMultipleField, "checkboxes")],
)
def test_options_are_as_designed(component: str, field_class: type[Field], macro: str):
    official = fixture(component, "default")
    name = official.find("input")["name"]
    field = bound(field_class(official.find("legend").text.strip(), choices=options_of(official, component)), name=name)
    official.find("legend")["class"].append("govuk-fieldset__legend--m")
    for number, control in enumerate(official.find_all("input")):  # WTForms numbers every option, the first as well
        official.find("label", attrs={"for": control["id"]})["for"] = control["id"] = f"{name}-{number}"

    assert shape(render("form", macro, field)) == shape(official)


def test_a_conditional_is_tied_to_its_option_and_hidden_unless_chosen():
    choices = [SelectChoice("a", "A"), SelectChoice("b", "B")]

    page = render("form", "radios", bound(RadioField("Which?", choices=choices)), conditional={"b": "more"})
    assert (page.find(id="field-1")["data-aria-controls"], page.find(id="conditional-field-1").text) == (
        "conditional-field-1",
        "more",
    )
    assert page.select(".govuk-radios__conditional--hidden") != []
    chosen = bound(RadioField("Which?", choices=choices), sent={"field": "b"})
    assert render("form", "radios", chosen, conditional={"b": "more"}).select("[class*=hidden]") == []


def test_select_is_as_designed():
    official = fixture("select", "default")
    choices = [SelectChoice(option["value"], option.text.strip()) for option in official.find_all("option")]
    control = official.find("select")
    chosen = next(option["value"] for option in official.find_all("option") if "selected" in option.attrs)
    field = bound(
        SelectField(official.find("label").text.strip(), choices=choices, default=chosen), name=control["name"]
    )
    field.id = control["id"]

    assert shape(render("form", "select", field)) == shape(official)


class RowForm(Form):
    post = StringField("Post", [InputRequired("Enter the post you held")])


class EveryForm(Form):
    name = StringField("Full name", [InputRequired("Enter your full name")])
    why = RadioField("Why?", [InputRequired("Select why")], choices=[SelectChoice("a", "A")], validate_choice=False)
    needs = SelectMultipleField("Needs", [InputRequired("Select what you need")], choices=[SelectChoice("a", "A")])
    team = SelectField("Team", [InputRequired("Select a team")], choices=[SelectChoice("", "Choose")])
    closes = DatePartsField("Closes", [InputRequired("Enter the closing date")], thing="Closing date")
    rows = FieldList(FormField(RowForm), min_entries=1)
    agree = BooleanField("True", [InputRequired("Tick the box")])


def test_error_summary_leads_to_the_first_control_that_can_mend_each():
    form = EveryForm(MultiDict({"closes-day": "1"}))
    form.validate()
    form.form_errors.append("This vacancy has closed")

    page = render("form", "error_summary", form)

    assert [(item.a and item.a["href"], item.text) for item in page.select("li")] == [
        (None, "This vacancy has closed"),
        ("#name", "Enter your full name"),
        ("#why-0", "Select why"),
        ("#needs-0", "Select what you need"),
        ("#team", "Select a team"),
        ("#closes-month", "Closing date must include a month and year"),
        ("#rows-0-post", "Enter the post you held"),
        ("#agree", "Tick the box"),
    ]


def test_a_list_of_fields_tells_its_own_faults():
    rows = FieldList(FormField(RowForm), validators=[refuse("Add two posts")])
    form = type("RowsForm", (Form,), {"rows": rows})(MultiDict({"rows-0-post": "Social worker"}))
    form.validate()

    assert render("form", "error_summary", form).find("a", href="#rows").text == "Add two posts"


def test_error_summary_is_as_designed():
    official = fixture("error-summary", "default")
    fields = {link["href"][1:]: StringField("A", [refuse(link.text)]) for link in official.find_all("a")}
    form = type("TwoFieldForm", (Form,), fields)(MultiDict())
    form.validate()

    assert shape(render("form", "error_summary", form)) == shape(official)


def test_a_form_carries_a_token_once_and_does_not_let_the_browser_judge():
    page = render("form", "form", EveryForm(), button="Send application", look="accent")

    assert [control["value"] for control in page.select("input[name=csrf_token]")] == ["token"]
    assert (page.form["method"], "novalidate" in page.form.attrs, page.button.text) == (
        "post",
        True,
        "Send application",
    )
    assert page.button["data-prevent-double-click"] == "true"


def test_task_list_is_as_designed():
    official = fixture("task-list", "default")
    for tag in official.select(".govuk-tag"):
        tag["class"] = ["tag", "tag--info"]
    for status in official.select("[id$=-status]"):
        status["id"] = status["id"].replace("task-list", "task")
    for link in official.find_all("a"):
        link["aria-describedby"] = link["aria-describedby"].replace("task-list", "task")
    tasks = [
        {"text": link.text.strip(), "href": "#", "status": "Incomplete", "kind": "info"}
        for link in official.find_all("a")
    ]
    tasks[0] |= {"status": "Completed", "kind": ""}

    assert shape(render("panels", "task_list", tasks)) == shape(official)


def test_pagination_is_as_designed():
    pages = [{"number": number, "href": f"/page/{number}", "current": number == 2} for number in (1, 2, 3)]

    assert shape(render("navigation", "pagination", "/previous", "/next", pages)) == shape(
        fixture("pagination", "default")
    )


def test_pagination_of_one_page_is_nothing():
    assert render("navigation", "pagination", pages=[{"number": 1, "href": "/", "current": True}]).find() is None


def test_breadcrumbs_say_where():
    page = render("navigation", "breadcrumbs", [{"text": "Jobs", "href": "/jobs"}])

    assert [(link["href"], link.text) for link in page.select("nav[aria-label=Breadcrumb] a")] == [("/jobs", "Jobs")]


def test_summary_list_says_what_each_change_changes():
    rows = [{"key": "Full name", "value": "Amira", "href": "/name"}, {"key": "Phone", "value": ""}]

    page = render("panels", "summary_list", rows)

    assert [link.text for link in page.find_all("a")] == ["Change full name"]
    assert [value.text for value in page.select(".govuk-summary-list__value")] == ["Amira", "Not provided"]


def test_key_facts_say_the_conditions_with_the_payment():
    words = ("£28,672 to £36,922", "37 hours a week", "Assessment", "Middlehaven", "11:59pm on Sunday 29 May 2022")

    page = render("key_facts", "key_facts", *words, welcome_payment="£5,000")

    assert [(link["href"], link.text) for link in page.select(".welcome a")] == [
        ("/welcome-payment", "Conditions apply")
    ]
    assert page.select_one(".welcome strong").text == "Plus a £5,000 welcome payment"
    assert render("key_facts", "key_facts", *words).select(".welcome") == []
