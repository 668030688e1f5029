"""The feed and the sitemap know what staff have published."""

import feedparser
import pytest
from lxml import etree

from recruit.accounts.models import User
from recruit.content.models import ContentKind
from recruit.rules.access import Role
from tests.content.writing import draft, published
from tests.factories import UserFactory
from tests.visitor import Visitor


@pytest.fixture
def officer(session) -> User:
    return UserFactory(roles=[Role.HR])


def test_news_is_in_the_feed_and_nothing_else_is(visitor: Visitor, officer):
    published(officer, title="Tea & <talk>", summary="Come.")
    published(officer, ContentKind.STORY, "mine")
    draft(officer, slug="not-yet")

    answer = visitor.client.get("/news.atom")
    feed = feedparser.parse(answer.data)

    assert (answer.mimetype, feed.bozo, feed.version) == ("application/atom+xml", False, "atom10")
    assert [(entry.title, entry.link, entry.id, entry.summary) for entry in feed.entries] == [
        ("Tea & <talk>", "http://localhost/news/open-evening", "tag:localhost,2026:news/open-evening", "Come.")
    ]
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "http://localhost/news.atom",
        "alternate": "http://localhost/news",
    }
    assert feed.feed.updated == feed.entries[0].updated


def test_a_feed_without_news_is_one_too(visitor: Visitor):
    feed = feedparser.parse(visitor.client.get("/news.atom").data)

    assert (feed.bozo, feed.entries) == (False, [])


def test_the_sitemap_has_what_is_published(visitor: Visitor, officer):
    published(officer)
    published(officer, ContentKind.STORY, "mine")
    published(officer, ContentKind.PAGE, "parking")
    published(officer, ContentKind.TEAM, "fostering")
    draft(officer, slug="not-yet")

    root = etree.fromstring(visitor.client.get("/sitemap.xml").data)
    paths = [str(url[0].text).removeprefix("http://localhost") for url in root]

    assert {path for path in paths if path.count("/") > 1} == {"/news/open-evening", "/stories/mine", "/about/parking"}
    assert "/stories" in paths
