"""Listing pages and media as evidence: fetched through the guarded door, read, and returned; nothing is saved here."""

from noticedesk.gather.capture import Capture, page_of, warc_of
from noticedesk.gather.listing import Fetch, Gathered, gather_listing
from noticedesk.gather.media import gather_media
from noticedesk.gather.place import Place, identify
from noticedesk.gather.rules import GatherRules

__all__ = [
    "Capture",
    "Fetch",
    "GatherRules",
    "Gathered",
    "Place",
    "gather_listing",
    "gather_media",
    "identify",
    "page_of",
    "warc_of",
]
