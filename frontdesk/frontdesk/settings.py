"""Every setting of the frontdesk, from the environment or the project's ``.env``."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


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
        return self

    @property
    def folder(self) -> Path:
        """DATA_DIR as an absolute path; a relative one counts from the project's root."""
        return self.data_dir if self.data_dir.is_absolute() else ROOT / self.data_dir

    @property
    def origins(self) -> list[str]:
        """The addresses of pages that may connect: those named, else this host's own."""
        named = [o.strip().rstrip("/") for o in self.allowed_origins.split(",") if o.strip()]
        return named or [f"http://{host}:{self.port}" for host in ("127.0.0.1", "localhost")]

    @property
    def firm(self) -> dict[str, str]:
        """What the page shows of the firm."""
        return {
            "name": self.firm_name,
            "phone": self.firm_phone,
            "email": self.firm_email,
            "hours": self.firm_hours,
        }
