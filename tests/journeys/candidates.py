"""Four people who apply, all made up: what each answers when the form asks.  Months count back from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Answers = Sequence[tuple[str, str | bool]]
"""Questions, word for word as the page asks them, and what this person answers."""

EVIDENCE = """On my last placement I worked with two brothers whose school was worried about neglect. I saw each of
them alone, at school and at home, and used drawings because the younger one did not want to talk. He
drew an empty kitchen. I spoke with their mother without blaming her and found out that her benefits had
stopped. I called a family meeting, wrote the plan in words that the boys had used, and arranged food
the same day. I checked after a week whether anything had changed for them. Six weeks later both were in
school every day, and their mother told my supervisor that she had been listened to. I learned to ask
about money early, and I have done so since.""".replace("\n", " ")


def ago(months: int) -> str:
    """Return a month as it is typed, "9 2019"."""
    year, month = divmod(date.today().year * 12 + date.today().month - 1 - months, 12)  # noqa: DTZ011  a rough month
    return f"{month + 1} {year}"


def study(course: str, place: str, start: int, end: int) -> tuple[str, Answers]:
    return "Add study or training", (
        ("Course", course),
        ("School, college or university", place),
        ("When did it start?", ago(start)),
        ("When did it end?", ago(end)),
    )


def work(
    kind: str, title: str, place: str, start: int, end: int | None, children: str, why: str
) -> tuple[str, Answers]:
    return "Add work", (
        ("What kind of work is it?", kind),
        ("Job title", title),
        ("Employer or organisation", place),
        ("When did you start?", ago(start)),
        ("I still work here", True) if end is None else ("When did you leave?", ago(end)),
        ("Did you work with children or their families?", children),
        ("Why did you leave, or why do you want to?", why),
    )


def referee(name: str, title: str, place: str, relation: str, start: int, end: int | None, *ticked: str) -> Answers:
    return (
        ("Full name", name),
        ("Job title", title),
        ("Organisation", place),
        ("How do they know you?", relation),
        ("Work email address", f"{name.split()[0].lower()}@work.example"),
        ("Since when have they known your work?", ago(start)),
        ("They still do", True) if end is None else ("Until when?", ago(end)),
        *((box, True) for box in ticked),
        ("May we contact them before your interview?", "Yes"),
    )


RECENT, CHILDREN = "They are from my current or most recent employer", "They know my work with children or families"
AT_HOME: Answers = (
    ("Phone number", "07700 900 123"),
    ("Address line 1", "12 Larch Rise"),
    ("Town or city", "Northmoor"),
    ("Postcode", "ZZ1 1AA"),
)
MAY_WORK: Answers = (
    ("Do you have the right to work in the UK?", "Yes"),
    ("Do you need a sponsor for a visa, now or later?", "No"),
    ("Do you work for the council now?", "No"),
)
DISABILITY_CONFIDENT = "Disability Confident: I have a disability or a long-term health condition"
NOT_RELATED: Answers = (("Are you related, or close, to a councillor or an employee of the council?", "No"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who applies.

    Args:
        called: how the line with their figures begins.
        vacancies: titles, in the order they apply for them.
        gaps: what they were doing in the months that the page asks about, first the one that it lists first.
    """

    called: str
    name: str
    vacancies: Sequence[str]
    situation: str
    registration: Answers
    qualifications: Sequence[Answers]
    left_school: int
    history: Sequence[tuple[str, Answers]]
    gaps: Sequence[str]
    referees: Sequence[Answers]
    contact: Answers = AT_HOME
    eligibility: Answers = MAY_WORK
    support: Answers = ()
    relationships: Answers = NOT_RELATED

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@people.example"


def award(name: str, place: str, months_ago: int, *more: tuple[str, str]) -> Answers:
    return (
        ("Qualification", name),
        ("School, college or university", place),
        *more,
        ("Year you got it, or expect to", ago(months_ago).split()[1]),
        ("This is a social work qualification", True),
    )


NEWLY_QUALIFIED = Person(
    called="newly qualified",
    name="Tamsin Overby",
    vacancies=(
        "Newly qualified social worker, assessment team",
        "Newly qualified social worker, safeguarding and care planning",
    ),
    situation="I am newly qualified, or about to qualify, and not registered yet",
    registration=(
        ("When does your course end, or when did it?", f"27 {ago(3)}"),
        ("Have you applied to register?", "Yes"),
        ("When do you expect to be registered?", f"20 {ago(-2)}"),
    ),
    qualifications=(award("BA Social Work", "Northmoor University", 3),),
    left_school=41,
    history=(
        study("BA Social Work", "Northmoor University", 39, 3),
        work("Paid work", "Sales assistant, weekends", "Corner Books", 30, None, "No", "I am a social worker now."),
    ),
    gaps=("On holiday between school and university",),
    referees=(
        referee("Odile Marsh", "Shop manager", "Corner Books", "Line manager", 30, None, RECENT),
        referee("Pip Sandell", "Practice educator", "Northmoor Council", "Practice educator", 14, 4, CHILDREN),
    ),
    support=(("Do you need any adjustments to take part in an interview? (optional)", "No"),),
)

