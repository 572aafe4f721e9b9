"""Hashes of very many pictures through the sandbox, and the file in which a stopped run finds what is done."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from matchers.image.bulk import Variant, hashed
from matchers.image.decode import CannotRead
from noticedesk import http
from noticedesk.sandbox import Ending, Sandbox

SCHEMA = "picture-hash/1"
PICTURES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff"))

_BLOCK, _BATCH, _FETCHERS = 256, 8, 8

Batch = tuple[list[str], Variant]


class SourceError(ValueError):
    """A source or an output that cannot be used: names it and what is wrong."""


class Line(NamedTuple):
    """What came of one picture: its digest and hash, or why there is none; `again`: another run may have more luck."""

    source: str
    sha256: str = ""
    value: str = ""
    problem: str = ""
    again: bool = False

    def row(self, variant: Variant) -> Mapping[str, object]:
        """The line as it is written."""
        given = {"schema": SCHEMA, "source": self.source, "sha256": self.sha256 or None, variant: self.value or None}
        return given | ({"problem": self.problem, "again": self.again} if self.problem else {})


def names(source: Path) -> list[str]:
    """The pictures of a folder, or the URLs of a CSV (column `url`, or `pictures` with spaces between them)."""
    if source.is_dir():
        return [str(path) for path in sorted(source.rglob("*")) if path.suffix.lower() in PICTURES]
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            column = next((name for name in ("url", "pictures") if name in (table.fieldnames or ())), None)
            if column is None:
                raise SourceError(f"{source} has neither a column url nor a column pictures")
            return list(dict.fromkeys(url for row in table for url in (row[column] or "").split()))
    except UnicodeDecodeError:
        raise SourceError(f"{source} is not text; give a folder of pictures, or a CSV with a column url") from None


def lines(sandbox: Sandbox, wanted: Iterable[str], variant: Variant) -> Iterator[Line]:
    """A line for each file or URL, in order; a hostile picture ends a worker, never the run."""
    rest = iter(wanted)
    with ThreadPoolExecutor(_FETCHERS) as fetchers:
        while block := list(islice(rest, _BLOCK)):
            if "://" in block[0]:
                yield from fetchers.map(lambda url: _fetched(sandbox, url, variant), block)
            else:
                yield from _files(sandbox, block, variant)


def _files(sandbox: Sandbox, block: list[str], variant: Variant) -> Iterator[Line]:
    batches = [(block[start : start + _BATCH], variant) for start in range(0, len(block), _BATCH)]
    for (some, _), outcome in zip(batches, sandbox.map(hash_files, batches), strict=True):
        # What ended a whole batch is found one by one.
        yield from [_alone(sandbox, one, variant) for one in some] if isinstance(outcome, Ending) else outcome


def _alone(sandbox: Sandbox, name: str, variant: Variant) -> Line:
    try:
        return sandbox.call(hash_files, ([name], variant))[0]
    except Ending as ending:
        return Line(name, problem=ending.reason)


def hash_files(batch: Batch) -> list[Line]:
    """The line of each file; runs in a worker."""
    return [_file(name, batch[1]) for name in batch[0]]


def _file(name: str, variant: Variant) -> Line:
    try:
        return hash_bytes(name, Path(name).read_bytes(), variant)
    except OSError as error:
        return Line(name, problem=error.strerror or str(error), again=True)


def hash_bytes(source: str, data: bytes, variant: Variant) -> Line:
    """The line of one picture; runs in a worker."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        return Line(source, digest, hashed(data, variant))
    except CannotRead as problem:
        return Line(source, digest, problem=str(problem))


def _fetched(sandbox: Sandbox, url: str, variant: Variant) -> Line:
    try:
        return sandbox.call(hash_bytes, url, http.fetch(url, http.MEDIA).body, variant)
    except http.Unreachable as failure:
        return Line(url, problem=str(failure), again=True)
    except (http.Refused, Ending) as failure:
        return Line(url, problem=str(failure))


def done(out: Path, variant: Variant) -> set[str]:
    """The sources that an earlier run finished; a last line that was cut off is taken out of the file.

    Raises SourceError for a file that holds something else, or hashes of the other variant.
    """
    if not out.exists():
        return set()
    whole = out.read_bytes()
    kept = whole[: whole.rfind(b"\n") + 1]
    finished = {row["source"]: not row.get("again") for row in (_row(out, text, variant) for text in kept.splitlines())}
    if len(kept) < len(whole):
        with out.open("r+b") as file:
            file.truncate(len(kept))
    return {str(source) for source, settled in finished.items() if settled}


def _row(out: Path, text: bytes, variant: Variant) -> dict[str, object]:
    try:
        row = json.loads(text)
    except ValueError:
        row = None
    if not isinstance(row, dict) or row.get("schema") != SCHEMA:
        raise SourceError(f"{out} holds other lines than {SCHEMA}; name another file")
    if variant not in row:
        raise SourceError(f"{out} holds no {variant}; the two kinds of hash are never mixed, so name another file")
    return row
