"""Every setting of the frontdesk, from the environment or the project's ``.env``."""

from __future__ import annotations

import zoneinfo
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _origin(text: str) -> bool:
    """Whether a text is a page's origin, or empty."""
    parts = urlsplit(text)
    return not text or (
        parts.scheme in ("https", "http") and f"{parts.scheme}://{parts.netloc}" == text
    )


class Settings(BaseSettings):
    """Names are the environment's, in lower case; `.env.example` lists them for an operator."""

    # make and compose hand on an empty value where none was given: that is no setting.
    model_config = SettingsConfigDict(env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore")

    port: int = 8080
    host: str = "127.0.0.1"
    data_dir: Path = Path("var")
    database_url: str = ""
    redis_url: str = ""
    frontdesks: int = 1
    rasa_port: int = 5005
    rasa_urls: str = ""
    cp503_secret: str = Field(min_length=1)
    allowed_origins: str = ""
    web_dir: Path = ROOT / "web" / "dist"
    firm_name: str = ""
    firm_phone: str = ""
    firm_email: str = ""
    firm_hours: str = ""
    firm_privacy: str = ""
    keep_days: int = Field(default=90, ge=1, le=3650)
    audit_days: int = Field(default=730, ge=30, le=3650)  # the database keeps 30 itself
    handoff: bool = True  # False: never; True: as soon as somebody could take a case
    handoff_wait_minutes: float = Field(default=10, gt=0, le=1440)
    handoff_grace_seconds: float = Field(default=60, gt=0, le=3600)
    desk_origin: str = ""
    desk_timezone: str = "America/New_York"
    desk_oidc_issuer: str = ""
    desk_oidc_client_id: str = ""
    desk_oidc_client_secret: str = ""
    desk_oidc_groups: str = ""
    brain_timeout_seconds: float = 20.0
    messages_per_10_seconds: int = 20
    new_visitors_per_minute: int = 600

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.frontdesks > 1 and not (self.database_url and self.redis_url):
            raise ValueError(
                "FRONTDESKS above 1 needs DATABASE_URL (PostgreSQL) and REDIS_URL: several "
                "processes share the ledger and pass each other the replies"
            )
        if self.database_url and not self.database_url.startswith(("postgresql://", "postgres://")):
            raise ValueError("DATABASE_URL must start with postgresql://; empty means SQLite")
        if self.firm_privacy and not self.firm_privacy.startswith(("https://", "http://")):
            raise ValueError("FIRM_PRIVACY must be a web address, https://…")
        self._check_desk()
        return self

    def _check_desk(self) -> None:
        if not _origin(self.desk_origin):
            raise ValueError("DESK_ORIGIN must be like https://desk.example.com, without a path")
        if self.desk_timezone not in zoneinfo.available_timezones():
            raise ValueError("DESK_TIMEZONE must be a time zone's name, like America/Chicago")
        issuer = urlsplit(self.desk_oidc_issuer)
        if self.desk_oidc_issuer and not (
            (issuer.scheme == "https" and issuer.netloc)
            or (issuer.scheme == "http" and issuer.hostname in _LOOPBACK)
        ):
            raise ValueError("DESK_OIDC_ISSUER must be a web address, https://…")
        if bool(self.desk_oidc_issuer) != bool(self.desk_oidc_client_id):
            raise ValueError("DESK_OIDC_ISSUER and DESK_OIDC_CLIENT_ID go together")
        if any(role not in ("advisor", "manager") for role in self.desk_groups.values()):
            raise ValueError("DESK_OIDC_GROUPS must be like tax=advisor,leads=manager")

    @property
    def desk_groups(self) -> dict[str, str]:
        """The provider's groups that may sit at the desk, and the role of each."""
        pairs = (p.rpartition("=") for p in self.desk_oidc_groups.split(",") if p.strip())
        return {group.strip(): role.strip() for group, _, role in pairs}

    @property
    def folder(self) -> Path:
        """DATA_DIR as an absolute path; a relative one counts from the project's root."""
        return self.data_dir if self.data_dir.is_absolute() else ROOT / self.data_dir

    def may_connect(self, origin: str | None, environ: dict[str, Any]) -> bool:
        """Whether a page of this origin may: one that is named, or one of this server's own.

        Own is what a browser asked for under the same name (behind a proxy: the name the proxy
        passes on). Programs that are no browser send no origin.
        """
        if origin is None:
            return True
        named = [o.strip().rstrip("/") for o in self.allowed_origins.split(",") if o.strip()]
        asked = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST") or ""
        own = asked.split(",")[0].strip()
        return origin in named or (bool(own) and urlsplit(origin).netloc == own)

    @property
    def firm(self) -> dict[str, str]:
        """What the page shows of the firm."""
        return {
            "name": self.firm_name,
            "phone": self.firm_phone,
            "email": self.firm_email,
            "hours": self.firm_hours,
            "privacy": self.firm_privacy,
        }
