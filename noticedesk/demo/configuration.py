"""The configuration of a desk that works for the demo's marketplace: the shipped one, with its addresses filled in."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from noticedesk.demo.mails import DESK, SERVER
from noticedesk.demo.marketplace import Marketplace
from noticedesk.settings import data_folder

SERVICE = "market"
"""The id of the demo's service, which the web forms name."""

Setting = dict[str, object]


def configure(market: Marketplace, folder: Path, inbox: Path) -> None:
    """Copies the shipped configuration into the folder and points it at the marketplace and the inbox."""
    shutil.copytree(data_folder("config"), folder, dirs_exist_ok=True)
    _write(folder / "services.yaml", [_service(market)])
    _write(folder / "sources.yaml", [_source(inbox)])
    _change(folder / "platform.yaml", {"webhook": market.webhook_url, "lookup": market.lookup_url})
    _change(folder / "gather.yaml", _places(market))
    # Nobody waits at the demo: what is decided leaves at once.
    _change(folder / "policy.yaml", {"undo_minutes": 0})
    # Its accounts are for looking round, with passwords made a moment ago.
    _change(folder / "console.yaml", {"codes_for": []})


def _service(market: Marketplace) -> Setting:
    return {
        "id": SERVICE,
        "name": "Corner Marketplace",
        "hosts": list(market.hosts),
        "countries": ["US", "DE"],
        "languages": ["en"],
        "agent": {
            "name": "Copyright Agent, Corner Marketplace Inc.",
            "address": "1 Example Street, New York, NY 10001, USA",
            "email": DESK,
            "phone": "+1 212 555 0100",
            "timezone": "America/New_York",
        },
    }


def _source(inbox: Path) -> Setting:
    return {"id": "inbox", "kind": "folder", "path": str(inbox), "service": SERVICE, "servers": [SERVER]}


def _places(market: Marketplace) -> Setting:
    """How the marketplace's addresses name items, where its plain pages keep their facts, and whom we may ask."""
    origins = [urlsplit(url) for url in market.origins]
    return {
        "items": [
            {
                "service": SERVICE,
                "patterns": ["/item/(?P<item>[a-z]-[0-9]+)"],
                "canonical": f"{market.url}/item/{{item}}",
            }
        ],
        "pages": [{"hosts": list(market.hosts), "fields": _FIELDS}],
        "manners": {
            "interval": 0.0,
            "own_interval": 0.0,
            "robots": False,
            "exempt": [{"scheme": "http", "host": one.hostname, "port": one.port} for one in origins],
        },
    }


_FIELDS = {
    "title": ["h1.title"],
    "description": ["p.description"],
    "brand": ["p.brand"],
    "price": ["p.price"],
    "seller": ["p.seller a"],
    "account": ["p.seller a@href"],
    "images": ["img.gallery@src"],
}


def _change(path: Path, settings: Setting) -> None:
    """Sets values in a file; of a group of values, those that are not named stay as they are."""
    shipped = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, value in settings.items():
        shipped[name] = {**shipped[name], **value} if isinstance(value, dict) else value
    _write(path, shipped)


def _write(path: Path, settings: Setting | list[Setting]) -> None:
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf-8")
