"""HR writes a page, looks at it, publishes it, and goes back to an older one; everybody else reads it."""

import pytest
from flask import Flask

from recruit.accounts.models import User
from recruit.content.models import ContentKind
from recruit.content.queries import find_page
from recruit.rules.access import Role
from tests.content.writing import a_claim, draft, publish, published, save
from tests.factories import TeamFactory, UserFactory
from tests.visitor import Visitor
from tests.web.content.later import LaterVisitor

NEWS = ContentKind.NEWS
FORM = {"title": "Open evening", "summary": "Come and ask.", "body": "We are **there**.\n\nSee [jobs](/jobs)."}
EDIT = "/content/news/open-evening/edit"


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


@pytest.fixture
def visitor(app: Flask, session) -> Visitor:
    return LaterVisitor(app)


@pytest.fixture
def officer(session) -> User:
    return UserFactory(name="Noor Khan", roles=[Role.HR])


def main_of(page) -> str:
    """What of a page its readers see, without what stands round it."""
    return str(page.select_one("main .prose"))


def test_news_is_written_previewed_and_published_as_it_was_previewed(hr: Visitor, visitor: Visitor):
    hr.submit("/content/new/news", {**FORM, "note": "First"})
    preview = hr.follow()
    visitor.get("/news/open-evening", 404)

    hr.post("/content/news/open-evening/publish", {"version": preview.select_one("[name=version]")["value"]})
    history = hr.follow()

    assert "Published at /news/open-evening. Everybody sees it within a second." in words(history.main)
    page = visitor.get("/news/open-evening")
    assert main_of(page) == main_of(preview)
    assert page.select_one("main strong").get_text() == "there"
    assert [words(link) for link in visitor.get("/news").select(".entries a")] == ["Open evening"]
    assert "Open evening" in words(visitor.get("/").main)


