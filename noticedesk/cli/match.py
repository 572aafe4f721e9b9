"""noticedesk match: pictures, videos and texts compared, each kind in a module that is loaded when called."""

from collections.abc import Mapping
from typing import ClassVar

import click

from noticedesk.cli import Entry, LazyGroup

_IMAGES, _TEXT = "noticedesk.cli.match_images", "noticedesk.cli.match_text"
_LISTINGS = "noticedesk.cli.match_listings"


class _Matchers(LazyGroup):
    table: ClassVar[Mapping[str, Entry]] = {
        "images": Entry(_IMAGES, "Say which pictures are copies of which, and where", "images"),
        "video": Entry("noticedesk.cli.match_video", "Say when a video shows frames of another, or a picture", "video"),
        "marks": Entry(_TEXT, "Find marks in titles", "marks"),
        "listings": Entry(_LISTINGS, "Find marks in the titles of the listings on file", "listings"),
        "domains": Entry(_TEXT, "Find marks in the names of shops and domains", "domains"),
        "use": Entry(_TEXT, "Say what a mark does in a title", "use"),
        "products": Entry(_TEXT, "Compare two offers", "products"),
        "names": Entry(_TEXT, "Compare two names", "names"),
        "passages": Entry(_TEXT, "Find copied passages", "passages"),
    }


@click.group(cls=_Matchers)
def command() -> None:
    """Compares pictures, videos and texts as the desk does, for trying and measuring; nothing is decided."""
