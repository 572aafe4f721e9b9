"""What is claimed: the work, the right in it, and who is permitted to use it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RightKind(StrEnum):
    """The kind of intellectual-property right that a claim rests on."""

    COPYRIGHT = "copyright"
    TRADEMARK = "trademark"
    DESIGN = "design"
    PATENT = "patent"
    ANTICIRCUMVENTION = "anticircumvention"


class RightStatus(StrEnum):
    """What is known of a registration."""

    UNCHECKED = "unchecked"
    ACTIVE = "active"
    PENDING = "pending"
    EXPIRED = "expired"
    NOT_FOUND = "not_found"


class AssetKind(StrEnum):
    """What a work is; logos have thresholds of their own in matching."""

    PHOTO = "photo"
    LOGO = "logo"
    TEXT = "text"
    CODE = "code"
    MARK = "mark"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A right: office and number where registered, the classes and territory it covers, and who checked it when."""

    id: str
    kind: RightKind
    holder: str
    office: str = ""
    number: str = ""
    classes: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    status: RightStatus = RightStatus.UNCHECKED
    expires: date | None = None
    checked_by: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is said to be infringed: title and description, the mark, where the original is, reference pictures.

    `aliases` are other names of the mark, also in other scripts; `classes` those of Nice that it is registered for.
    """

    id: str
    claim: str
    kind: AssetKind
    title: str = ""
    description: str = ""
    mark: str = ""
    aliases: tuple[str, ...] = ()
    classes: tuple[int, ...] = ()
    registration: str = ""
    urls: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A known permission (authorised seller, licence, own catalogue): a match within its scope is real but allowed."""

    id: str
    right: str
    holder: str
    account: str = ""
    listing: str = ""
    reason: str = "licensed"
    territories: tuple[str, ...] = ()
    expires: date | None = None
    note: str = ""
