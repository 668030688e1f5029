"""Pages of words."""

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.content.addresses import is_fixed
from recruit.content.models import ContentKind
from recruit.core.errors import NotFound
from recruit.web.public.blueprint import blueprint
from recruit.web.public.content import NOT_FOUND, answer, content_page, published_page
from recruit.web.public.keeping import keep_as_is
from recruit.web.shelf import shelf


@blueprint.get("/why-work-here")
def show_why_work_here() -> ResponseReturnValue:
    """Show what it is like to work here, with a date and a source for each claim."""
    keep_as_is()
    page = published_page(ContentKind.PAGE, "why-work-here")
    stories = shelf().of_kind(ContentKind.STORY)
    return render_template("public/show_why_work_here.html", page=page, has_stories=bool(stories))


@blueprint.get("/how-we-recruit")
def show_how_we_recruit() -> ResponseReturnValue:
    """Show each step from application to first day."""
    keep_as_is()
    return render_template("public/show_how_we_recruit.html", page=published_page(ContentKind.PAGE, "how-we-recruit"))


@blueprint.get("/newly-qualified")
def show_newly_qualified() -> ResponseReturnValue:
    """Show what the first year looks like."""
    keep_as_is()
    return render_template("public/show_newly_qualified.html", page=published_page(ContentKind.PAGE, "newly-qualified"))


@blueprint.get("/living-here")
def show_living_here() -> ResponseReturnValue:
    """Show what others have counted of the place."""
    keep_as_is()
    return render_template("public/show_living_here.html", page=published_page(ContentKind.PAGE, "living-here"))


@blueprint.get("/about/<slug>")
def show_page(slug: str) -> ResponseReturnValue:
    """Show a page that staff have added."""
    if is_fixed(ContentKind.PAGE, slug):
        raise NotFound(NOT_FOUND)  # it has one address, and this is not it
    return answer("public/show_page.html", ContentKind.PAGE, slug)


@blueprint.get("/stories")
def list_stories() -> ResponseReturnValue:
    """Show what colleagues tell of their work.  Until there is one, there is no such page."""
    stories = shelf().of_kind(ContentKind.STORY)
    if not stories:
        raise NotFound(NOT_FOUND)
    keep_as_is()
    return render_template("public/list_stories.html", stories=stories)


@blueprint.get("/stories/<slug>")
def show_story(slug: str) -> ResponseReturnValue:
    """Show one story, and the transcript of its recording."""
    return answer("public/show_story.html", ContentKind.STORY, slug)


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
