"""Typed settings from the environment; refuses an unsafe production start."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from recruit.core.engines import engines_for
from recruit.core.field_keys import key_made_of, keys_in
from recruit.core.hosts import is_address, is_loopback, is_number, is_real_address
from recruit.core.stage_settings import StageSettings
from recruit.rules import limits
from recruit.rules.schemes import Scheme, schemes_in
from recruit.rules.uploads import UPLOAD_END

ENVIRONMENT_FILE = "environment"  # in DATA_DIR: what a demonstration's folder remembers
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  where Linux keeps files in memory; the folder in it is ours alone
SECRET_CHARACTERS = 32  # fewest characters of a production secret
SAMPLE_EMAIL = "jobs@demo.example"  # no mail ever arrives at `.example` (RFC 2606)
SAMPLE_PHONE = "01632 960 010"  # Ofcom keeps these numbers for drama
RATE = re.compile("[1-9][0-9]* per (second|minute|hour|day)")
ADDRESSES = {  # setting: the beginnings of an address it takes, and those in words
    "database_url": (("postgresql+psycopg://", "sqlite:///"), "postgresql+psycopg://user:password@host/database"),
    "storage_url": (("s3://",), "s3://bucket/prefix"),
    "scanner_url": (("clamd://",), "clamd://host:port"),
    "redis_url": (("redis://", "rediss://"), "redis://host:port or rediss://host:port"),
    "mail_url": (("smtp://", "smtps://", "notify://", "file://"), "smtp://…, smtps://…, notify://… or file:///folder"),
    "public_url": (("https://", "http://"), "an address as in https://jobs.example.gov.uk"),
}


class Environment(StrEnum):
    """Where this runs."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class Unsafe(ValueError):
    """A production that must not start.

    Args:
        faults: why, a sentence for each setting that is wrong.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("production does not start: " + "; ".join(faults))
        self.faults = tuple(faults)


class Settings(StageSettings):
    """Every setting, its default and its meaning.

    Where RECRUIT_ENV is not set, a folder that `recruit.start` prepared for a demonstration says so itself; anywhere
    else it is production, so that a setting that was forgotten refuses to start and does not invite strangers in.

    Raises:
        pydantic.ValidationError: a value is not of its type, or a production start would be unsafe.  The message names
            the setting and never shows a secret.
    """

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    recruit_env: Environment = Field(
        Environment.PRODUCTION,
        description="demo, test or production; by default what DATA_DIR remembers, else production",
    )
    host: str = Field("127.0.0.1", description="the address that the web server listens on")
    port: int = Field(8000, ge=1, le=65535, description="the port that the web server listens on")
    web_workers: int = Field(0, ge=0, le=64, description="server processes; 0: as many as processors")
    data_dir: Path = Field(Path("instance"), description="the embedded database, documents and the demo's mail folder")
    memory_dir: Path = Field(
        Path(),
        description="a folder in memory, which no backup has, for keys of equality answers; by default in /dev/shm",
    )
    database_url: str = Field("", description="postgresql+psycopg://…; empty: SQLite in DATA_DIR")
    redis_url: str = Field(
        "", description="shared counters of the search limit for several processes; empty: each its own"
    )
    storage_url: str = Field(
        "", description="s3://bucket/prefix, with AWS's own settings for keys and region; empty: a folder in DATA_DIR"
    )
    scanner_url: str = Field("", description="clamd://host:port of a virus scanner; empty: documents are not scanned")
    mail_url: str = Field("", description="smtp://user:password@host:port, smtps://…, notify://key or file:///folder")
    mail_from: str = Field("", description="the sender of the service's messages; needed in production")
    contact_email: str = Field("", description="where people ask for help and use their rights; needed in production")
    contact_phone: str = Field("", description="the same by phone; empty in production: no number is shown")
    public_url: str = Field("", description="the address people use; empty: http://HOST:PORT")
    secret_key: SecretStr = Field(SecretStr(""), description="signs cookies and links; demo and test make their own")
    field_keys: SecretStr = Field(
        SecretStr(""),
        description="seal what is confidential in the database: the first seals, any opens; empty: SECRET_KEY does",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="lets a monitor read /metrics from elsewhere than loopback"
    )
    trusted_proxies: int = Field(0, ge=0, le=5, description="reverse proxies in front whose X-Forwarded-* are believed")
    organisation: str = Field("Middlesbrough Council", description="the employer, as people know it")
    place: str = Field("Middlesbrough", description="the council's area, as people say it")
    service_name: str = Field("Children’s social work jobs", description="the service's name in header and title")
    interview_schemes: str = Field(
        "", description=f"interview schemes offered, with commas: {', '.join(Scheme)}; the demo offers all"
    )
    recruit_demo_password: SecretStr = Field(SecretStr(""), description="the password of every demo account")
    search_rate: str = Field("600 per minute", description="searches that one network address may make")
    api_rate: str = Field("120 per minute", description="answers that the API makes anew for one network address")
    keep_public_pages: bool = Field(
        True, description="keep public pages as bytes; false: make each anew, for measuring"
    )
    panel_scores_first: bool = Field(
        False, description="decisions on the sift wait for both scores of a panel, unless a vacancy says otherwise"
    )
    interview_change_hours: int = Field(
        int(limits.INTERVIEW_CHANGE_LIMIT.total_seconds() // 3600),
        ge=1,
        le=14 * 24,
        description="hours before an interview until which its candidate can choose and change it",
    )
    overseas_months: int = Field(
        3, ge=1, le=60, description="months outside the UK, in the last 5 years, from which records are asked for there"
    )

    @model_validator(mode="before")
    @classmethod
    def _remember_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        if "recruit_env" in given:
            return given
        file = Path(given.get("data_dir", cls.model_fields["data_dir"].default)) / ENVIRONMENT_FILE
        return {**given, "recruit_env": file.read_text(errors="replace").strip()} if file.is_file() else given

    @field_validator(*ADDRESSES)
    @classmethod
    def _refuse_other_addresses(cls, value: str, info: ValidationInfo) -> str:
        beginnings, words = ADDRESSES[str(info.field_name)]
        if value and not (value.startswith(beginnings) and is_address(value)):
            raise ValueError(f"{words}, or empty")
        return value

    @field_validator("search_rate", "api_rate")
    @classmethod
    def _refuse_other_rates(cls, value: str) -> str:
        if not RATE.fullmatch(value):
            raise ValueError("a number and a time, as in 600 per minute")
        return value

    @field_validator("field_keys")
    @classmethod
    def _refuse_other_keys(cls, value: SecretStr) -> SecretStr:
        keys_in(value.get_secret_value())
        return value

    @field_validator("interview_schemes")
    @classmethod
    def _refuse_other_schemes(cls, value: str) -> str:
        schemes_in(value)
        return value

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        self.data_dir = self.data_dir.resolve()
        if "memory_dir" not in self.model_fields_set:
            name = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:16]
            self.memory_dir = SHARED_MEMORY / f"recruit-{name}" if SHARED_MEMORY.is_dir() else self.data_dir / "memory"
        self.database_url = self.database_url or f"sqlite:///{self.data_dir / 'recruit.sqlite3'}"
        self.public_url = (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
        if self.is_production():
            self._refuse_unsafe()
        else:
            self.mail_from = self.mail_from or SAMPLE_EMAIL
            self.contact_email = self.contact_email or SAMPLE_EMAIL
            self.contact_phone = self.contact_phone or SAMPLE_PHONE
            if "interview_schemes" not in self.model_fields_set:
                self.interview_schemes = ",".join(Scheme)
        self.mail_url = self.mail_url or f"file://{self.data_dir / 'mail'}"
        return self

    def _refuse_unsafe(self) -> None:
        mail = urlsplit(self.mail_url)
        faults = {
            f"SECRET_KEY must be {SECRET_CHARACTERS} characters or more": (
                len(self.secret_key.get_secret_value()) < SECRET_CHARACTERS
            ),
            "MAIL_URL must be smtp://…, smtps://… or notify://…": mail.scheme not in ("smtp", "smtps", "notify"),
            "MAIL_URL with smtp:// needs ?starttls=1, unless the mail server is on this machine": (
                mail.scheme == "smtp"
                and parse_qs(mail.query).get("starttls") != ["1"]
                and not is_loopback(mail.hostname or "")
            ),
            "MAIL_FROM must be an address of yours": not is_real_address(self.mail_from),
            "CONTACT_EMAIL must be an address of yours": not is_real_address(self.contact_email),
            "MEMORY_DIR must be a folder in memory, as there is no /dev/shm": (
                "memory_dir" not in self.model_fields_set and not SHARED_MEMORY.is_dir()
            ),
            "PUBLIC_URL must start with https://": urlsplit(self.public_url).scheme != "https",
            "RECRUIT_DEMO_PASSWORD must not be set": bool(self.recruit_demo_password.get_secret_value()),
        }
        if found := [sentence for sentence, is_fault in faults.items() if is_fault]:
            raise Unsafe(found)

    def schemes(self) -> tuple[Scheme, ...]:
        """Return the interview schemes that are offered."""
        return schemes_in(self.interview_schemes)

    def passkey_home(self) -> tuple[str, str] | None:
        """Return the host that passkeys belong to and the origin they are used at; None where browsers know none.

        A passkey belongs to a name, never to a number (WebAuthn, relying party identifier).  This machine has a name.
        """
        parts = urlsplit(self.public_url)
        host = parts.hostname or ""
        if is_loopback(host):
            return "localhost", f"{parts.scheme}://localhost:{parts.port}" if parts.port else "http://localhost"
        return (host, f"{parts.scheme}://{parts.netloc}") if parts.scheme == "https" and not is_number(host) else None

    def is_production(self) -> bool:
        return self.recruit_env == Environment.PRODUCTION

    def remember_environment(self) -> None:
        """Keep in DATA_DIR what this folder is for, so that later commands on it need no RECRUIT_ENV.

        Raises:
            ValueError: for production, which is what a folder that remembers nothing is.
        """
        if self.is_production():
            raise ValueError("production is not remembered")
        (self.data_dir / ENVIRONMENT_FILE).write_text(self.recruit_env + "\n")

    def signing_key(self) -> str:
        """Return SECRET_KEY, or outside production one that is made once and kept in DATA_DIR."""
        return self.secret_key.get_secret_value() or self._kept("secret-key", secrets.token_urlsafe(48))

    def sealing_keys(self) -> tuple[str, ...]:
        """Return FIELD_KEYS and after them the one made of SECRET_KEY, which seals where there are none."""
        return *keys_in(self.field_keys.get_secret_value()), key_made_of(self.signing_key())

    def demo_password(self) -> str:
        """Return the demo accounts' password: the setting's, or one that is made once and kept in DATA_DIR."""
        words = "-".join(secrets.token_hex(2) for _ in range(4))
        return self.recruit_demo_password.get_secret_value() or self._kept("demo-password", words)

    def _kept(self, name: str, made: str) -> str:
        """Return the secret in a file of DATA_DIR; it begins as `made`."""
        file = self.data_dir / name
        if not file.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(made)
            draft.rename(file)
        return file.read_text().strip()

    def for_flask(self) -> dict[str, Any]:
        """Return what Flask and its extensions read from `app.config`."""
        production = self.is_production()
        return {
            "SETTINGS": self,
            "TARGETS": self.targets(),
            "OVERSEAS_MONTHS": self.overseas_months,
            "SECRET_KEY": self.signing_key(),
            "FIELD_KEYS": self.sealing_keys(),
            **engines_for(self.database_url),
            "SESSION_COOKIE_NAME": "__Host-recruit_session" if production else "recruit_session",
            "SESSION_COOKIE_SECURE": production,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,  # web/guard.py says when: no signing for each page
            "PERMANENT_SESSION_LIFETIME": limits.SESSION_IDLE_CANDIDATE,
            "MAX_CONTENT_LENGTH": limits.REQUEST_BYTES,
            "UPLOADS": (UPLOAD_END, limits.UPLOAD_REQUEST_BYTES, limits.UPLOAD_SECONDS),
            "MAX_FORM_MEMORY_SIZE": limits.REQUEST_BYTES,
            "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session: nobody loses a long page of writing
            "WTF_CSRF_SSL_STRICT": False,  # SameSite and the token decide; a missing Referer refuses nobody
            "TESTING": self.recruit_env == Environment.TEST,
        }
