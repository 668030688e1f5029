"""`flask organisation import` and `flask teams`: filling an empty installation."""

from pathlib import Path

import pytest
from sqlalchemy import select

from recruit.core.counters import public_revision
from recruit.core.errors import NotAllowed
from recruit.pay.grades import keep_grades
from recruit.pay.models import Grade, WelcomeSchemeVersion
from recruit.rules.access import Actor, Role
from recruit.vacancies import queries
from recruit.vacancies.models import Team
from recruit.vacancies.teams import keep_teams
from tests.factories import TeamFactory, UserFactory, VacancyFactory

CONTENT = Path(__file__).resolve().parents[2] / "recruit" / "demo" / "content"
GRADE = '[[grades]]\ncode = "SW"\ntitle = "Social worker"\npoint_min = 24\npoint_max = 33\nposition = 3\n'
TEAM = (
    '[[teams]]\nslug = "fostering"\nname = "Fostering"\nservice_area = "Care"\nplace = "Acklam"\n'
    'description = "We support carers."\nmanager_role = "Team manager"\n'
)
WELCOME = (
    '[welcome_payment]\ncode = "welcome"\nname = "Welcome payment"\nversion = 1\namount_pence = 500000\n'
    'valid_from = 2022-05-06\nconditions = ["You are new"]\nterms = "Terms."\nrepayment = []\n'
    "instalments = [{ percent = 50, after_months = 1 }, { percent = 50, after_months = 6 }]\n"
)
WHOLE = GRADE + TEAM + WELCOME


@pytest.fixture
def run(app, session, tmp_path):
    """Return a way to give a command; a text with line ends is put into a file."""

    def invoke(*arguments: str) -> tuple[int, list[str]]:
        session.commit()
        file = tmp_path / "council.toml"
        if "\n" in arguments[-1]:
            file.write_text(arguments[-1])
            arguments = (*arguments[:-1], str(file))
        result = app.test_cli_runner().invoke(args=list(arguments))
        session.rollback()
        session.expire_all()
        lines = result.output.splitlines()
        return result.exit_code, [line for line in lines if "[info" not in line]  # the log shares the screen here

    return invoke


def test_the_demonstrations_own_files_fill_an_empty_place(run, session):
    welcome = (CONTENT / "welcome_payment.toml").read_text().replace("[[", "[[welcome_payment.")
    welcome = welcome.replace("[worked", "[welcome_payment.worked")
    teams = "\n".join(
        line
        for line in (CONTENT / "teams.toml").read_text().splitlines()
        if not line.startswith(("sample", "figures_"))
    )
    grades = (CONTENT / "grades.toml").read_text()

    assert run("organisation", "import", f"{grades}\n{teams}\n[welcome_payment]\n{welcome}") == (
        0,
        ["grades: 8 new", "teams: 11 new", "welcome payment: 1 new"],
    )
    assert len(session.scalars(select(Team)).all()) == 11


def test_the_same_file_again_changes_nothing(run, session):
    first = run("organisation", "import", WHOLE)
    before = public_revision()

    assert first == (0, ["grades: 1 new", "teams: 1 new", "welcome payment: 1 new"])
    assert run("organisation", "import", WHOLE) == (
        0,
        ["grades: 1 the same as before", "teams: 1 the same as before", "welcome payment: 1 the same as before"],
    )
    assert public_revision() == before


def test_other_words_are_taken_over_by_code_and_slug(run, session):
    run("organisation", "import", WHOLE)
    before = public_revision()
    new = WHOLE.replace('"Social worker"', '"Children’s social worker"').replace("Acklam", "Linthorpe")

    assert run("organisation", "import", new + "valid_until = 2030-01-01\n") == (
        0,
        ["grades: 1 changed", "teams: 1 changed", "welcome payment: 1 changed"],
    )
    assert [grade.title for grade in session.scalars(select(Grade))] == ["Children’s social worker"]
    assert [team.place for team in session.scalars(select(Team))] == ["Linthorpe"]
    assert public_revision() > before


