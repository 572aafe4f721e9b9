"""`noticedesk api`: the public side, complaints by API and by form, on a port of its own."""

import click

from noticedesk.cli.opened import the_desk

SERVES = [
    ("/v1/complaints", "complaints, counter-notices, retractions, cures and appeals, with a token"),
    ("/v1/status/...", "where a submission stands, to whoever has its address"),
    ("/v1/check", "a pre-flight check, of which nothing is kept"),
    ("/v1/platform/events", "signed events of the platform"),
    ("/", "forms for people: complaint, counter-notice, retraction, appeal, status, check"),
    ("/openapi.json", "the document of it all"),
]
"""What is served, as the command says it."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8421, show_default=True, type=click.IntRange(0, 65535), help="The port to listen at.")
def command(host: str, port: int) -> None:
    """Serve the intake API and the hosted forms. What comes in is taken over by the ingest flow."""
    from noticedesk.api.serve import serve
    from noticedesk.desk.portal.terms import terms_of

    with the_desk() as desk:
        terms = terms_of(desk.settings)
        click.echo(
            f"Listening at http://{host}:{port}" + (f", known as {terms.public_url}" if terms.public_url else "")
        )
        for path, what in SERVES + ([("/metrics", "figures of this process")] if terms.metrics else []):
            click.echo(f"  {path:22} {what}")
        if terms.public_url is None:
            click.echo(
                "No public_url stands in api.yaml: no link is mailed, and addresses of forms are never confirmed."
            )
        serve(desk, terms, host, port)
