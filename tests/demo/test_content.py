"""The demo's content can be trusted: it parses, agrees with itself and keeps to our words."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from recruit.content import shipped
from recruit.content.markers import claims_of
from recruit.content.wording import faults
from recruit.core.text import word_count
from recruit.rules import limits
from recruit.rules.fair_words import pointed_at

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "recruit" / "demo" / "content"
DRAMA_NUMBER = r"01632 960 \d{3}"  # Ofcom keeps 01632 960000 to 960999 for drama
LEGAL = sorted((CONTENT.parents[1] / "web" / "public" / "pages").glob("*.md"))
PAGES = [*LEGAL, *sorted(shipped.FOLDER.glob("*.md"))]
SAMPLES = sorted((CONTENT / "pages").glob("*/*.md"))


def content(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


GRADES = {grade["code"]: grade for grade in content("grades")["grades"]}
TEAMS = {team["slug"]: team for team in content("teams")["teams"]}
VACANCIES = content("vacancies")["vacancies"]
PEOPLE = content("people")
WELCOME = content("welcome_payment")

every_vacancy = pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda vacancy: vacancy["title"])
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def spine() -> dict[int, dict[str, str]]:
    path = ROOT / "recruit" / "pay" / "data" / "njc-pay-spine.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["scp"]): row for row in csv.DictReader(file)}


def front_matter(path: Path) -> tuple[dict[str, Any], str]:
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(head), body


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_the_spine_has_the_advertised_range_and_every_later_table():
    points = spine()
    assert list(points) == list(range(1, 44))
    assert (points[24]["2020-04-01"], points[33]["2020-04-01"]) == ("28672", "36922")
    assert (points[2]["2025-04-01"], points[43]["2025-04-01"]) == ("24413", "54495")
    assert list(points[1])[1:] == [f"{year}-04-01" for year in range(2020, 2026)]


def test_the_social_worker_grade_is_the_advertised_range():
    assert (GRADES["SW"]["point_min"], GRADES["SW"]["point_max"]) == (24, 33)


def test_grades_stand_in_order_on_points_that_are_paid():
    points = spine()
    assert [grade["position"] for grade in GRADES.values()] == list(range(1, 9))
    for grade in GRADES.values():
        assert grade["point_min"] <= grade["point_max"]
        assert all(all(points[point].values()) for point in (grade["point_min"], grade["point_max"]))


def test_only_one_grade_is_for_the_newly_qualified_and_one_needs_no_registration():
    assert [code for code, grade in GRADES.items() if grade["newly_qualified"]] == ["NQSW"]
    assert [code for code, grade in GRADES.items() if not grade["registration_required"]] == ["FP"]


def test_there_is_enough_to_judge_by():
    states = [vacancy["state"] for vacancy in VACANCIES]
    assert Counter(states) == {
        "open": 25,
        "scheduled": 3,
        "closed": 5,
        "draft": 1,
        "awaiting_approval": 2,
        "changes_requested": 1,
    }
    assert len(TEAMS) == len(content("teams")["teams"]) == 11
    assert len({vacancy["title"] for vacancy in VACANCIES}) == len(VACANCIES)
    assert len([vacancy for vacancy in VACANCIES if vacancy.get("closes_in_days") == 0]) == 3
    assert [vacancy["state"] for vacancy in VACANCIES if "paused" in vacancy] == ["open"]
    assert [(vacancy["state"], vacancy["filled"]) for vacancy in VACANCIES if "filled" in vacancy] == [("closed", 0)]


def test_every_team_and_every_grade_has_an_open_vacancy():
    open_now = [vacancy for vacancy in VACANCIES if vacancy["state"] == "open" and "paused" not in vacancy]
    assert {vacancy["team"] for vacancy in open_now} == set(TEAMS)
    assert {vacancy["grade"] for vacancy in open_now} == set(GRADES)


@every_vacancy
def test_a_vacancy_opens_and_closes_as_its_state_says(vacancy: dict[str, Any]):
    days = {key: vacancy[key] for key in ("opened_days_ago", "opens_in_days", "closes_in_days") if key in vacancy}
    if vacancy["state"] == "draft":
        assert days == {}
        return
    if vacancy["state"] in ("awaiting_approval", "changes_requested"):
        assert days.keys() == {"closes_in_days"}
        assert vacancy["closes_in_days"] > limits.MINIMUM_ADVERT_DAYS
        assert ("changes" in vacancy) == (vacancy["state"] == "changes_requested")
        assert 0 < vacancy["sent_days_ago"] < 7
        return
    opens = vacancy["opens_in_days"] if vacancy["state"] == "scheduled" else -vacancy["opened_days_ago"]
    closes = vacancy["closes_in_days"]
    assert len(days) == 2
    assert limits.MINIMUM_ADVERT_DAYS <= closes - opens <= limits.MAXIMUM_ADVERT_DAYS
    assert (opens > 0, closes < 0) == (vacancy["state"] == "scheduled", vacancy["state"] == "closed")
    assert vacancy["interview_in_days_after_closing"] >= 7


@every_vacancy
def test_a_vacancy_has_hours_and_a_contract_that_can_be(vacancy: dict[str, Any]):
    assert 0 < Decimal(str(vacancy["weekly_hours"])) <= limits.FULL_TIME_HOURS
    assert vacancy["full_time"] == (vacancy["weekly_hours"] == 37)
    assert vacancy["full_time"] or vacancy["part_time"] or vacancy["job_share"]
    assert vacancy["contract"] in {"permanent", "fixed_term", "secondment"}
    assert (vacancy["contract"] == "fixed_term") == ("fixed_term_months" in vacancy)
    assert limits.POSTS[0] <= vacancy["posts"] <= limits.POSTS[1]


@every_vacancy
def test_a_vacancy_agrees_with_its_grade_and_with_the_welcome_payment(vacancy: dict[str, Any]):
    grade = GRADES[vacancy["grade"]]
    assert vacancy["team"] in TEAMS
    assert vacancy["registration_required"] == grade["registration_required"]
    assert vacancy["newly_qualified"] or not grade["newly_qualified"]
    if vacancy["welcome_payment"]:
        long_enough = vacancy.get("fixed_term_months", 0) >= WELCOME["eligibility"]["fixed_term_from_months"]
        assert vacancy["contract"] == "permanent" or long_enough
        assert vacancy["registration_required"]


@every_vacancy
def test_a_vacancy_can_be_read_on_a_phone(vacancy: dict[str, Any]):
    assert 60 <= len(vacancy["summary"]) <= 250
    assert 150 <= word_count(re.sub(r"^(##|-) ", "", vacancy["description"], flags=re.MULTILINE)) <= 350
    assert re.findall(r"^## (.+)$", vacancy["description"], flags=re.MULTILINE) == [
        "The role",
        "What you will do",
        "What we offer",
        "How we will support you",
    ]
    for key in ("title", "workplace", "hybrid", "supervision", "promise_source", "contact_role", "contact_times"):
        assert 0 < len(vacancy[key]) <= limits.LINE_CHARACTERS


@every_vacancy
def test_a_vacancy_has_criteria_that_can_be_answered(vacancy: dict[str, Any]):
    wording = [criterion["text"] for criterion in vacancy["criteria"]]
    kinds = [criterion["kind"] for criterion in vacancy["criteria"]]
    assert 5 <= kinds.count("essential") <= 8
    assert 2 <= kinds.count("desirable") <= 4
    assert kinds == sorted(kinds, reverse=True)  # essential first
    assert len(set(wording)) == len(wording)
    assert max(map(len, wording)) <= 150
    named = [text for text in wording if "Social Work England" in text]
    assert len(named) == vacancy["registration_required"]


@every_vacancy
def test_a_vacancy_promises_a_caseload_that_is_whole_and_sourced(vacancy: dict[str, Any]):
    promised = [key in vacancy for key in ("caseload_typical", "caseload_maximum", "caseload_of")]
    assert len(set(promised)) == 1
    assert 0 <= vacancy.get("caseload_typical", 0) <= vacancy.get("caseload_maximum", 0)
    assert vacancy["promise_source"].startswith("Sample figure for demonstration")
    assert vacancy["promise_as_of_days_ago"] > 0


def test_contacts_cannot_reach_a_real_person():
    for vacancy in VACANCIES:
        assert vacancy["contact_email"] == f"{vacancy['team']}@demo.example"
        assert re.fullmatch(DRAMA_NUMBER, vacancy["contact_phone"])


def test_no_team_advertises_more_posts_than_it_has_to_fill():
    for slug, team in TEAMS.items():
        advertised = [v["posts"] for v in VACANCIES if v["team"] == slug and v["state"] in {"open", "scheduled"}]
        assert 0 < sum(advertised) <= team["figures"]["unfilled_posts"] < team["figures"]["team_size"]


def test_no_vacancy_has_words_that_its_writer_would_be_pointed_to():
    for vacancy in VACANCIES:
        texts = [str(vacancy.get(name, "")) for name in ("title", "summary", "description", "hybrid", "supervision")]
        texts += [line["text"] for line in vacancy["criteria"]]
        assert [said for text in texts for said, _ in pointed_at(text)] == [], vacancy["title"]


def test_descriptions_and_summaries_are_each_their_own():
    for key in ("summary", "description"):
        assert len({vacancy[key] for vacancy in VACANCIES}) == len(VACANCIES)


def test_the_welcome_payment_adds_up_and_says_it_is_a_sample():
    assert (WELCOME["amount_pence"], WELCOME["version"], WELCOME["valid_from"].isoformat()) == (500000, 1, "2022-05-06")
    assert [part["pence"] for part in WELCOME["instalments"]] == [250000, 250000]
    assert [part["percent"] for part in WELCOME["instalments"]] == [50, 50]
    assert [part["after_months"] for part in WELCOME["instalments"]] == [1, 6]
    bands = [(band["months_from"], band["months_to"], band["percent"]) for band in WELCOME["repayment"]]
    assert bands == [(0, 12, 100), (12, 24, 50)]
    assert WELCOME["sample"] is True
    assert "sample terms for demonstration" in WELCOME["terms"]


def test_the_worked_example_of_the_welcome_payment_is_right():
    example = WELCOME["worked_example"]
    share = Decimal(str(example["weekly_hours"])) / limits.FULL_TIME_HOURS
    assert WELCOME["amount_pence"] * share == example["amount_pence"] == 300000
    halves = (example["first_instalment_pence"], example["second_instalment_pence"])
    assert halves == (150000, 150000)
    assert example["repay_after_8_months_pence"] == 300000
    assert example["repay_after_14_months_pence"] == 150000
    assert example["repay_after_24_months_pence"] == 0


def test_there_are_people_enough_and_none_twice():
    for key in ("first_names", "last_names"):
        assert len(set(PEOPLE[key])) == len(PEOPLE[key]) >= 70
    for key in ("reasons_for_leaving", "duties", "gap_reasons", "withdraw_reasons"):
        assert len(set(PEOPLE[key])) == len(PEOPLE[key]) >= 6


def test_evidence_is_long_enough_to_judge_and_within_the_limit():
    assert len(PEOPLE["evidence"]) == len({piece["text"] for piece in PEOPLE["evidence"]}) == 21
    for piece in PEOPLE["evidence"]:
        assert 70 <= word_count(piece["text"]) <= 160 <= limits.EVIDENCE_WORDS
        assert piece["strength"] in {"strong", "fair", "developing", "weak"}
    assert all(word_count(reason) <= limits.REASON_WORDS for reason in PEOPLE["reasons_for_leaving"])
    assert all(word_count(duty) <= limits.DUTIES_WORDS for duty in PEOPLE["duties"])


def test_every_kind_of_evidence_that_a_criterion_asks_for_exists():
    written = {piece["kind"] for piece in PEOPLE["evidence"] + PEOPLE["short_answers"]}
    assert {match["kind"] for match in PEOPLE["evidence_match"]} == written - {"generic"}


@every_page
def test_a_page_says_what_it_is_and_of_when(path: Path):
    head, body = front_matter(path)
    assert set(head) == {"title", "summary", "as_of", *(["sources"] if path in LEGAL else [])}
    assert len(head["summary"]) <= 160
    assert all(set(source) == {"title", "publisher", "published", "url"} for source in head.get("sources", []))
    assert all(source["url"].startswith("https://") and source["url"] in body for source in head.get("sources", []))
    assert not re.search(r"^# ", body, flags=re.MULTILINE)  # the title is the page's only heading of the first level


def test_the_pages_are_these():
    assert [path.stem for path in PAGES] == [
        "accessibility-statement",
        "cookies",
        "privacy",
        "how-we-recruit",
        "living-here",
        "newly-qualified",
        "teams",
        "why-work-here",
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_story_or_news_of_the_demonstration_says_that_it_is_a_sample(path: Path):
    head, body = front_matter(path)
    assert path.parent.name == "team" or head["title"].startswith("Sample ")
    assert re.search(r"\b(made-up|sample)\b.* for the demonstration", body)
    assert faults(body) == faults(head.get("transcript", "")) == []
    assert len(head["summary"]) <= limits.SUMMARY_CHARACTERS


def test_each_claim_has_a_source_and_a_date_and_each_that_a_page_cites_is_there():
    facts = shipped.shipped_facts()
    assert all(fact.source_url.startswith("https://") and fact.source_name for fact in facts.values())
    assert all(fact.as_of_on <= fact.checked_on for fact in facts.values())
    cited = {slug for words in shipped.shipped_pages().values() for slug in claims_of(words.body)}
    assert cited == facts.keys()
    assert {words.slug: faults(words.body) for words in shipped.shipped_pages().values() if faults(words.body)} == {}


@pytest.mark.parametrize(
    "path",
    [*sorted(CONTENT.glob("*.toml")), shipped.CLAIMS, *PAGES, *SAMPLES],
    ids=lambda path: f"{path.stem}{path.suffix}",
)
def test_the_words_are_ours(path: Path):
    if path.suffix == ".toml":
        words = "\n".join(texts(tomllib.loads(path.read_text(encoding="utf-8"))))
    else:
        head, body = front_matter(path)
        words = "\n".join([*texts(head), body])
    refused = r"reject|\bbonus|applicants?\b|jobseeker|golden hello|\bTODO\b|\bTBC\b|lorem"
    assert re.findall(refused, words, flags=re.IGNORECASE) == []
    assert re.findall(r"['\"\u2013\u2014\u2026]|\b(?:he or she|his or her|he/she)\b|\s$", words.strip()) == []
