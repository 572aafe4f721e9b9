"""Which permissions on file cover a listing today: a match within one is real and allowed."""

from datetime import date

from noticedesk import store
from noticedesk.model.listing import Listing
from noticedesk.model.right import Permission
from noticedesk.store import records


def permissions(look: store.Look, right: str, listing: Listing, today: date) -> list[Permission]:
    """The permissions of the right that name the listing or its account and have not expired."""
    return [
        item
        for item in records.find(look, Permission, right=right)
        if (item.account or item.listing)
        and item.account in ("", listing.account)
        and item.listing in ("", listing.id)
        and (item.expires is None or item.expires >= today)
    ]
