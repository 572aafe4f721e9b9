"""A site that the platform runs, and the agent designated to receive notices about it."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who is designated to receive notices; legal dates are dates in the agent's time zone.

    `plus_addresses` says that the mail server of `email` takes local+anything@domain for local@domain.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    address: str
    email: str
    phone: str = ""
    timezone: str
    plus_addresses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A site of the platform: every claim belongs to one."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str
    name: str
    hosts: tuple[str, ...]
    agent: Agent
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
