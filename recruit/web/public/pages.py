"""Pages of words."""

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.web.public.blueprint import blueprint
from recruit.web.public.content import content_page
from recruit.web.public.keeping import keep_as_is


@blueprint.get("/why-work-here")
def show_why_work_here() -> ResponseReturnValue:
    """Show what it is like to work here, with a date and a source for each claim."""
    keep_as_is()
    return render_template("public/show_why_work_here.html", page=content_page("why-work-here"))


@blueprint.get("/how-we-recruit")
def show_how_we_recruit() -> ResponseReturnValue:
    """Show each step from application to first day."""
    keep_as_is()
    return render_template("public/show_how_we_recruit.html", page=content_page("how-we-recruit"))


@blueprint.get("/newly-qualified")
def show_newly_qualified() -> ResponseReturnValue:
    """Show what the first year looks like."""
    keep_as_is()
    return render_template("public/show_newly_qualified.html", page=content_page("newly-qualified"))


@blueprint.get("/accessibility-statement")
def show_accessibility_statement() -> ResponseReturnValue:
    """Show how accessible the service is."""
    keep_as_is()
    return render_template("public/show_accessibility_statement.html", page=content_page("accessibility-statement"))


@blueprint.get("/privacy")
def show_privacy() -> ResponseReturnValue:
    """Show what is collected, why, who sees it and how long it is kept."""
    keep_as_is()
    return render_template("public/show_privacy.html", page=content_page("privacy"))


@blueprint.get("/cookies")
def show_cookies() -> ResponseReturnValue:
    """Show which cookies there are."""
    keep_as_is()
    return render_template("public/show_cookies.html", page=content_page("cookies"))