def test_a_published_change_is_seen_by_the_next_visitor(hr: Visitor, visitor: Visitor, officer):
    published(officer, ContentKind.PAGE, "how-we-recruit", body="Old words.")
    assert "Old words." in words(visitor.get("/how-we-recruit").main)

    hr.submit("/content/page/how-we-recruit/edit", {"body": "New words."})
    assert "Old words." in words(visitor.get("/how-we-recruit").main)
    version = hr.follow().select_one("[name=version]")["value"]
    hr.post("/content/page/how-we-recruit/publish", {"version": version})

    assert "New words." in words(visitor.get("/how-we-recruit").main)


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"title": ""}, "title", "Enter the title"),
        ({"summary": "x" * 161}, "summary", "Summary must be 160 characters or fewer"),
        ({"body": "x" * 20_001}, "body", "Text is too long"),
        ({"body": "[x](/no-such-page)"}, "body", "There is no page at “/no-such-page”"),
        ({"body": "[x](/content)"}, "body", "There is no page at “/content”"),
        ({"body": "[x](javascript:alert(1))"}, "body", "must begin with https://"),
        ({"body": "{{ claim none }}"}, "body", "There is no claim “none” to cite"),
        ({"body": "\x00"}, "body", "Enter the text"),
        ({"slug": "Not an address"}, "slug", "Address must be lower-case letters"),
        ({"title": "東京"}, "slug", "Enter an address: none can be made from the title"),
        ({"note": "x" * 301}, "note", "What you changed must be 300 characters or fewer"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field_with_what_was_typed_kept(hr: Visitor, given, field, message):
    page = hr.post("/content/new/news", {**FORM, **given}, status=200)

    assert message in words(page.select_one(f"#{field}-error"))
    assert page.select_one(f".govuk-error-summary a[href='#{field}']")
    if field != "body":
        assert page.select_one("#body").get_text().strip() == FORM["body"]


def test_the_second_of_two_editors_keeps_what_was_typed_and_sees_the_difference(hr: Visitor, visit_as, officer):
    listed = published(officer)
    seen = str(listed.page.version)
    save(officer, listed, body="We are here.")

    page = hr.post(EDIT, {**FORM, "body": "We are gone.", "version": seen}, status=409)

    assert "Noor Khan saved this page at" in words(page.select_one(".govuk-error-summary"))
    assert page.select_one("#body").get_text().strip() == "We are gone."
    assert [words(piece) for piece in page.select(".differences del, .differences ins")] == [
        "taken out: here. , end.",
        "added: gone. , end.",
    ]
    assert find_page("news", "open-evening").draft.body == "We are here."
    hr.post(EDIT, {**FORM, "body": "Both.", "version": page.select_one("[name=version]")["value"]})
    assert find_page("news", "open-evening").draft.body == "Both."


def test_what_was_not_looked_at_is_not_published(hr: Visitor, officer):
    listed = draft(officer)
    seen = str(listed.page.version)
    save(officer, listed, body="Newer.")

    hr.post("/content/news/open-evening/publish", {"version": seen}, status=409)
    hr.post("/content/news/open-evening/publish", {"version": "nonsense"}, status=409)

    assert find_page("news", "open-evening").published is None


def test_an_old_version_shows_what_changed_and_is_restored(hr: Visitor, officer):
    publish(officer, save(officer, published(officer), body="We are not there.", note="It is off"))

    page = hr.get("/content/news/open-evening/versions/2")
    assert "It is off" in words(page.main)
    assert "taken out: **there**. , end." in words(page.select_one(".differences"))

    old = hr.get("/content/news/open-evening/versions/1")
    hr.post("/content/news/open-evening/versions/1/restore", {"version": old.select_one("[name=version]")["value"]})
    assert "Version 1 is the draft now" in words(hr.follow().main)
    assert "We are there ." in words(hr.get("/content/news/open-evening/preview").main)
    assert not hr.get("/content/news/open-evening/versions/3").select("form[action$=restore]")


def test_a_preview_names_the_claims_that_readers_do_not_see(hr: Visitor, officer):
    a_claim(officer, "agency", checked_days_ago=91)
    a_claim(officer, "visits")
    listed = draft(officer, body="{{ claim agency }}\n\n{{ claim visits }}")

    preview = hr.get("/content/news/open-evening/preview")
    assert "Readers do not see this claim until somebody has checked it: agency ." in words(preview)
    assert preview.find("a", string="agency")["href"] == "/content/claims/agency"

    save(officer, listed, body="{{ claim visits }}")
    assert "Readers do not see" not in hr.get("/content/news/open-evening/preview").get_text()


def test_a_page_is_withdrawn_with_a_reason(hr: Visitor, visitor: Visitor, officer):
    published(officer)
    path = "/content/news/open-evening/withdraw"

    assert "Enter why the page is withdrawn" in words(hr.submit(path, {"reason": " "}, status=200).main)
    hr.submit(path, {"reason": "It is over."})

    assert "It is over." in words(hr.follow().main)
    page = visitor.get("/news/open-evening", 410)
    assert (words(page.h1), [link["href"] for link in page.select("main a")]) == (
        "This page is no longer here",
        ["/jobs", "/why-work-here"],
    )
    hr.get(path, 409)


@pytest.mark.parametrize(
    ("kind", "folder"), [(ContentKind.NEWS, "/news"), (ContentKind.STORY, "/stories"), (ContentKind.PAGE, "/about")]
)
def test_a_withdrawn_page_leads_on_to_others_of_its_kind_until_it_is_back(hr: Visitor, visitor, officer, kind, folder):
    for slug in ("one", "two"):
        published(officer, kind, slug, title=slug.title())
    draft(officer, kind, "three")
    hr.submit(f"/content/{kind}/one/withdraw", {"reason": "It is over."})

    page = visitor.get(f"{folder}/one", 410)
    visitor.get(f"{folder}/three", 404)

    others = [f"{folder}/two", folder] if kind is not ContentKind.PAGE else []
    assert [link["href"] for link in page.select("main a")] == [*others, "/jobs", "/why-work-here"]
    publish(officer, save(officer, find_page(kind, "one"), body="Again."))
    visitor.get(f"{folder}/one")


def test_pages_that_others_lead_to_offer_no_withdrawing(hr: Visitor, officer):
    published(officer, ContentKind.PAGE, "teams")

    assert "Withdraw" not in words(hr.get("/content/page/teams").main)
    hr.get("/content/page/teams/withdraw", 409)


def test_a_draft_is_deleted(hr: Visitor, officer):
    listed = draft(officer)

    hr.post("/content/news/open-evening/delete-draft", {"version": str(listed.page.version)})

    assert "Deleted draft" in words(hr.follow().main)
    hr.get("/content/news/open-evening/preview", 302)
    assert hr.get(EDIT).select_one("#body").get_text().strip() == "We are **there**."


def test_a_story_needs_a_transcript_beside_its_recording(hr: Visitor, visitor: Visitor):
    form = {**FORM, "recording_url": "https://films.test/1", "slug": "mine"}
    visitor.get("/stories", 404)
    assert "/stories" not in str(visitor.get("/")) + str(visitor.get("/why-work-here"))

    page = hr.post("/content/new/story", form, status=200)
    assert "Enter the transcript" in words(page.select_one("#transcript-error"))
    hr.post("/content/new/story", {**form, "transcript": "I said so."})
    version = hr.follow().select_one("[name=version]")["value"]
    hr.post("/content/story/mine/publish", {"version": version})

    shown = visitor.get("/stories/mine")
    assert shown.select_one("main a[href='https://films.test/1']")
    assert "Transcript I said so." in words(shown.main)
    assert [words(link) for link in visitor.get("/stories").select(".entries a")] == ["Open evening"]
    assert visitor.get("/").select("main a[href='/stories']")


def test_words_about_a_team_stand_on_its_page(hr: Visitor, visitor: Visitor):
    TeamFactory(slug="fostering", name="Fostering team")
    assert "There" not in words(visitor.get("/teams/fostering").main)

    assert "Select the team" in words(hr.post("/content/new/team", FORM, status=200).main)
    hr.post("/content/new/team", {**FORM, "slug": "fostering"})
    version = hr.follow().select_one("[name=version]")["value"]
    hr.post("/content/team/fostering/publish", {"version": version})

    assert "Open evening Come and ask. We are there" in words(visitor.get("/teams/fostering").main)
    assert "Select the team" in words(hr.post("/content/new/team", {**FORM, "slug": "fostering"}, status=200).main)


def test_a_page_of_their_own_has_one_address(visitor: Visitor, officer):
    published(officer, ContentKind.PAGE, "parking")
    published(officer, ContentKind.PAGE, "living-here")

    assert "We are there ." in words(visitor.get("/about/parking").main)
    visitor.get("/about/living-here", 404)
    for slug in ("none", "%00", "x" * 300):
        visitor.get(f"/about/{slug}", 404)
        visitor.get(f"/stories/{slug}", 404)
        visitor.get(f"/news/{slug}", 404)


def test_what_is_not_there_is_not_found(hr: Visitor, officer):
    draft(officer)

    odd = f"news/open-evening/versions/{10**30}"
    paths = ("news/none", "nonsense/open-evening", "new/nonsense", "claims/none", "news/%00", "claims/%00")
    for path in (*paths, "news/open-evening/versions/9", odd):
        hr.get(f"/content/{path}", 404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_history_cost_the_same_however_long(hr: Visitor, queries: list[str], officer, count: int):
    for number in range(count):
        a_claim(officer, f"c-{number}")
        listed = published(officer, slug=f"n-{number}", body=f"{{{{ claim c-{number} }}}}")
    for number in range(count):
        listed = save(officer, listed, body=f"{number}")
    hr.get("/content")
    found = {}
    for path in ("/content", "/content/claims", f"/content/news/n-{count - 1}"):
        queries.clear()
        page = hr.get(path)
        found[path.removesuffix(str(count - 1))] = len([query for query in queries if query.startswith("SELECT")])
        assert len(page.select(".worklist__item, tbody tr")) == (count + 1 if "/n-" in path else count)

    assert found == {"/content": 4, "/content/claims": 3, "/content/news/n-": 4}


@pytest.mark.parametrize("count", [1, 3])
def test_news_costs_nothing_once_it_is_read(app: Flask, queries: list[str], officer, count: int):
    visitor = Visitor(app)
    for number in range(count):
        published(officer, slug=f"n-{number}")
    visitor.get("/living-here")
    queries.clear()

    assert len(visitor.get("/news").select(".entries__entry")) == count
    visitor.get("/news/n-0")

    assert [query for query in queries if "counter" not in query] == []


def test_a_long_list_of_news_has_pages(visitor: Visitor, officer):
    assert "There is no news yet" in words(visitor.get("/news").main)
    for number in range(21):
        published(officer, slug=f"n-{number:02}", title=f"News {number}")

    first, second = visitor.get("/news"), visitor.get("/news?page=2")

    assert [words(link) for link in first.select(".entries a")] == [f"News {number}" for number in range(20, 0, -1)]
    assert [words(link) for link in second.select(".entries a")] == ["News 0"]
    assert first.select_one("a[rel=next]")["href"] == "/news?page=2"
    assert second.select_one("a[rel=prev]")["href"] == "/news"
    for odd in ("0", "3", "-1", "x", "٢", "9" * 99):
        visitor.get(f"/news?page={odd}", 404)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.HR])
def test_who_may_edit_finds_the_pages(app: Flask, visit_as, role: Role):
    page = visit_as(UserFactory(roles=[role])).get("/content")

    assert "cannot be changed here yet" in words(page.main)
    assert [words(link) for link in page.select(".site-nav a[href='/content']")] == ["Pages"]


def test_somebody_with_both_roles_has_one_link(visit_as):
    page = visit_as(UserFactory(roles=[Role.HR, Role.ADMIN])).get("/content")

    assert len(page.select(".site-nav a[href='/content']")) == 1
