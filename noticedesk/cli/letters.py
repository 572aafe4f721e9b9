"""`noticedesk letters`: what is written to whom, before it leaves and after."""

from pathlib import Path
from typing import TextIO

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.letter import LetterState


@click.group()
def command() -> None:
    """List, read, edit and approve letters."""


@command.command("list")
@click.option("--claim", help="Only the letters of this claim.")
@click.option("--state", type=click.Choice([state.value for state in LetterState]), help="Only letters in this state.")
@json_option
def list_letters(claim: str | None, state: str | None, as_json: bool) -> None:
    """List letters, oldest first."""
    from noticedesk.model.letter import Letter
    from noticedesk.store import records

    states = [state] if state else [one.value for one in LetterState]
    with the_store() as db, db.read() as look:
        found = records.find(look, Letter, state=states)
    rows = [
        {
            "id": letter.id,
            "claim": letter.claim,
            "template": letter.template,
            "to": letter.to,
            "state": letter.state.value,
            "problem": letter.problem or letter.undelivered,
        }
        for letter in found
        if claim in (None, letter.claim)
    ]
    show(rows, "letter/1", as_json=as_json, nothing="No letters.")


@command.command("show")
@click.argument("letter")
def show_letter(letter: str) -> None:
    """Print the words of LETTER; blanks that still block it stand in [[double brackets]]."""
    from noticedesk.desk.mail import letters
    from noticedesk.model.letter import Letter
    from noticedesk.store import records

    with the_desk() as desk:
        with desk.db.read() as look:
            found = records.get(look, Letter, letter)
        click.echo(f"To: {found.to}\nSubject: {found.subject}\n\n{letters.text(desk, found)}")


@command.command("pdf")
@click.argument("letter")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--font", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A TrueType font to use.")
def print_letter(letter: str, file: Path, font: Path | None) -> None:
    """Write LETTER as PDF into FILE; needs the extra pdf."""
    from noticedesk.desk.mail import letters
    from noticedesk.model.letter import Letter
    from noticedesk.store import records

    with the_desk() as desk:
        with desk.db.read() as look:
            found = records.get(look, Letter, letter)
        file.write_bytes(letters.on_paper(desk, found, font))
    click.echo(f"{letter} is written to {file}")


@command.command()
@click.argument("letter")
@click.argument("file", type=click.File(encoding="utf-8"))
def edit(letter: str, file: TextIO) -> None:
    """Replace the words of LETTER by those of FILE (- for standard input), as the owner of the token."""
    from noticedesk.desk.mail import letters

    with the_desk() as desk:
        letters.edit(desk, the_person(desk.db), letter, file.read())
    click.echo(f"{letter} is edited")


@command.command()
@click.argument("letter")
def approve(letter: str) -> None:
    """Put LETTER, a draft, into the outbox, as the owner of the token."""
    from noticedesk.desk.mail import letters

    with the_desk() as desk:
        letters.approve(desk, the_person(desk.db), letter)
    click.echo(f"{letter} will be sent")


@command.command()
@click.argument("letter")
@click.option("--to", required=True, help="The corrected address, which the party of the case then has.")
def resend(letter: str, to: str) -> None:
    """Send LETTER, which came back, to another address, as the owner of the token."""
    from noticedesk.desk.mail import resending

    with the_desk() as desk:
        resending.resend(desk, the_person(desk.db), letter, to)
    click.echo(f"{letter} will be sent to {to}")
