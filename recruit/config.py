"""Typed settings from the environment; refuses an unsafe production start."""

import secrets
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from recruit.rules import limits

SECRET_CHARACTERS = 32  # fewest characters of a production secret


class Environment(StrEnum):
    """Where this runs."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Every setting, its default and its meaning.

    Raises:
        pydantic.ValidationError: a value is not of its type, or a production start would be unsafe.  The message names
            the setting and never shows a secret.
    """

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    recruit_env: Environment = Field(Environment.DEMO, description="demo, test or production")
    host: str = Field("127.0.0.1", description="the address that the web server listens on")
    port: int = Field(8000, ge=1, le=65535, description="the port that the web server listens on")
    web_workers: int = Field(0, ge=0, le=64, description="server processes; 0: as many as processors")
    data_dir: Path = Field(Path("instance"), description="the embedded database and the demo's mail folder")
    database_url: str = Field("", description="postgresql+psycopg://…; empty: SQLite in DATA_DIR")
    redis_url: str = Field(
        "", description="shared counters of the search limit for several processes; empty: each its own"
    )
    storage_url: str = Field("", description="object storage for documents; empty: files under DATA_DIR")
    mail_url: str = Field("", description="smtp://user:password@host:port, smtps://…, notify://key or file:///folder")
    mail_from: str = Field("jobs@demo.example", description="the sender of the service's messages")
    public_url: str = Field("", description="the address people use; empty: http://HOST:PORT")
    secret_key: SecretStr = Field(SecretStr(""), description="signs cookies and links; demo and test make their own")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="lets a monitor read /metrics from elsewhere than loopback"
    )
    trusted_proxies: int = Field(0, ge=0, le=5, description="reverse proxies in front whose X-Forwarded-* are believed")
    organisation: str = Field("Middlesbrough Council", description="the employer, as people know it")
    place: str = Field("Middlesbrough", description="the council's area, as people say it")
    service_name: str = Field("Children’s social work jobs", description="the service's name in header and title")
    recruit_demo_password: SecretStr = Field(SecretStr(""), description="the password of every demo account")
    search_rate: str = Field("600 per minute", description="searches that one network address may make")
    keep_public_pages: bool = Field(
        True, description="keep public pages as bytes; false: make each anew, for measuring"
    )
    decision_hold_minutes: int = Field(
        int(limits.DECISION_HOLD.total_seconds() // 60),
        ge=0,
        le=7 * 24 * 60,
        description="minutes a decision can be undone",
    )

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        self.data_dir = self.data_dir.resolve()
        self.database_url = self.database_url or f"sqlite:///{self.data_dir / 'recruit.sqlite3'}"
        self.public_url = (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
        if self.recruit_env == Environment.PRODUCTION:
            self._refuse_unsafe()
        self.mail_url = self.mail_url or f"file://{self.data_dir / 'mail'}"
        return self

    def _refuse_unsafe(self) -> None:
        mail = urlsplit(self.mail_url).scheme
        faults = {
            f"SECRET_KEY must be {SECRET_CHARACTERS} characters or more": (
                len(self.secret_key.get_secret_value()) < SECRET_CHARACTERS
            ),
            "MAIL_URL must be smtp://…, smtps://… or notify://…": mail not in ("smtp", "smtps", "notify"),
            "PUBLIC_URL must start with https://": urlsplit(self.public_url).scheme != "https",
            "RECRUIT_DEMO_PASSWORD must not be set": bool(self.recruit_demo_password.get_secret_value()),
        }
        if found := [sentence for sentence, is_fault in faults.items() if is_fault]:
            raise ValueError("production does not start: " + "; ".join(found))

    def is_production(self) -> bool:
        return self.recruit_env == Environment.PRODUCTION

    def signing_key(self) -> str:
        """Return SECRET_KEY, or outside production one that is made once and kept in DATA_DIR."""
        if given := self.secret_key.get_secret_value():
            return given
        file = self.data_dir / "secret-key"
        if not file.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{secrets.token_hex(4)}")
            draft.write_text(secrets.token_urlsafe(48))
            draft.chmod(0o600)
            draft.rename(file)
        return file.read_text()

    def _engine_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"hide_parameters": True}  # an error that is logged names no person
        if self.database_url.startswith("postgresql"):
            options |= {
                "pool_pre_ping": True,
                "pool_timeout": 2,  # seconds
                "connect_args": {
                    "connect_timeout": 2,  # seconds, the least that libpq knows
                    "options": "-c statement_timeout=10s -c lock_timeout=1500ms",
                    "keepalives_idle": 10,  # seconds; a server that is cut off is noticed within half a minute
                    "keepalives_interval": 5,
                    "keepalives_count": 3,
                    "tcp_user_timeout": 20_000,  # milliseconds
                },
            }
        return options

    def for_flask(self) -> dict[str, Any]:
        """Return what Flask and its extensions read from `app.config`."""
        production = self.is_production()
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.signing_key(),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "SESSION_COOKIE_NAME": "__Host-recruit_session" if production else "recruit_session",
            "SESSION_COOKIE_SECURE": production,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": limits.SESSION_IDLE_CANDIDATE,
            "MAX_CONTENT_LENGTH": limits.REQUEST_BYTES,
            "MAX_FORM_MEMORY_SIZE": limits.REQUEST_BYTES,
            "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session: nobody loses a long page of writing
            "WTF_CSRF_SSL_STRICT": False,  # SameSite and the token decide; a missing Referer refuses nobody
            "TESTING": self.recruit_env == Environment.TEST,
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
        }
