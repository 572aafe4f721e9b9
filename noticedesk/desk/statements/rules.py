"""What stands for what in a statement, as config/transparency.yaml says; all of it is data."""

from functools import cache
from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.right import RightKind
from noticedesk.settings import SettingError, read, shape


@shape
class Measure:
    """What stands for an action: the field and its value, and the words where the value is "other"."""

    field: str
    value: str
    other: str = ""


@shape
class Ground:
    """What stands for a kind of right: its keywords, the legal ground, and the words of an "other" keyword."""

    keywords: tuple[str, ...]
    ground: str
    other: str = ""


@shape
class More:
    """Further categories and keywords that a reason brings."""

    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@shape
class Rules:
    """The form of config/transparency.yaml."""

    database: str | None
    reviewed_by_counsel: bool
    duty: str
    puid: str
    actions: dict[Action, Measure]
    rights: dict[RightKind, Ground]
    reasons: dict[Reason, More]
    terms: str
    content_types: dict[str, tuple[str, ...]]
    states: tuple[str, ...]
    facts: dict[str, str]
    prepared: str
    by_policy: str
    by_hand: str


def rules(desk: Desk) -> Rules:
    """The rules as configured; raises SettingError for an unknown key, action, right or reason."""
    return _read(desk.settings.config / "transparency.yaml")


def timers_off(desk: Desk) -> frozenset[str]:
    """The timers that do not run as configured: where nothing sends statements, no time to send them is missed."""
    known = rules(desk)
    return frozenset() if known.database else frozenset({known.duty})


def off(desk: Desk) -> str:
    """In a sentence, that nothing sends statements; empty where something does, or no law of a service asks for any."""
    known = rules(desk)
    if known.database or known.duty not in _owed(desk):
        return ""
    return "Statements to the transparency database are off: `database` in transparency.yaml is not set."


def _owed(desk: Desk) -> set[str]:
    """The duties of every law that is in force today for any service."""
    laws = [law for service in desk.services for law in desk.in_force(desk.now(), service.id)]
    return {duty.id for law in laws for duty in law.version.duties}


def require(desk: Desk) -> Rules:
    """The rules, ready to send by; raises SettingError that names what is not set."""
    found = rules(desk)
    if not found.database:
        raise SettingError("statements wait and none can be sent: set `database` in transparency.yaml")
    if not found.reviewed_by_counsel:
        raise SettingError("no statement is sent before counsel has read transparency.yaml: set `reviewed_by_counsel`")
    if not desk.settings.transparency_token:
        raise SettingError("the transparency database wants a token: set NOTICEDESK_TRANSPARENCY_TOKEN")
    return found


@cache
def _read(path: Path) -> Rules:
    return read(path, Rules)
