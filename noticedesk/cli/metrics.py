"""`noticedesk metrics`: what an operator watches, in the text of Prometheus."""

import click

from noticedesk.cli.opened import the_desk


@click.command()
def command() -> None:
    """Print queue lengths and ages, clocks, outbox, failures and sources as Prometheus reads them.

    `noticedesk serve` offers the same on loopback when NOTICEDESK_METRICS_PORT is set.
    """
    from noticedesk.desk import metrics

    with the_desk() as desk:
        click.echo(metrics.text(desk.db, tuple(source.id for source in desk.sources), desk.now), nl=False)
