"""Templates print what Jinja and MarkupSafe would print, and refuse what they refuse."""

from enum import StrEnum
from functools import partial
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError, pass_context, pass_environment
from markupsafe import Markup, escape

from recruit.web.quick_templates import QuickEnvironment, escaped

PLAIN = Environment(autoescape=True, undefined=StrictUndefined)
QUICK = QuickEnvironment(Flask("quick"), autoescape=True, undefined=StrictUndefined)
MACROS = """
{%- macro tag(words, kind="plain") %}
<b class="{{ kind }}">{{ words }}{% if caller is defined %}{{ caller() }}{% endif %}</b>
{% endmacro %}
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
    ],
)
def test_what_is_wrong_in_a_template_is_an_error(body, error):
    with pytest.raises(error):
        QUICK.from_string(MACROS + body).render(odd="<&>")


def test_the_service_makes_its_pages_so(app):
    assert type(app.jinja_env) is QuickEnvironment
    assert "environment.escaped(" in app.jinja_env.compile("{{ value }}", "page.html", raw=True)
