"""The only reader of the environment: every setting, its type and its default."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import ConfigurationError
from bot.model import Recipient

NEARBY: Final = tuple(
    ip_network(one) for one in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")
)
"""This machine and private networks (RFC 1918, RFC 4193, link-local): where a reverse proxy of one's own stands."""


class Settings(BaseSettings):
    """Settings of one process. Names in the environment and in `.env` begin with `VESTNIK_`."""

    model_config = SettingsConfigDict(env_prefix="VESTNIK_", env_file=".env", extra="ignore", env_ignore_empty=True)

    # storage
    data_dir: Path = Path("data")
    redis_url: SecretStr | None = None
    retention_days: int = Field(default=400, ge=1)

    # sources
    sources: Path | None = None
    http_proxy_sources: str | None = None
    contact: str = ""
    """Stands in the User-Agent, so that a site's owner can reach the operator; empty: the bot's name alone."""

    # Telegram
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_proxy: str | None = None
    telegram_rate: float | None = Field(default=None, gt=0)
    telegram_paid_broadcast: bool = False
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None

    # VK
    vk_token: SecretStr | None = None
    vk_group_id: int | None = Field(default=None, gt=0)
    vk_api_url: str = "https://api.vk.ru"
    vk_rate: float = Field(default=20.0, gt=0)
    vk_callback_secret: SecretStr | None = None
    vk_confirmation: str | None = None

    # people
    admins: Annotated[tuple[Recipient, ...], NoDecode] = ()
    timezone: str = "Europe/Moscow"
    alert_importance: float = Field(default=0.7, ge=0, le=1)
    """The least importance of a story that those who want alerts hear of at once."""
    alerts_a_day: int = Field(default=3, ge=0)
    """Alerts that one person gets within a local day."""

    # web
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = NEARBY
    """Peers that are believed when they name in X-Forwarded-For whom they speak for."""
    public_url: str | None = None
    """The address under which people reach the web role; unset: no links to it in messages."""

    # optional language model
    llm_url: str | None = None
    llm_model: str = ""
    llm_key: SecretStr | None = None
    llm_budget: int = Field(default=200, ge=0)
    """Calls a day."""

    # logs
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("admins", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        """Reads `telegram:1,vk:2`."""
        if isinstance(value, str):
            return tuple(Recipient.parse(part.strip()) for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _proxies(cls, value: object) -> object:
        """Reads `10.0.0.5,192.0.2.0/24`; `none` trusts nobody."""
        if isinstance(value, str):
            return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip() not in ("", "none"))
        return value

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no IANA timezone")
        return ZoneInfo(value).key

    @property
    def telegram_messages_a_second(self) -> float:
        """Telegram's own limit over all chats: about 30, or 1000 with paid broadcast, unless set."""
        return self.telegram_rate or (1000.0 if self.telegram_paid_broadcast else 30.0)


def read_settings(**overrides: object) -> Settings:
    """Reads the environment and `.env`. Raises ConfigurationError with one line that names the wrong variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        first = error.errors()[0]
        name = "VESTNIK_" + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(f"{name}: {first['msg']}") from None
