"""Structured data: on open vacancies only, by Google's rules, word for word."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from sqlalchemy.orm import Session

from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Contract, Criterion, Vacancy, VacancyEvent
from recruit.web.public.job_posting import in_script
from tests.factories import GradeFactory, TeamFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 5, 28, 23, 0, tzinfo=UTC)  # the end of Thursday 28 May in London
DAY = timedelta(days=1)
KINDS = ["FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"]
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"}


def thing(kind: str, required: dict) -> dict:
    """Return the JSON schema of one schema.org thing."""
    properties = {"@type": {"const": kind}, **required}
    return {"type": "object", "properties": properties, "required": list(properties)}


AMOUNT = {"anyOf": [{"required": ["value"]}, {"required": ["minValue", "maxValue"]}]}
NUMBERS = {name: {"type": "number"} for name in ("value", "minValue", "maxValue")}
GOOGLE = thing(
    "JobPosting",
    {
        "@context": {"const": "https://schema.org/"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string", "pattern": "<p>"},
        "datePosted": MOMENT,
        "validThrough": MOMENT,
        "hiringOrganization": thing("Organization", {"name": {"type": "string"}}),
        "jobLocation": thing(
            "Place", {"address": thing("PostalAddress", {"addressCountry": {"const": "GB"}, "addressLocality": {}})}
        ),
        "employmentType": {"type": "array", "items": {"enum": KINDS}, "minItems": 1, "uniqueItems": True},
        "identifier": thing("PropertyValue", {"name": {"type": "string"}, "value": {"type": "string"}}),
        "directApply": {"type": "boolean"},
        "baseSalary": thing(
            "MonetaryAmount",
            {
                "currency": {"const": "GBP"},
                "value": {
                    **AMOUNT,
                    "properties": {"@type": {"const": "QuantitativeValue"}, "unitText": {"const": "YEAR"}, **NUMBERS},
                    "required": ["@type", "unitText"],
                },
            },
        ),
    },
)
"""What Google requires and advises, with the types of schema.org."""


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def published(**kwargs) -> Vacancy:
    return VacancyFactory(published=True, **{"opens_at": NOW - DAY, "closes_at": CLOSES, "slug": "this", **kwargs})


def blocks(page: BeautifulSoup) -> list[dict]:
    return [json.loads(script.string or "") for script in page.select("script[type='application/ld+json']")]


def posting(visitor: Visitor) -> dict:
    [found] = blocks(visitor.get("/jobs/this"))
    assert [error.message for error in Draft202012Validator(GOOGLE).iter_errors(found)] == []
    return found


def refused(folder: Path, things: Sequence[Mapping[str, object]]) -> list[str]:
    """Return what schema.org's own vocabulary, as types of schema-dts, has against each job posting."""
    for number, thing in enumerate(things):
        said = json.dumps({name: value for name, value in thing.items() if name != "@context"})
        words = f'import type {{ JobPosting }} from "schema-dts";\nexport const posting: JobPosting = {said};\n'
        (folder / f"{number}.ts").write_text(words)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    checker = [Path(sys.executable).parent / "node", ROOT / "node_modules" / "typescript" / "bin" / "tsc"]
    options = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler", "--types", ""]
    files = sorted(path.name for path in folder.glob("*.ts"))
    done = subprocess.run([*checker, *options, *files], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if "error" in line]


def test_it_is_of_the_vocabulary_of_schema_org_and_a_slip_would_be_found(visitor: Visitor, tmp_path: Path):
    published(part_time=True, welcome=WelcomeSchemeVersionFactory())
    found = posting(visitor)

    faults = refused(tmp_path, [found, {**found, "basSalary": 1}, {**found, "jobLocation": {"@type": "Plaice"}}])

    assert [fault.split("(")[0] for fault in faults] == ["1.ts", "2.ts"]
    assert "basSalary" in faults[0]


def test_an_open_vacancy_says_all_of_it(visitor: Visitor):
    published(
        reference="CSW-0042",
        title="Social worker, fostering",
        description="## The work\n\nYou **listen**.\n\n[Read](https://a.example/)",
        welcome=WelcomeSchemeVersionFactory(),
        part_time=True,
    )

    found = posting(visitor)

    logo = found["hiringOrganization"].pop("logo")
    assert found == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Social worker, fostering",
        "description": (
            "<p>Work with children and their families.</p>\n"
            "<h2>The work</h2>\n<p>You <strong>listen</strong>.</p>\n"
            '<p><a href="https://a.example/">Read</a></p>\n'
            "<p>Permanent. 37 hours a week, full time or part time. Social worker.</p>\n"
            "<h3>Essential</h3><ul><li>Assesses the needs of children</li><li>Works with risk</li></ul>\n"
            "<h3>Desirable</h3><ul><li>Knows the family court</li></ul>"
        ),
        "url": "http://localhost/jobs/this",
        "identifier": {"@type": "PropertyValue", "name": "Middlesbrough Council", "value": "CSW-0042"},
        "datePosted": "2026-05-11T10:00:00+01:00",
        "validThrough": "2026-05-28T23:59:00+01:00",
        "employmentType": ["FULL_TIME", "PART_TIME"],
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Middlesbrough Council",
            "sameAs": "http://localhost",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Civic Centre, Middlesbrough",
                "addressLocality": "Middlesbrough",
                "addressCountry": "GB",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {"@type": "QuantitativeValue", "minValue": 28672, "maxValue": 36922, "unitText": "YEAR"},
        },
        "directApply": True,
    }
    with visitor.client.get(logo.removeprefix("http://localhost")) as picture:
        assert (picture.status_code, picture.mimetype) == (200, "image/png")
    assert "£5,000" in visitor.get("/jobs/this").get_text()
    assert "5000" not in json.dumps(found)
    assert "5,000" not in json.dumps(found)


