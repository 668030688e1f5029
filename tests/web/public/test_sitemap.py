"""The addresses that search engines are told of."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from lxml import etree
from sqlalchemy.orm import Session

from recruit.content.shipped import shipped_pages
from recruit.vacancies.models import VacancyEvent
from recruit.web.public.content import content_page
from tests.factories import TeamFactory, VacancyFactory
from tests.visitor import Visitor

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SCHEMA = b"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
 targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<xsd:element name="urlset"><xsd:complexType><xsd:sequence>
 <xsd:element name="url" maxOccurs="50000"><xsd:complexType><xsd:sequence>
  <xsd:element name="loc"><xsd:simpleType><xsd:restriction base="xsd:anyURI">
   <xsd:minLength value="12"/><xsd:maxLength value="2048"/></xsd:restriction></xsd:simpleType></xsd:element>
  <xsd:element name="lastmod" minOccurs="0"><xsd:simpleType><xsd:union memberTypes="xsd:date xsd:dateTime"/>
  </xsd:simpleType></xsd:element>
 </xsd:sequence></xsd:complexType></xsd:element>
</xsd:sequence></xsd:complexType></xsd:element></xsd:schema>"""
"""What of the schema of sitemaps.org we use."""


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def sitemap(visitor: Visitor) -> dict[str, str | None]:
    answer = visitor.client.get("/sitemap.xml")
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    root = etree.fromstring(answer.data)
    etree.XMLSchema(etree.fromstring(SCHEMA)).assertValid(root)
    found = [
        (url.findtext("s:loc", namespaces=NAMES), url.findtext("s:lastmod", namespaces=NAMES))
        for url in root.iterfind("s:url", NAMES)
    ]
    assert len(dict(found)) == len(found), "each address once"
    return {str(address).removeprefix("http://localhost"): changed for address, changed in found}


def test_it_lists_what_can_be_found_with_when_it_changed(visitor: Visitor, session: Session):
    team = TeamFactory(slug="fostering")
    times = {"opens_at": NOW - 3 * DAY, "closes_at": NOW + DAY, "team": team}
    VacancyFactory(published=True, slug="plain", **times)
    mended = VacancyFactory(published=True, slug="mended", **times)
    VacancyFactory(slug="draft", team=team)
    VacancyFactory(published=True, slug="closed", opens_at=NOW - 2 * DAY, closes_at=NOW, team=team)
    VacancyFactory(published=True, slug="later", opens_at=NOW + DAY, closes_at=NOW + 2 * DAY, team=team)
    session.add(VacancyEvent(vacancy_id=mended.id, source="published", target="published", at=NOW - DAY))
    session.commit()

    legal = ("accessibility-statement", "privacy", "cookies")
    shipped = {f"/{page.slug}": str(page.dated_on) for page in shipped_pages().values() if page.slug != "teams"}
    assert sitemap(visitor) == {
        "/": "2026-05-11T10:00:00+01:00",
        "/jobs": "2026-05-11T10:00:00+01:00",
        "/teams": None,
        "/welcome-payment": None,
        "/pay-points": None,
        "/teams/fostering": None,
        "/jobs/plain": "2026-05-09T10:00:00+01:00",
        "/jobs/mended": "2026-05-11T10:00:00+01:00",
        "/news": None,
        **{f"/{name}": str(content_page(name).as_of) for name in legal},
        **shipped,
    }


def test_every_address_of_it_answers(visitor: Visitor, session: Session):
    VacancyFactory(published=True, opens_at=NOW - DAY, closes_at=NOW + DAY)

    wrong = {
        path: answer.status_code for path in sitemap(visitor) if (answer := visitor.client.get(path)).status_code != 200
    }

    assert wrong == {}


def test_a_service_without_vacancies_has_one_too(visitor: Visitor):
    assert (len(sitemap(visitor)), sitemap(visitor)["/jobs"]) == (13, None)


@pytest.mark.parametrize("vacancies", [1, 3])
def test_it_costs_one_query_and_then_none(visitor: Visitor, queries: list[str], vacancies: int):
    for number in range(vacancies):
        VacancyFactory(published=True, slug=f"v-{number}", opens_at=NOW - DAY, closes_at=NOW + DAY)
    visitor.get("/jobs")
    visitor.get("/why-work-here")
    counts = []
    for _ in range(2):
        queries.clear()
        sitemap(visitor)
        counts.append(len([query for query in queries if "counter" not in query]))

    assert counts == [1, 0]
