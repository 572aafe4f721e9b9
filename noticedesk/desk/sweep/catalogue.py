"""The platform's catalogue: listings in the order of their making, from a CSV file."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

COLUMNS = ("item", "url", "account", "title", "pictures", "created_at")
"""The columns of the file, in any order; `pictures` are URLs with spaces between them."""


class BadCatalogue(ValueError):
    """A catalogue that cannot be read: names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One listing of the catalogue."""

    item: str
    url: str
    account: str = ""
    title: str = ""
    pictures: tuple[str, ...] = ()
    created_at: datetime

    @property
    def place(self) -> str:
        """Where it stands in the order of the catalogue."""
        return f"{self.created_at.timestamp():020.6f} {self.item}"


def offers(path: Path) -> list[Offer]:
    """Every listing of the file, the oldest first; raises BadCatalogue."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return sorted(_read(path, csv.DictReader(file, strict=True)), key=lambda offer: offer.place)
    except UnicodeDecodeError as error:
        raise BadCatalogue(f"{path} is not UTF-8 (byte {error.start})") from None
    except (OSError, csv.Error) as error:
        raise BadCatalogue(f"{path} cannot be read: {error}") from None


def _read(path: Path, reader: "csv.DictReader[str]") -> Iterator[Offer]:
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadCatalogue(f"{path}, line 1: missing {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
    for row in reader:
        words = {name: (row[name] or "").strip() for name in COLUMNS}
        where = f"{path}, line {reader.line_num}"
        if not words["item"] or not words["url"]:
            raise BadCatalogue(f"{where}: a listing needs an item and a url")
        yield Offer(
            item=words["item"],
            url=words["url"],
            account=words["account"],
            title=words["title"],
            pictures=tuple(words["pictures"].split()),
            created_at=_instant(where, words["created_at"]),
        )


def _instant(where: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadCatalogue(f"{where}: created_at {text!r} is no instant; write 2026-11-22T10:00:00Z") from None
    if found.tzinfo is None:
        raise BadCatalogue(f"{where}: created_at {text!r} has no offset; write 2026-11-22T10:00:00Z")
    return found
