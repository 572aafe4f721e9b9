"""noticedesk check: complaints checked against the law, element by element."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticedesk.cli import PROBLEMS
from noticedesk.cli.output import json_option, table
from noticedesk.cli.progress import tracked

if TYPE_CHECKING:
    from noticedesk.check import Reading
    from noticedesk.model.document import Document
    from noticedesk.model.verdict import Check
    from noticedesk.regime import InForce
    from noticedesk.sandbox import Sandbox

_WORTH = frozenset({"effective"})
_LONGEST_QUOTE = 160


@click.command(short_help="Check complaints against the law, element by element")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("--host", "hosts", multiple=True, help="A host of the service; without it those of services.yaml.")
@click.option("--regime", "regime", help="Judge by this regime first, whatever right the notice rests on.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Judge by the law of this date.")
@click.option("--strict", is_flag=True, help="Exit with 3 unless every document is an effective notice.")
@json_option
def command(
    paths: tuple[Path, ...],
    hosts: tuple[str, ...],
    regime: str | None,
    as_of: datetime | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Says for each complaint in PATH... (files or folders) what it is, which legal elements it gives, in which words,
    and what would cure it."""
    from noticedesk.check import line
    from noticedesk.sandbox import Sandbox

    judge, files = _Judge(hosts, regime, as_of), list(_files(paths))
    short = False
    with Sandbox(workers=1) as sandbox:
        read = ((path, judge.documents(path, sandbox)) for path in tracked(files, "Checking", len(files)))
        for path, document in ((path, document) for path, documents in read for document in documents):
            found = judge.check(document)
            short = short or found.primary.verdict.value not in _WORTH or bool(document.problem)
            if as_json:
                click.echo(json.dumps(line(found, str(path), document.part), ensure_ascii=False))
            else:
                _show(found, path, document)
    if strict and short:
        raise SystemExit(PROBLEMS)


class _Judge:
    """The law and the reading of the settings, loaded once for all documents."""

    def __init__(self, hosts: tuple[str, ...], regime: str | None, as_of: datetime | None) -> None:
        from datetime import UTC

        from noticedesk import regime as regimes
        from noticedesk import settings
        from noticedesk.check import load_reading
        from noticedesk.desk.policy import Policy
        from noticedesk.desk.reading import How

        config = settings.from_environment().config
        known = regimes.load(config / "regimes")
        if regime is not None:
            regimes.by_id(known, regime)
        self._law: tuple[InForce, ...] = regimes.in_force(known, (as_of or datetime.now(UTC)).date())
        self._reading: Reading = load_reading(config / "reading")
        self._hosts = hosts or _configured(config)
        self._regime = regime
        self._how = How(config / "reading", settings.read(config / "policy.yaml", Policy).largest_bytes)

    def documents(self, path: Path, sandbox: "Sandbox") -> "tuple[Document, ...]":
        """The documents in a file, read where a hostile one can be stopped."""
        from noticedesk.desk.reading import documents

        return documents(sandbox, path.read_bytes(), path.name, self._how)

    def check(self, document: "Document") -> "Check":
        """One document judged."""
        from noticedesk.check import check

        return check(document, self._law, self._reading, self._hosts, primary=self._regime)


def _configured(config: Path) -> tuple[str, ...]:
    """The hosts of every service that the configuration names."""
    from noticedesk import settings
    from noticedesk.model.service import Service

    return tuple(
        host for service in settings.read(config / "services.yaml", tuple[Service, ...]) for host in service.hosts
    )


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(inner for inner in path.rglob("*") if inner.is_file())
        else:
            yield path


def _show(found: "Check", path: Path, document: "Document") -> None:
    """A table for people: element, status, the words that give it, and what would cure it."""
    primary = found.primary
    part = f" (part {document.part})" if document.part else ""
    title = f"{path}{part}: {found.kind.value} under {primary.regime or 'no regime'}: {primary.verdict.value}"
    rows = [
        [element.id, element.status.value, _short(" ... ".join(element.quotes)), element.cure]
        for element in primary.elements
    ]
    if rows:
        table(["element", "status", "quote", "cure"], rows, title)
    else:
        click.echo(title)
    if document.problem:
        click.echo(f"  could not be read whole: {document.problem}")
    for url in found.urls:
        if url.role.value != "other":
            click.echo(f"  {url.role.value}: {url.url} ({url.status})")
    for flag in found.flags:
        click.echo(f"  flag {flag.id}: {_short(flag.quote)}")


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST_QUOTE else f"{flat[:_LONGEST_QUOTE]}..."
