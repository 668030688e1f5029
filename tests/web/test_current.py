"""What is at hand of a request is what Flask says it is."""

import flask
import pytest

from recruit.web import current


def test_it_is_flasks_own(app):
    with app.test_request_context("/jobs?q=care", method="POST"):
        current.g.actor = "somebody"
        current.session["token"] = "t"

        assert flask.g.actor == current.g.actor == "somebody"
        assert flask.session["token"] == current.session["token"] == "t"
        assert current.request.args["q"] == "care"
        assert current.request.method == "POST"
        assert ["actor" in current.g, "other" in current.g, current.g.get("other", 1)] == [True, False, 1]
        assert current.g.pop("actor") == "somebody"
        assert not hasattr(flask.g, "actor")
        assert current.current_application() is app


def test_each_request_has_its_own(app):
    with app.test_request_context("/jobs"):
        current.session["token"] = "outer"
        with app.test_request_context("/review"):
            assert current.request.path == "/review"
            assert "token" not in current.session
        assert current.request.path == "/jobs"
        assert current.session["token"] == "outer"


@pytest.mark.parametrize("use", [lambda: current.request.path, lambda: current.g.actor, lambda: "a" in current.session])
def test_outside_of_any_it_says_so(use):
    with pytest.raises(RuntimeError):
        use()


def test_what_a_request_lacks_is_missing_as_ever(app):
    with app.test_request_context("/"):
        for use, error in (
            (lambda: current.request.nothing, AttributeError),
            (lambda: current.g.nothing, AttributeError),
            (lambda: current.session["nothing"], KeyError),
        ):
            with pytest.raises(error):
                use()