EXPERIENCED = Person(
    called="experienced, with gaps and agency work",
    name="Idris Callowhill",
    vacancies=("Senior social worker, children in care", "Social worker, children in care"),
    situation="I am registered",
    registration=(
        ("Registration number", "sw 71 234"),
        ("Are there conditions on your registration?", "No"),
        ("Have you completed your assessed and supported year in employment (ASYE)? (optional)", "Yes"),
        ("When did you complete it? (optional)", ago(104)),
    ),
    eligibility=(
        ("Do you have the right to work in the UK?", "Yes"),
        ("Do you need a sponsor for a visa, now or later?", "No"),
        ("Do you work for the council now?", "Yes, through an agency"),
        ("Name of the agency", "Fernway Social Care"),
        ("Hours or working pattern you would like (optional)", "Full time, one day at home"),
    ),
    qualifications=(award("MA Social Work", "Westerdale University", 120),),
    left_school=204,
    history=(
        study("BA History", "Westerdale University", 201, 166),
        work("Paid work", "Teaching assistant", "Larch Rise School", 162, 146, "Yes", "I began to train."),
        study("MA Social Work", "Westerdale University", 145, 120),
        work("Paid work", "Social worker", "Northmoor Council", 117, 70, "Yes", "To care for my father."),
        work("Agency or locum work", "Social worker", "Fernway Social Care", 58, 31, "Yes", "The assignment ended."),
        work("Agency or locum work", "Senior social worker", "Middlesbrough Council", 28, None, "Yes",
             "I want a permanent post with the team that I know."),
    ),
    gaps=(
        "Looking for work", "Caring for my father", "Looking for work", "Travelling in Spain", "Seasonal work in a shop"
    ),
    referees=(
        referee("Imre Dale", "Team manager", "Middlesbrough Council", "Line manager", 28, None, RECENT, CHILDREN),
        referee("Jo Kirk", "Consultant", "Fernway Social Care", "Another manager, or human resources", 58, None),
    ),
    support=(("Do you apply under an interview scheme? (optional)", DISABILITY_CONFIDENT),),
)  # fmt: skip

QUALIFIED_OVERSEAS = Person(
    called="qualified overseas",
    name="Noor Vantry",
    vacancies=("Social worker, adoption and permanence",),
    situation="I qualified outside the UK, and I am not registered yet",
    registration=(
        ("Which country did you qualify in?", "South Africa"),
        ("Have you applied to register?", "Yes"),
        ("When do you expect to be registered?", f"1 {ago(-4)}"),
    ),
    contact=(
        ("Other names you have used (optional)", "Noor Abenaa"),
        ("Phone number", "+27 21 555 0123"),
        ("Address line 1", "8 Protea Street"),
        ("Town or city", "Cape Town"),
        ("Country, if not the United Kingdom (optional)", "South Africa"),
    ),
    eligibility=(
        ("Do you have the right to work in the UK?", "No"),
        ("Do you need a sponsor for a visa, now or later?", "Yes"),
        ("Do you work for the council now?", "No"),
    ),
    qualifications=(
        award("Bachelor of Social Work", "Protea University", 60,
              ("Country, if not the United Kingdom (optional)", "South Africa")),
    ),
    left_school=108,
    history=(
        study("Bachelor of Social Work", "Protea University", 107, 60),
        work("Paid work", "Social worker", "Protea Child Welfare", 59, None, "Yes", "I am moving to England."),
    ),
    gaps=(),
    referees=(
        referee("Lindi Roux", "Supervisor", "Protea Child Welfare", "Line manager", 59, None, RECENT, CHILDREN),
        referee("Ama Steyn", "Lecturer", "Protea University", "Tutor or lecturer", 100, 60),
    ),
    relationships=(
        ("Are you related, or close, to a councillor or an employee of the council?", "Yes"),
        ("Who is it, and how do you know them?", "My cousin is a clerk in the council tax team of the council."),
    ),
)  # fmt: skip

RETURNING = Person(
    called="returns after a lost connection",
    name="Wren Aldercott",
    vacancies=("Social worker, exploitation and missing",),
    situation="I was registered, and I am coming back to social work",
    registration=(
        ("When did you leave the register?", ago(40)),
        ("Have you applied to come back to the register?", "No"),
        ("When do you expect to be registered?", f"15 {ago(-5)}"),
    ),
    qualifications=(award("BSc Social Work", "Northmoor University", 110),),
    left_school=146,
    history=(
        study("BSc Social Work", "Northmoor University", 145, 110),
        work("Paid work", "Social worker", "Northmoor Council", 109, 40, "Yes", "To bring up my daughter."),
    ),
    gaps=("Bringing up my daughter",),
    referees=(
        referee("Hale Winter", "Service manager", "Northmoor Council", "Line manager", 109, 40, RECENT, CHILDREN),
        referee("Mo Lister", "Social worker", "Northmoor Council", "Colleague", 90, None),
    ),
)
