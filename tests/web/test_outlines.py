"""A page made of its kind's outline is the page that its template makes: word for word, and no other's."""

import pytest
from flask import flash, g, template_rendered
from markupsafe import Markup
from structlog.testing import capture_logs

from recruit.rules.access import Actor, Role
from recruit.web.outlines import Piece, outlined_page

TEXT = "{{ kind }} 100% {braces} <b title='{{ name }}'>{{ name }}</b>{% if late %}, {{ late }}{% endif %}: {{ sent }}"


@pytest.fixture
def request_of_hr(app, session):
    with app.test_request_context("/"):
        g.actor = Actor(3, frozenset({Role.HR}), name="Harper Reed")
        yield


@pytest.fixture
def made(app):
    templates = []

    def note(_sender, template, **_extra):
        templates.append(template)

    with template_rendered.connected_to(note, app):
        yield templates


def page_of(template, kind="A", **own):
    its = {"name": "", "late": "", "sent": "", **own}
    return outlined_page(template, kind, its, lambda own: {"kind": kind, **own}).decode()


OWNS = [
    {"name": "Kim Lee", "sent": Markup("<p>100% & more</p>"), "late": "2 days"},
    {"name": "A <script> & 'B' \"C\" %(name)s %s {0} {{ kind }}", "sent": Markup("<i>%(late)s</i>"), "late": "%"},
    {"name": "Zoë 家", "sent": "not <b>markup</b>", "late": "\\1 \\g<0>"},
    {"name": "<i>% & it</i>", "sent": "<i>% & it</i>", "late": Markup("<i>% & it</i>")},
    {"name": Markup("<i>% & it</i>"), "sent": Piece(Markup("<i>% & it</i>")), "late": "<i>% & it</i>"},
    {"name": "Kim Lee", "sent": Piece(Markup("<p>“Kept” 100% 家 %(name)b</p>")), "late": Piece(Markup("1 day"))},
]


@pytest.mark.usefixtures("request_of_hr")
def test_each_page_is_as_its_template_makes_it_and_the_outline_is_made_once(app, made):
    template = app.jinja_env.from_string(TEXT)
    for own in OWNS:
        assert page_of(template, **own) == template.render(kind="A", **own)
    assert len(made) == 2  # the first once more, to compare


@pytest.mark.usefixtures("request_of_hr")
def test_what_one_page_lacks_is_not_in_its_outline(app, made):
    template = app.jinja_env.from_string(TEXT)
    pages = [page_of(template, name="Kim", late=late) for late in ("2 days", "", "9 days")]

    assert [", " in page for page in pages] == [True, False, True]
    assert ["days" in page for page in pages] == [True, False, True]
    assert len(made) == 4


@pytest.mark.usefixtures("request_of_hr")
def test_each_kind_and_each_reader_has_an_outline_of_their_own(app, made):
    template = app.jinja_env.from_string(TEXT)
    assert [page_of(template, kind)[0] for kind in ("A", "B", "A")] == ["A", "B", "A"]
    g.actor = Actor(4, frozenset({Role.HR}), name="Ash Vane")
    page_of(template)
    assert len(made) == 6


@pytest.mark.parametrize("text", ["{{ name | upper }}", "{{ name[:9] }}"])
@pytest.mark.usefixtures("request_of_hr")
def test_a_template_that_changes_what_it_should_print_makes_each_page_itself(app, text):
    template = app.jinja_env.from_string(text)
    names = ("Kim Lee-Robinson", "Ash Vane-Okonkwo")
    with capture_logs() as logged:
        pages = [page_of(template, name=name) for name in names]

    assert pages == [template.render(name=name) for name in names]
    assert [line["event"] for line in logged] == ["no_outline"]


def test_a_page_with_a_message_that_is_shown_once_is_made_whole(app, session):
    template, pages = app.jinja_env.from_string("{{ name }}{{ get_flashed_messages() }}"), []
    for message in ("Told.", "Told again.", ""):
        with app.test_request_context("/"):
            g.actor = Actor(3)
            if message:
                flash(message)
            pages.append(page_of(template, name="Kim"))

    assert [page.partition("[")[2] for page in pages] == ["&#39;Told.&#39;]", "&#39;Told again.&#39;]", "]"]
