"""Templates print what Jinja and MarkupSafe would print, and refuse what they refuse."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import Any

import pytest
from flask import Flask, current_app
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context, pass_environment
from markupsafe import Markup, escape

from recruit.web.quick_templates import QuickEnvironment, escaped, markup_of

PLAIN = Environment(autoescape=True, undefined=StrictUndefined)
QUICK = QuickEnvironment(Flask("quick"), autoescape=True, undefined=StrictUndefined)
MACROS = """
{%- macro tag(words, kind="plain") %}
<b class="{{ kind }}">{{ words }}{% if caller is defined %}{{ caller() }}{% endif %}</b>
{% endmacro %}
{%- macro row(words, kind) %}<i class="{{ kind }}">{{ words }}</i>{% endmacro %}
{%- macro few() %}{{ varargs | join(",") }}{% endmacro %}
{%- macro many() %}{{ varargs | join(",") }}|{{ kwargs.called }}{% endmacro %}
"""


class Kind(StrEnum):
    ODD = "<&>"


class Shown:
    def __html__(self) -> str:
        return "<i>shown</i>"


class OwnMarkup(Markup):
    """Markup of a kind of its own."""


def both(body: str, **values: Any) -> tuple[str, str]:
    """Return what Jinja makes of a template, and what we do."""
    jinjas, ours = (environment.from_string(MACROS + body).render(**values) for environment in (PLAIN, QUICK))
    return jinjas, ours


@given(st.one_of(st.text(), st.text("<>&'\"x"), st.integers(), st.none(), st.floats(), st.binary()))
def test_what_is_printed_is_escaped_as_it_always_was(value):
    assert escaped(value) == str(escape(value))


@pytest.mark.parametrize("value", ["<&>'\"", Markup("<i>"), OwnMarkup("<i>"), Kind.ODD, Shown(), ["<i>"], None, 7])
def test_markup_is_printed_as_it_is_and_all_else_is_not(value):
    jinjas, ours = both("{{ value }}|{{ value ~ value }}|{% set same = value %}{{ same }}{{ tag(value) }}", value=value)

    assert ours == jinjas


@pytest.mark.parametrize(
    "body",
    [
        "{{ tag(odd) }}",
        "{{ tag(kind=odd, words=1) }}",
        "{% call tag('x') %}<u>{{ odd }}</u>{% endcall %}",
        "{{ tag(tag(odd)) }}",
        "{{ tag(odd, odd) }}{{ row(odd, odd) }}{{ row(row(odd, 1), 2) }}",
        "{{ row(odd, kind=odd) }}{{ row(words=odd, kind=1) }}",
        "{% set made = row(odd, 1) %}{{ made ~ odd }}{{ made | length }}",
        "{% autoescape false %}{{ row(odd, odd) | e }}{% endautoescape %}",
        "{{ many(1, odd, called=odd) }}",
        "{% for one in [1, 2] %}{% set x = one %}{{ tag(x) }}{% endfor %}",
        "{% autoescape false %}{{ odd }}{{ tag(odd) }}{% endautoescape %}",
        "{% autoescape odd == '' %}{{ odd }}{{ tag(odd) }}{% endautoescape %}",
        "{% autoescape odd != '' %}{{ odd }}{{ tag(odd) }}{% endautoescape %}",
        "{{ odd | safe }}{{ odd | upper }}{{ odd | e }}{{ odd.upper() }}{{ '<&>' }}",
        "{% set words %}<i>{{ odd }}</i>{% endset %}{{ words }}{% filter upper %}{{ odd }}{% endfilter %}",
    ],
)
def test_a_template_makes_what_it_always_made(body):
    jinjas, ours = both(body, odd="<&>")

    assert ours == jinjas
    assert ours.strip()


@pass_context
def with_scope(context, word):
    return f"{word}{context['odd']}"


@pass_environment
def with_environment(environment, word):
    return f"{word}{environment.autoescape}"


def plain(word, *, other="-"):
    return f"{word}{other}"


@pytest.mark.parametrize(
    "call",
    ["plain('x')", "plain('x', other=odd)", "part()", "kind(odd)", "scope('x')", "about('x')", "odd.replace('<', '>')"],
)
def test_functions_are_called_as_they_always_were(call):
    functions = {
        "plain": plain,
        "part": partial(plain, "y"),
        "kind": Kind,
        "scope": with_scope,
        "about": with_environment,
    }
    jinjas, ours = both(f"{{% for one in [1] %}}{{{{ {call} }}}}{{% endfor %}}", odd="<&>", **functions)

    assert ours == jinjas


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("{{ missing }}", UndefinedError),
        ("{{ tag(missing) }}", UndefinedError),
        ("{{ odd.missing }}", UndefinedError),
        ("{{ tag(1, 2, 3) }}", TypeError),
        ("{{ tag(1, other=2) }}", TypeError),
        ("{{ row(1) }}", UndefinedError),
        ("{{ row(1, 2, 3) }}", TypeError),
        ("{{ row(1, 2, kind=3) }}", TypeError),
    ],
)
def test_what_is_wrong_in_a_template_is_an_error(body, error):
    with pytest.raises(error):
        QUICK.from_string(MACROS + body).render(odd="<&>")


@pytest.fixture
def written() -> Iterator[dict[str, str]]:
    """Give the templates of a service, whose request is on."""
    templates = {"row.html": MACROS}
    service = Flask("quick")
    service.jinja_environment = QuickEnvironment
    service.jinja_env.undefined = StrictUndefined
    service.jinja_loader = DictLoader(templates)  # type: ignore[assignment]
    with service.test_request_context("/"):
        yield templates


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("name", "given", "made"),
    [
        ("row", ("<&>", Markup("&amp;")), '<i class="&amp;">&lt;&amp;&gt;</i>'),
        ("tag", ("<&>",), '<b class="plain">&lt;&amp;&gt;</b>'),
        ("tag", (Markup("<u>"), "a"), '<b class="a"><u></b>'),
        ("few", (1, "<"), "1,&lt;"),
    ],
)
def test_a_macro_by_itself_makes_markup(name, given, made):
    ours = markup_of("row.html", name, *given)

    assert ours.strip() == made
    assert type(ours) is Markup


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("name", "given", "error"),
    [("row", (1,), UndefinedError), ("row", (1, 2, 3), TypeError), ("none", (), AttributeError)],
)
def test_a_macro_by_itself_refuses_what_it_does_not_take(name, given, error):
    with pytest.raises(error):
        markup_of("row.html", name, *given)


@pytest.mark.parametrize(("reloads", "made"), [(False, "one"), (True, "another")])
def test_a_macro_is_found_once_unless_templates_are_being_written(written, reloads, made):
    current_app.jinja_env.auto_reload = reloads
    written["word.html"] = "{% macro word() %}one{% endmacro %}"
    assert markup_of("word.html", "word") == "one"
    written["word.html"] = "{% macro word() %}another{% endmacro %}"

    assert markup_of("word.html", "word") == made


def test_the_service_makes_its_pages_so(app):
    assert type(app.jinja_env) is QuickEnvironment
    assert "environment.escaped(" in app.jinja_env.compile("{{ value }}", "page.html", raw=True)
