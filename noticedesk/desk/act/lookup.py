"""Lookup: from an item of the platform to the account behind it and how to reach its holder, over HTTP or in a file."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from noticedesk import gather, http
from noticedesk.desk.act import accounts, contract
from noticedesk.desk.desk import Desk


class LookupFailed(ValueError):
    """The platform could not say who is behind an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account behind an item, as the platform knows it; `created_at` is when the listing was put up."""

    account: str
    name: str = ""
    contact: str = ""
    country: str = ""
    language: str = ""
    created_at: datetime | None = None
    notify_through_platform: bool = False


def account(desk: Desk, item: str) -> Account | None:
    """The account behind an item; None where no lookup is configured or the platform does not know the item.

    Raises LookupFailed that names URL or file and row, http.Refused or http.Unreachable.
    """
    if desk.platform.lookup:
        return _asked(desk.platform.lookup.format(item=quote(item, safe="")))
    if desk.platform.lookup_csv:
        return _listed(desk, item)
    return None


def contacts(desk: Desk, urls: tuple[str, ...]) -> frozenset[str]:
    """The addresses of the account holders behind the listings that the URLs name, in lower case."""
    places = {place.item for url in urls if (place := gather.identify(url, desk.services, desk.places))}
    known = [found for item in sorted(places) if (found := account(desk, item))]
    return frozenset(found.contact.lower() for found in known if found.contact)


def _asked(url: str) -> Account | None:
    page = http.fetch(url, http.CONFIGURED)
    if page.status == 404:
        return None
    try:
        said = contract.read("account", page.body)
        return _account(said)
    except ValueError as error:
        raise LookupFailed(f"{url} answered {page.status}, not an account: {error}") from None


def _listed(desk: Desk, item: str) -> Account | None:
    path = desk.settings.config / (desk.platform.lookup_csv or "")
    try:
        row = accounts.row(path, item)
        return _account(row.fields) if row else None
    except accounts.BadFile as error:
        raise LookupFailed(str(error)) from None
    except ValueError as error:
        raise LookupFailed(f"{path}: {item}: {error}") from None


def _account(said: contract.Fields) -> Account:
    words = {name: str(said.get(name) or "") for name in ("account", "name", "contact", "country", "language")}
    created = str(said.get("created_at") or "")
    return Account(
        **words,
        created_at=datetime.fromisoformat(created) if created else None,
        notify_through_platform=said.get("notify_through_platform") is True or not words["contact"],
    )
