"""`noticedesk policy`: what the desk may decide by itself, and the sample of it that persons look at."""

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.action import Action, Reason
from noticedesk.model.decision import Band
from noticedesk.model.right import RightKind


@click.group()
def command() -> None:
    """Propose, confirm and revoke policies of automation, and judge samples of what they decided.

    None is in force as the desk ships. One person proposes, another of legal confirms; anybody who may decide revokes.
    """


@command.command()
@click.option("--service", required=True, help="The service whose listings it is about.")
@click.option("--claimant", required=True, help="The principal, as claims name it.")
@click.option("--sender", required=True, help="The domain that the claimant's notices verifiably come from.")
@click.option("--right", "right", required=True, type=click.Choice([kind.value for kind in RightKind]))
@click.option("--action", required=True, type=click.Choice([action.value for action in Action]))
@click.option("--reason", required=True, type=click.Choice([reason.value for reason in Reason]))
@click.option(
    "--sample", required=True, type=int, help="Of a hundred decisions, how many a person looks at afterwards."
)
@click.option("--note", default="", help="Why, for the file.")
def propose(**given: str | int) -> None:
    """Propose a policy for strong findings, as the owner of the token; it decides nothing before it is confirmed."""
    from noticedesk.desk.cases import automation

    terms = automation.Terms(
        service=str(given["service"]),
        band=Band.STRONG,
        claimant=str(given["claimant"]),
        sender=str(given["sender"]),
        right=RightKind(str(given["right"])),
        action=Action(str(given["action"])),
        reason=Reason(str(given["reason"])),
        sample=int(given["sample"]),
        note=str(given["note"]),
    )
    with the_desk() as desk:
        made = automation.propose(desk, the_person(desk.db), terms)
    click.echo(f"{made.id} is proposed; another person of legal confirms it: noticedesk policy confirm {made.id}")


@command.command()
@click.argument("policy")
def confirm(policy: str) -> None:
    """Put POLICY in force, as the owner of the token: of legal, and not who proposed it."""
    from noticedesk.desk.cases import automation

    with the_desk() as desk:
        automation.confirm(desk, the_person(desk.db), policy)
    click.echo(f"{policy} is in force")


@command.command()
@click.argument("policy")
def revoke(policy: str) -> None:
    """End POLICY at once, as the owner of the token."""
    from noticedesk.desk.cases import automation

    with the_desk() as desk:
        automation.revoke(desk, the_person(desk.db), policy)
    click.echo(f"{policy} is revoked")


@command.command("list")
@json_option
def list_policies(as_json: bool) -> None:
    """List policies, oldest first, also those that are not in force."""
    from noticedesk.desk.cases.automation import standing
    from noticedesk.model.automation import Automation
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        found = records.find(look, Automation)
    rows = [
        {
            "id": one.id,
            "standing": standing(one),
            "service": one.service,
            "band": one.band.value,
            "claimant": one.claimant,
            "sender": one.sender,
            "right": one.right.value,
            "action": one.action.value,
            "reason": one.reason.value,
            "sample": one.sample,
            "proposed_by": one.proposed_by,
            "confirmed_by": one.confirmed_by,
        }
        for one in found
    ]
    show(rows, "policy/1", as_json=as_json, nothing="No policy: every decision is a person's.")


@command.command()
@json_option
def samples(as_json: bool) -> None:
    """List the automatic decisions that wait for a person to look at them."""
    from noticedesk.desk.cases import samples as drawn
    from noticedesk.model.decision import Decision
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        rows = [
            {
                "id": one.id,
                "allegation": one.allegation,
                "decision": one.decision,
                "action": (made := records.get(look, Decision, one.decision)).action.value,
                "reason": made.reason.value,
                "policy": one.automation,
                "drawn_at": one.drawn_at,
            }
            for one in drawn.open_samples(look)
        ]
    show(rows, "sample/1", as_json=as_json, nothing="No sample waits.")


@command.command()
@click.argument("sample")
@click.argument("verdict", type=click.Choice(["right", "wrong"]))
@click.option("--reason", type=click.Choice([reason.value for reason in Reason]), help="What would have been right.")
@click.option("--note", default="", help="For the file.")
def judge(sample: str, verdict: str, reason: str | None, note: str) -> None:
    """Say whether the decision of SAMPLE was right; what was wrong is then undone, or decided anew."""
    from noticedesk.desk.cases import samples as drawn

    with the_desk() as desk:
        right, said = verdict == "right", Reason(reason) if reason else None
        drawn.answer(desk, the_person(desk.db), sample, right=right, reason=said, note=note)
    click.echo(f"{sample} is answered")
