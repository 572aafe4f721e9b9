"""`noticedesk users`: the people of the desk and their personal tokens."""

import click

from noticedesk.cli.opened import the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.person import Role


@click.group()
def command() -> None:
    """Manage the people of the desk and their personal tokens."""


@command.command("list")
@json_option
def list_people(as_json: bool) -> None:
    """List the people of the desk."""
    from noticedesk.model.person import Person
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        people = records.find(look, Person)
    rows = [{"id": p.id, "name": p.name, "email": p.email, "roles": list(p.roles), "active": p.active} for p in people]
    show(
        rows,
        "users/1",
        as_json=as_json,
        nothing="Nobody yet; add the first: noticedesk users add NAME EMAIL --role admin",
    )


@command.command()
@click.argument("name")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
def add(name: str, email: str, roles: tuple[str, ...]) -> None:
    """Add a person. The first one needs nobody's leave; after that it takes an admin's token."""
    from datetime import UTC, datetime

    from noticedesk.desk.staff import people

    with the_store() as db:
        by = None if people.nobody_yet(db) else the_person(db)
        person = people.add(
            db, by, people.Newcomer(name, email, tuple(Role(role) for role in roles)), datetime.now(UTC)
        )
    click.echo(f"{person.id}  {person.name} ({', '.join(person.roles)})")


@command.command()
@click.argument("person")
def token(person: str) -> None:
    """Issue a personal token for PERSON (id or e-mail). It is shown once."""
    from datetime import UTC, datetime

    from noticedesk.desk.staff import people

    with the_store() as db:
        by = None if people.no_token_yet(db) else the_person(db)
        click.echo(people.token(db, by, person, datetime.now(UTC)))


@command.command()
@click.argument("person")
def link(person: str) -> None:
    """Make a link with which PERSON (id or e-mail) chooses a password for the console. It works once."""
    from datetime import UTC, datetime

    from noticedesk import settings
    from noticedesk.console.rules import Rules, checked
    from noticedesk.desk.staff import people

    rules = checked(settings.read(settings.from_environment().config / "console.yaml", Rules))
    with the_store() as db:
        by = None if people.nobody_signs_in_yet(db) else the_person(db)
        secret = people.invite(db, by, person, datetime.now(UTC))
    click.echo(f"{rules.url.rstrip('/')}/welcome?link={secret}")
