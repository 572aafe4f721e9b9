"""`noticedesk console`: the pages on which people review and decide."""

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8765, show_default=True, help="The port; 0 takes a free one.")
@click.option("--url", default="", help="How browsers reach it, instead of `url` in console.yaml.")
def command(host: str, port: int, url: str) -> None:
    """Serve the review console. Behind TLS, name its outer https address in config/console.yaml."""
    from noticedesk.console import serve

    serve.serve(host, port, url, click.echo)
