"""A file with what vacancies stand on: the council's grades, teams and welcome payment, as TOML."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from recruit.pay.grades import GradeEntry
from recruit.pay.welcome import WelcomeEntry
from recruit.vacancies.teams import TeamEntry

KEYS = {"grades": "code", "teams": "slug"}  # table of the file: what names an entry of it


class Unreadable(Exception):
    """The file cannot be taken.

    Args:
        faults: a sentence for each thing that is wrong.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))


class OrganisationFile(BaseModel):
    """What the file says.  Each table may be left out, but not all."""

    model_config = ConfigDict(extra="ignore")

    grades: list[GradeEntry] = Field(default_factory=list)
    teams: list[TeamEntry] = Field(default_factory=list)
    welcome_payment: WelcomeEntry | None = None


def read_organisation(content: bytes) -> OrganisationFile:
    """Return what the file says.

    Raises:
        Unreadable: it is not TOML, it says nothing, or entries of it are wrong or there twice.
    """
    try:
        given = tomllib.loads(content.decode("utf-8-sig"))
        found = OrganisationFile.model_validate(given)
    except UnicodeDecodeError:
        raise Unreadable(["The file is not UTF-8 text."]) from None
    except tomllib.TOMLDecodeError as error:
        raise Unreadable([f"The file is not TOML: {error}."]) from None
    except ValidationError as error:
        raise Unreadable([_sentence(given, fault["loc"], fault["msg"]) for fault in error.errors()]) from None
    if not (found.grades or found.teams or found.welcome_payment):
        raise Unreadable(["The file has no [[grades]], no [[teams]] and no [welcome_payment]."])
    twice = [
        *_twice("grades", (entry.code for entry in found.grades)),
        *_twice("teams", (entry.slug for entry in found.teams)),
    ]
    if twice:
        raise Unreadable(twice)
    return found


def _sentence(given: Mapping[str, Any], place: tuple[int | str, ...], message: str) -> str:
    """Say which entry and which value of it is wrong: "grades, entry 2 (SW): title must have text"."""
    table, *rest = place
    where = str(table)
    if table in KEYS and rest:
        number = int(rest.pop(0))
        entry = given[where][number]
        name = entry.get(KEYS[where]) if isinstance(entry, dict) else None
        where += f", entry {number + 1}" + (f" ({name})" if isinstance(name, str) else "")
    value = ".".join(str(part + 1) if isinstance(part, int) else part for part in rest)
    return ": ".join(filter(None, (where, value, message.removeprefix("Value error, "))))


def _twice(table: str, names: Iterable[str]) -> list[str]:
    return [f"{table}: {name} is there {count} times" for name, count in Counter(names).items() if count > 1]
