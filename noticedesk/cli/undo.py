"""`noticedesk undo`: take back a decision while nothing of it has left."""

import click

from noticedesk.cli.opened import the_desk, the_person


@click.command()
@click.argument("allegation")
def command(allegation: str) -> None:
    """Take back the latest decision about ALLEGATION, yours or another's, inside the window that policy.yaml sets."""
    from noticedesk.desk import review

    with the_desk() as desk:
        decision = review.undo(desk, the_person(desk.db), allegation)
    click.echo(f"{decision.id} is taken back; {allegation} is in review again")