def test_terms_that_a_vacancy_promises_need_a_new_number(run, session):
    run("organisation", "import", WHOLE)
    VacancyFactory(welcome_id=session.scalars(select(WelcomeSchemeVersion.id)).one())
    new = WHOLE.replace("500000", "400000").replace("Acklam", "Linthorpe")

    assert run("organisation", "import", new) == (
        1,
        [
            "Error: Vacancies promise version 1 of “Welcome payment”, so its terms cannot change."
            " Give the new terms a new version number."
        ],
    )
    assert "Acklam" in session.scalars(select(Team.place)).all()  # all of it, or nothing
    assert run("organisation", "import", WHOLE)[0] == 0
    assert run("organisation", "import", new.replace("version = 1", "version = 2"))[1][-1] == "welcome payment: 1 new"
    amounts = select(WelcomeSchemeVersion.amount_pence).order_by(WelcomeSchemeVersion.number)
    assert session.scalars(amounts).all() == [500000, 400000]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\n", "The file has no [[grades]], no [[teams]] and no [welcome_payment]."),
        ("[[grades\n", "The file is not TOML: Expected ']]' at the end of an array declaration (at line 1, column 9)."),
        (GRADE.replace('title = "Social worker"\n', ""), "grades, entry 1 (SW): title: Field required"),
        (GRADE.replace('"Social worker"', '" \u200b "'), "grades, entry 1 (SW): title: must have text"),
        (GRADE.replace("= 33", "= 23"), "grades, entry 1 (SW): point_max must not be less than point_min"),
        (GRADE.replace("= 33", '= "33"'), "grades, entry 1 (SW): point_max: Input should be a valid integer"),
        (GRADE + GRADE, "grades: SW is there 2 times"),
        (TEAM + TEAM, "teams: fostering is there 2 times"),
        ("grades = [1]\n", "grades, entry 1: Input should be a valid dictionary or instance of GradeEntry"),
        (
            TEAM.replace('"fostering"', '"Fostering!"'),
            "teams, entry 1 (Fostering!): slug: String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'",
        ),
        (
            WELCOME.replace("percent = 50, after_months = 6", "percent = 40, after_months = 6"),
            "welcome_payment: the instalments must come to 100 percent",
        ),
        (
            WELCOME.replace("after_months = 6", "after_months = 1"),
            "welcome_payment: each instalment must be later than the one before it",
        ),
        (
            f"{WELCOME}[welcome_payment.eligibility]\npermanent = false\nsecondment = false\nrejoin_after_months = 0\n"
            "existing_employees = true\nagency_workers = true\nnewly_qualified = true\n",
            "welcome_payment: eligibility must be for at least one kind of contract",
        ),
        (WELCOME + "valid_until = 2022-05-05\n", "welcome_payment: valid_until must not be before valid_from"),
        (
            WELCOME.replace("repayment = []", "repayment = [{ months_from = 2, months_to = 2, percent = 1 }]"),
            "welcome_payment: a repayment must end after it begins",
        ),
        (
            WELCOME.replace(
                "repayment = []",
                "repayment = [{ months_from = 0, months_to = 2, percent = 9 },"
                " { months_from = 3, months_to = 4, percent = 1 }]",
            ),
            "welcome_payment: each repayment must begin where the one before it ends",
        ),
        (
            WELCOME.replace("after_months = 6", "after_months = -1"),
            "welcome_payment: instalments.2.after_months: Input should be greater than or equal to 0",
        ),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_imported(run, session, text, fault):
    assert run("organisation", "import", text if "\n" in text[:-1] or text == "\n" else text + "\n") == (
        1,
        ["Error: nothing was imported.", fault],
    )
    assert session.scalars(select(Grade)).all() == []


def test_a_file_that_is_not_text_is_refused(app, session, tmp_path):
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    result = app.test_cli_runner().invoke(args=["organisation", "import", str(tmp_path / "x.toml")])

    assert result.output.splitlines() == ["Error: nothing was imported.", "The file is not UTF-8 text."]


def test_a_recruiter_joins_and_leaves_a_team(run, session):
    user = UserFactory(email="robin@people.example", name="Robin Carter", roles=[Role.RECRUITER])
    team = TeamFactory(slug="fostering", name="Fostering")
    user_id, team_id = user.id, team.id

    assert run("teams", "add-member", "Robin@people.example", "fostering") == (0, ["Added."])
    assert queries.team_ids_of(user_id) == {team_id}
    assert run("teams", "add-member", "robin@people.example", "fostering") == (
        1,
        ["Error: Robin Carter is in Fostering already."],
    )
    assert run("teams", "remove-member", "robin@people.example", "fostering") == (0, ["Removed."])
    assert queries.team_ids_of(user_id) == set()
    assert run("teams", "remove-member", "robin@people.example", "fostering") == (
        1,
        ["Error: Robin Carter is not in Fostering."],
    )


@pytest.mark.parametrize(
    ("email", "slug", "fault"),
    [
        ("nobody@people.example", "fostering", "No account has the address nobody@people.example."),
        ("harper@people.example", "none", "There is no team none."),
        ("harper@people.example", "fostering", "Harper Reed is not a recruiter, so they cannot write vacancies."),
    ],
)
def test_who_cannot_join_is_told_why(run, session, email, slug, fault):
    UserFactory(email="harper@people.example", name="Harper Reed", roles=[Role.HR])
    TeamFactory(slug="fostering")

    assert run("teams", "add-member", email, slug) == (1, [f"Error: {fault}"])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
@pytest.mark.parametrize("keep", [keep_grades, keep_teams])
def test_only_administrators_keep_what_vacancies_stand_on(session, role, keep):
    with pytest.raises(NotAllowed):
        keep(Actor(1, frozenset({role})), [])
    assert keep(Actor(1, frozenset({Role.ADMIN})), []) == []
