"""Where to tell things, from the environment: SMTP, the webhook, Chatwoot. Each is off while unset."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from frontdesk.settings import ROOT

LOOPBACK = ("127.0.0.1", "::1", "localhost")
MAIL_BOX = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)


@dataclass(frozen=True)
class Smtp:
    """A mail server. ``tls``: from the first byte; ``starttls``: after asking in the clear."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    starttls: bool


class OutwardSettings(BaseSettings):
    """Names are the environment's; docs/elsewhere.md explains them."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore")

    smtp_url: str = ""
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool | None = None  # asked for unless the server is on this machine
    mail_from: str = ""
    desk_mail_to: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    handoff_provider: Literal["desk", "chatwoot"] = "desk"
    chatwoot_url: str = ""
    chatwoot_account: int = Field(default=0, ge=0)
    chatwoot_inbox: str = ""
    chatwoot_token: str = ""
    chatwoot_callback_token: str = ""
    chatwoot_webhook_secret: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        self._check_mail()
        self._check_webhook()
        self._check_chatwoot()
        return self

    def _check_mail(self) -> None:
        if self.smtp_url and self.smtp_host:
            raise ValueError("SMTP_URL and SMTP_HOST say the same; set one of them")
        if self.smtp_url:
            parts = _parts(self.smtp_url, "SMTP_URL")
            if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
                raise ValueError("SMTP_URL must be like smtp://user:password@mail.example.com:587")
        if self.mail_from and not MAIL_BOX.fullmatch(self.mail_from):
            raise ValueError("MAIL_FROM must be an e-mail address, like desk@example.com")
        if not all(MAIL_BOX.fullmatch(one) for one in self.staff):
            raise ValueError("DESK_MAIL_TO must be e-mail addresses, comma separated")
        if self.smtp is not None and not self.mail_from:
            raise ValueError("SMTP_URL or SMTP_HOST needs MAIL_FROM: the address mail comes from")
        if self.staff and self.smtp is None:
            raise ValueError("DESK_MAIL_TO needs SMTP_URL or SMTP_HOST: the server to send with")

    def _check_webhook(self) -> None:
        if not self.webhook_url:
            return
        if not safe(self.webhook_url):
            raise ValueError(
                "WEBHOOK_URL must be https://…, or http:// on this machine, with no user in it"
            )
        try:
            key = self.webhook_key
        except (ValueError, binascii.Error):
            key = b""
        if not 24 <= len(key) <= 64:
            raise ValueError(
                'WEBHOOK_SECRET must be "whsec_" and 24 to 64 random bytes in base64; make one with: '
                "echo whsec_$(openssl rand -base64 32)"
            )

    def _check_chatwoot(self) -> None:
        if self.handoff_provider != "chatwoot":
            return
        named = {
            "CHATWOOT_URL": self.chatwoot_url, "CHATWOOT_ACCOUNT": self.chatwoot_account,
            "CHATWOOT_INBOX": self.chatwoot_inbox, "CHATWOOT_TOKEN": self.chatwoot_token,
            "CHATWOOT_CALLBACK_TOKEN": self.chatwoot_callback_token,
        }  # fmt: skip
        missing = [name for name, value in named.items() if not value]
        if missing:
            raise ValueError(f"HANDOFF_PROVIDER=chatwoot needs {', '.join(missing)}")
        if not safe(self.chatwoot_url):
            raise ValueError("CHATWOOT_URL must be https://…, or http:// on this machine")
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,128}", self.chatwoot_callback_token):
            raise ValueError(
                "CHATWOOT_CALLBACK_TOKEN must be 16 to 128 letters and digits; make one with: "
                "openssl rand -hex 24"
            )

    @property
    def smtp(self) -> Smtp | None:
        """The mail server; ``None`` where there is none."""
        host, port, tls = self.smtp_host, self.smtp_port, self.smtp_port == 465
        user, password = self.smtp_user, self.smtp_password
        if self.smtp_url:
            parts = urlsplit(self.smtp_url)
            host, tls = parts.hostname or "", parts.scheme == "smtps"
            port = parts.port or (465 if tls else 587)
            user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not host:
            return None
        wanted = host not in LOOPBACK if self.smtp_starttls is None else self.smtp_starttls
        return Smtp(host, port, user, password, tls, wanted and not tls)

    @property
    def staff(self) -> list[str]:
        """To whom mail about waiting cases goes."""
        return [one.strip() for one in self.desk_mail_to.split(",") if one.strip()]

    @property
    def webhook_key(self) -> bytes:
        """The webhook's secret; ValueError where it is none."""
        if not self.webhook_secret.startswith("whsec_"):
            raise ValueError("no whsec_")
        return base64.b64decode(self.webhook_secret.removeprefix("whsec_"), validate=True)


def safe(url: str) -> bool:
    """Whether something may be posted to an address: over TLS, or on this machine."""
    try:
        parts = _parts(url, "")
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.password is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _parts(url: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        raise ValueError(f"{name} cannot be read as an address") from None
    return parts
