"""Fictional candidates, drawn with a fixed seed from lists of made-up names, employers and answers."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from recruit.applications.chronology import Month
from recruit.applications.models import Activity, HistoryEntry, Qualification, Referee
from recruit.applications.referees import Relationship
from recruit.core.text import slugify
from recruit.demo.content import content

SEED = 20220506  # the day of the campaign's news


@dataclass(slots=True)
class Person:
    """One fictional candidate.  `left_school` is a month; rows are without an application yet."""

    name: str
    email: str
    left_school: Month
    qualifications: list[Qualification] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)
    referees: list[Referee] = field(default_factory=list)


class People:
    """Draws people; the same seed draws the same people.

    Args:
        today: the day that histories run to.
    """

    def __init__(self, today: date, seed: int = SEED) -> None:
        self.random = Random(seed)  # noqa: S311  for fiction, not for secrets
        self.today, self._source, self._drawn = today, content("people"), 0

    def draw(self, name: str | None = None, email: str | None = None) -> Person:
        """Return a new person with a whole history up to this month."""
        self._drawn += 1
        name = (
            name
            or f"{self.random.choice(self._source['first_names'])} {self.random.choice(self._source['last_names'])}"
        )
        email = email or f"{slugify(name).replace('-', '.')}.{self._drawn}@people.example"
        years = self.random.randint(7, 30)
        person = Person(name, email, Month(self.today.year - years, 7))
        self._study(person)
        self._work(person)
        self._referees(person)
        return person

    def address(self) -> dict[str, str]:
        """Return a made-up address and phone number, from the ranges kept for drama."""
        return {
            "phone": f"07700 900 {self.random.randint(0, 999):03d}",
            "address_line_1": f"{self.random.randint(1, 140)} {self.random.choice(self._source['streets'])}",
            "town": self.random.choice(self._source["towns"]),
            "postcode": f"ZZ{self.random.randint(1, 20)} {self.random.randint(1, 9)}AA",
        }

    def registration_number(self) -> str:
        """Return a number in the register's form."""
        return f"SW{self.random.randint(1000, 154_000)}"

    def evidence(self, criterion: str) -> str:
        """Return what somebody might write for `criterion`."""
        words = criterion.casefold()
        matches = self._source["evidence_match"]
        kind = next(
            (row["kind"] for row in matches if any(word in words for word in row["words"])), matches[-1]["kind"]
        )
        fitting = [row for row in self._source["evidence"] if row["kind"] == kind]
        fitting = fitting or [row for row in self._source["short_answers"] if row["kind"] == kind]
        chosen = self.random.choice(fitting or self._source["evidence"])
        return " ".join(str(chosen["text"]).split())

    def one_of(self, name: str) -> Any:
        """Return one entry of the list `name` of the data file."""
        return self.random.choice(self._source[name])

    def _study(self, person: Person) -> None:
        social_work = self.random.choice([row for row in self._source["qualifications"] if row["social_work"]])
        first = person.left_school.plus(2)
        length = 12 * max(social_work["years"], 2)
        school = self.one_of("institutions")
        if social_work["level"] == "postgraduate":
            other = self.random.choice([row for row in self._source["qualifications"] if row["level"] == "degree"])
            self._qualify(person, other["title"], school, first, 34, is_social_work=False)
            first = first.plus(36)
        self._qualify(person, social_work["title"], school, first, length - 2, is_social_work=True)

    def _qualify(
        self, person: Person, award: str, school: str, first: Month, months: int, *, is_social_work: bool
    ) -> None:
        last = first.plus(months)
        person.qualifications.append(
            Qualification(award=award, institution=school, year=last.year, is_social_work=is_social_work)
        )
        start = Month(person.left_school.year, person.left_school.month) if not person.history else first.plus(-2)
        person.history.append(
            HistoryEntry(
                activity=Activity.EDUCATION,
                title=award,
                organisation=school,
                started_month=_day(start),
                ended_month=_day(last),
            )
        )

    def _work(self, person: Person) -> None:
        here = Month.of(self.today)
        month = Month.of(person.history[-1].ended_month or self.today).plus(1)
        employers = self.random.sample([row for row in self._source["employers"] if row["with_children"]], 6)
        while month.until(here) >= 0:
            if self.random.random() < 0.12 and month.until(here) > 12:
                month = self._pause(person, month)
            length = self.random.randint(14, 60)
            end = month.plus(length)
            is_last = end.until(here) < 10
            employer = employers.pop() if employers else self.random.choice(self._source["employers"][:7])
            person.history.append(self._post(employer, month, None if is_last else end))
            if is_last:
                return
            month = end if self.random.random() < 0.3 else end.plus(1)

    def _post(self, employer: dict[str, Any], start: Month, end: Month | None) -> HistoryEntry:
        titles = [row["title"] for row in self._source["job_titles"] if row["registered"]]
        reasons = self._source["reasons_for_leaving"]
        fitting = [text for text in reasons if text.startswith("Still in post") == (end is None)]
        return HistoryEntry(
            activity=Activity.AGENCY if employer["kind"] == "agency" else Activity.PAID,
            title=self.random.choice(titles),
            organisation=employer["name"],
            started_month=_day(start),
            ended_month=_day(end) if end else None,
            with_children=True,
            duties=self.random.choice([text for text in self._source["duties"] if "customers" not in text]),
            reason_for_leaving=self.random.choice(fitting),
        )

    def _pause(self, person: Person, month: Month) -> Month:
        end = month.plus(self.random.randint(1, 8))
        person.history.append(
            HistoryEntry(
                activity=Activity.OTHER,
                title=self.one_of("gap_reasons"),
                started_month=_day(month),
                ended_month=_day(end),
            )
        )
        return end.plus(1)

    def _referees(self, person: Person) -> None:
        posts = [entry for entry in person.history if entry.activity in (Activity.PAID, Activity.AGENCY)]
        for position, post in enumerate(reversed(posts[-3:])):
            is_recent = position == 0
            person.referees.append(self._referee(post, person, is_recent=is_recent))
        if len(person.referees) < 2:
            person.referees.append(self._referee(posts[-1], person, is_recent=False))

    def _referee(self, post: HistoryEntry, person: Person, *, is_recent: bool) -> Referee:
        name = f"{self.one_of('first_names')} {self.one_of('last_names')}"
        return Referee(
            name=name,
            job_title="Team manager",
            organisation=post.organisation,
            relationship_=Relationship.LINE_MANAGER if is_recent else Relationship.OTHER_MANAGER,
            email=f"{slugify(name)}.{self._drawn}.{len(person.referees)}@{slugify(post.organisation)}.example",
            phone=f"01632 960 {self.random.randint(0, 999):03d}",
            known_from=post.started_month,
            known_until=post.ended_month,
            is_most_recent_employer=is_recent,
            from_work_with_children=True,
            contact_before_interview=not is_recent or self.random.random() < 0.5,
        )


def _day(month: Month) -> date:
    return date(month.year, month.month, 1)
