"""`noticedesk erase`: the words and bytes of a claim or party go; a tombstone says when, who, why and by which rule."""

import click

from noticedesk.cli.opened import the_desk, the_person
from noticedesk.cli.output import json_option, show


@click.command()
@click.argument("about")
@click.option("--why", required=True, help="Why, in words without personal data: they outlive the erasure.")
@json_option
def command(about: str, why: str, as_json: bool) -> None:
    """Erase ABOUT, a claim (C-...) or a party (P-...), as the owner of the token in NOTICEDESK_TOKEN (legal).

    A party stands in the letters and captures of its case, so the whole case is erased with it. Refused under a legal
    hold, and while anything of the case is still to be done.
    """
    from noticedesk.desk.retain import erase

    with the_desk() as desk:
        stone = erase.erase(desk, the_person(desk.db), about, why)
    row = {"about": stone.about, "at": stone.erased_at, "by": stone.erased_by, "why": stone.why, "rule": stone.rule}
    show([row], "erasure/1", as_json=as_json)
