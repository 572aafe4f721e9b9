"""Lookup: from an item of the platform to the account behind it and how to reach its holder."""

import json
from dataclasses import dataclass
from urllib.parse import quote

from noticedesk import gather, http
from noticedesk.desk.desk import Desk


class LookupFailed(ValueError):
    """The platform could not say who is behind an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account behind an item, as the platform knows it."""

    account: str
    name: str = ""
    contact: str = ""
    country: str = ""
    language: str = ""


def account(desk: Desk, item: str) -> Account | None:
    """The account behind an item; None where no lookup is configured or the platform does not know the item."""
    if not desk.platform.lookup:
        return None
    url = desk.platform.lookup.format(item=quote(item, safe=""))
    page = http.fetch(url, http.CONFIGURED)
    if page.status == 404:
        return None
    try:
        said = json.loads(page.body)
        known = {
            name: str(said[name]) for name in ("account", "name", "contact", "country", "language") if said.get(name)
        }
        return Account(**known)
    except (ValueError, TypeError, KeyError) as error:
        raise LookupFailed(f"{url} answered {page.status}, not an account: {error}") from None


def contacts(desk: Desk, urls: tuple[str, ...]) -> frozenset[str]:
    """The addresses of the account holders behind the listings that the URLs name, in lower case."""
    places = {place.item for url in urls if (place := gather.identify(url, desk.services, desk.places))}
    known = [found for item in sorted(places) if (found := account(desk, item))]
    return frozenset(found.contact.lower() for found in known if found.contact)
