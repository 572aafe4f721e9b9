"""`noticedesk sources`: where complaints come from, and how reading them goes."""

import click

from noticedesk.cli.opened import the_desk
from noticedesk.cli.output import json_option, show


@click.command()
@json_option
def command(as_json: bool) -> None:
    """List the sources of config/sources.yaml with their last success and last error."""
    from noticedesk.store import sources

    with the_desk() as desk, desk.db.read() as look:
        found = [(source, sources.checkpoint(look, source.id)) for source in desk.sources]
    rows = [
        {
            "id": source.id,
            "kind": source.kind,
            "path": str(source.path),
            "service": source.service,
            "last_success": state.last_success,
            "last_error": state.last_error,
        }
        for source, state in found
    ]
    show(rows, "sources/1", as_json=as_json, nothing="No source yet; add one to config/sources.yaml")