def test_winter_has_another_offset(visitor: Visitor):
    with time_machine.travel(datetime(2026, 1, 12, 9, 0, tzinfo=UTC), tick=False):
        published(opens_at=datetime(2026, 1, 1, tzinfo=UTC), closes_at=datetime(2026, 2, 2, 17, 0, tzinfo=UTC))

        assert posting(visitor)["validThrough"] == "2026-02-02T17:00:00+00:00"


def test_part_time_hours_pay_what_the_page_says(visitor: Visitor):
    published(weekly_hours=Decimal("22.2"), full_time=False, part_time=True)

    value = posting(visitor)["baseSalary"]["value"]

    assert value == {"@type": "QuantitativeValue", "minValue": 17203, "maxValue": 22153, "unitText": "YEAR"}
    assert "£17,203 to £22,153" in visitor.get("/jobs/this").get_text()


def test_one_point_is_one_number(visitor: Visitor):
    published(point_max=24, salary_min_pence=28_672_50, salary_max_pence=28_672_50)

    value = posting(visitor)["baseSalary"]["value"]

    assert value == {"@type": "QuantitativeValue", "value": 28672.5, "unitText": "YEAR"}


@pytest.mark.parametrize(
    ("post", "kinds"),
    [
        ({"full_time": True}, ["FULL_TIME"]),
        ({"full_time": False, "part_time": True}, ["PART_TIME"]),
        ({"full_time": False, "job_share": True}, ["PART_TIME"]),
        ({"contract": Contract.FIXED_TERM, "fixed_term_months": 12}, ["FULL_TIME", "TEMPORARY"]),
        ({"contract": Contract.SECONDMENT, "part_time": True}, ["FULL_TIME", "PART_TIME", "TEMPORARY"]),
    ],
)
def test_kinds_are_those_that_google_knows(visitor: Visitor, post: dict, kinds: list[str]):
    published(**post)

    assert posting(visitor)["employmentType"] == kinds


def test_what_is_not_open_says_none_of_it(visitor: Visitor, session: Session):
    published(slug="closed", closes_at=NOW)
    cancelled = published(slug="cancelled", status=VacancyStatus.CANCELLED)
    session.add(VacancyEvent(vacancy_id=cancelled.id, source="published", target="cancelled", at=NOW))
    session.commit()

    assert [blocks(visitor.get(f"/jobs/{slug}")) for slug in ("closed", "cancelled")] == [[], []]


def test_it_goes_when_the_vacancy_closes(visitor: Visitor):
    published()
    found = []
    for moment in (CLOSES - timedelta(seconds=1), CLOSES):
        with time_machine.travel(moment, tick=False):
            found.append(len(blocks(visitor.get("/jobs/this"))))

    assert found == [1, 0]


def test_no_page_of_several_and_no_preview_says_it(visitor: Visitor, recruiter: Visitor):
    vacancy = published(team=recruiter.team)
    paths = ["/", "/jobs", "/jobs?q=social", "/teams", f"/teams/{vacancy.team.slug}"]
    draft = VacancyFactory(team=recruiter.team, pay_table=vacancy.pay_table, closes_at=CLOSES)

    assert {path: blocks(visitor.get(path)) for path in paths} == dict.fromkeys(paths, [])
    preview = recruiter.get(f"/recruiter/vacancies/{draft.reference}/preview")
    assert (blocks(preview), len(preview.select(".key-facts"))) == ([], 1)


def test_nothing_that_people_write_ends_the_element(visitor: Visitor):
    hostile = '</script><script>alert(1)</script><!-- & \u2028\u2029 "'
    published(title=hostile, summary=hostile, description=hostile, workplace=hostile)

    found = posting(visitor)
    [script] = visitor.get("/jobs/this").select("script[type='application/ld+json']")

    assert (found["title"], found["jobLocation"]["address"]["streetAddress"]) == (hostile, hostile)
    assert "<script" not in found["description"]
    assert {character for character in "<>&\u2028\u2029" if character in str(script.string)} == set()


def test_in_script_means_the_same():
    value = {"a": "</script>&<!--\u2028\u2029\\u003c", "b": [1, 2.5, True, None]}

    assert str(in_script({"a": "<>&\u2028\u2029"})) == r'{"a":"\u003c\u003e\u0026\u2028\u2029"}'
    assert json.loads(str(in_script(value))) == value


def test_it_follows_an_edit(visitor: Visitor, app, session: Session):
    vacancy = published(title="Before")
    assert posting(visitor)["title"] == "Before"

    vacancy.title = "After"
    session.commit()
    app.extensions["public_pages"].clear()

    assert posting(visitor)["title"] == "After"


def test_criteria_without_desirable_ones(visitor: Visitor):
    published(
        criteria=[Criterion(kind="essential", position=1, text="A < B")], team=TeamFactory(), grade=GradeFactory()
    )

    assert posting(visitor)["description"].endswith("<h3>Essential</h3><ul><li>A &lt; B</li></ul>")
