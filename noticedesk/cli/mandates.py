"""`noticedesk mandates`: which agent may speak for which principal, by what was shown."""

from datetime import datetime
from pathlib import Path

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def command() -> None:
    """Keep the mandates of agents."""


@command.command("list")
@click.option("--principal", default="", help="Only those of this principal.")
@json_option
def list_all(principal: str, as_json: bool) -> None:
    """List the mandates on file."""
    from noticedesk.desk.registry import register

    with the_store() as db, db.read() as look:
        found = register.mandates(look, principal)
    rows = [
        {
            "id": one.id,
            "principal": one.principal,
            "agent": one.agent,
            "rights": list(one.rights),
            "territory": list(one.territory),
            "expires": one.expires,
            "proof": one.proof,
            "document": one.document,
        }
        for one in found
    ]
    show(rows, "mandate/1", as_json=as_json, nothing="No mandate on file.")


@command.command()
@click.argument("principal")
@click.argument("agent")
@click.option("--proof", required=True, help="What was shown: a letter of authorisation of which day, a contract.")
@click.option("--right", "rights", multiple=True, help="A kind of right or a number that it covers; without, all.")
@click.option("--territory", multiple=True, help="A country (ISO 3166) that it covers; without, everywhere.")
@click.option("--expires", type=DAY, help="Its last day.")
def add(
    principal: str,
    agent: str,
    proof: str,
    rights: tuple[str, ...],
    territory: tuple[str, ...],
    expires: datetime | None,
) -> None:
    """Keep that AGENT (a name, an address, or @domain) may speak for PRINCIPAL."""
    from noticedesk.desk.registry import register

    shown = register.Shown(proof=proof, rights=rights, territory=territory, expires=expires.date() if expires else None)
    with the_desk() as desk:
        made = register.add_mandate(desk, the_person(desk.db), principal, agent, shown)
    click.echo(f"{made.id}  {made.agent} may speak for {made.principal}")


@command.command()
@click.argument("mandate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def prove(mandate: str, file: Path) -> None:
    """Keep FILE (PDF, PNG, JPEG or TIFF) as the proof of MANDATE (M-...)."""
    from noticedesk.desk.registry import register

    with the_desk() as desk:
        proved = register.prove(desk, the_person(desk.db), mandate, file.read_bytes())
    click.echo(f"{proved.id}  the document is kept under sha256 {proved.document}")


@command.command()
@click.argument("mandate")
def end(mandate: str) -> None:
    """End MANDATE (M-...): from today on it covers nothing."""
    from noticedesk.desk.registry import register

    with the_desk() as desk:
        ended = register.end_mandate(desk, the_person(desk.db), mandate)
    click.echo(f"{ended.id} ended with {ended.expires}")
