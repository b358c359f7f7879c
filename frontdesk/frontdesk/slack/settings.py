"""Slack's own settings, from the environment; which tokens are set decides how it works."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SlackSettings(BaseSettings):
    """``SLACK_BOT_TOKEN`` and so on."""

    model_config = SettingsConfigDict(env_prefix="slack_", env_ignore_empty=True, extra="ignore")

    bot_token: str = ""
    signing_secret: str = ""
    app_token: str = ""
    staff_channel: str = Field(default="", pattern=r"^([CG][A-Z0-9]{1,20})?$")
    api_url: str = "https://slack.com/api/"

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.bot_token and not (self.signing_secret or self.app_token):
            raise ValueError(
                "SLACK_BOT_TOKEN needs SLACK_SIGNING_SECRET (Slack sends its events here) or "
                "SLACK_APP_TOKEN (Socket Mode); see docs/slack.md"
            )
        if self.staff_channel and not self.bot_token:
            raise ValueError("SLACK_STAFF_CHANNEL needs SLACK_BOT_TOKEN; see docs/slack.md")
        return self
