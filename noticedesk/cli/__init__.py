"""The command line: every command is loaded only when it is called, so that --help answers at once."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import ClassVar, NamedTuple

import click

DONE, FAILED, USAGE, PROBLEMS, TRY_AGAIN = 0, 1, 2, 3, 75
"""Exit codes: done whatever was found; failed; wrong usage; problems found under --strict; try again."""


class Entry(NamedTuple):
    """One command: the module that holds it, its line in the help, and its name there."""

    module: str
    help: str
    name: str = "command"


COMMANDS: dict[str, Entry] = {
    "demo": Entry("noticedesk.cli.demo", "Run the main job on a small marketplace with known truth"),
    "run": Entry("noticedesk.cli.run", "Run flows now"),
    "serve": Entry("noticedesk.cli.serve", "Run every flow by its schedule"),
    "check": Entry("noticedesk.cli.check", "Check complaints against the law, element by element"),
    "match": Entry("noticedesk.cli.match", "Compare pictures and texts"),
    "hash": Entry("noticedesk.cli.hash", "Hash the pictures of a folder or of a list of URLs"),
    "clock": Entry("noticedesk.cli.clock", "Say what is due when under a regime"),
    "queue": Entry("noticedesk.cli.queue", "List what waits for a person"),
    "show": Entry("noticedesk.cli.show", "Show a claim with its findings, letters and timeline"),
    "decide": Entry("noticedesk.cli.decide", "Decide about an allegation"),
    "policy": Entry("noticedesk.cli.policy", "Policies of automation: propose, confirm, revoke, judge samples"),
    "undo": Entry("noticedesk.cli.undo", "Take back a decision inside its send window"),
    "escalate": Entry("noticedesk.cli.escalate", "Ask another team about a case, or answer"),
    "inquiries": Entry("noticedesk.cli.inquiries", "Partners' questions without a claim"),
    "messages": Entry("noticedesk.cli.messages", "Messages set aside: link them to claims, or open claims with them"),
    "due": Entry("noticedesk.cli.due", "List what runs out, was missed, or lies still"),
    "alarms": Entry("noticedesk.cli.alarms", "List open alarms, or take one on"),
    "signals": Entry("noticedesk.cli.signals", "List what new listings are compared with; release what was held back"),
    "clocks": Entry("noticedesk.cli.clocks", "Show the clocks of a claim, and change one by hand with a reason"),
    "hold": Entry("noticedesk.cli.hold", "Place and lift legal holds"),
    "erase": Entry("noticedesk.cli.erase", "Erase a claim or a party"),
    "letters": Entry("noticedesk.cli.letters", "List, show and edit letters"),
    "statements": Entry("noticedesk.cli.statements", "List and export statements of reasons (EU)"),
    "effects": Entry("noticedesk.cli.effects", "List what leaves the desk; retry or hand over what failed"),
    "console": Entry("noticedesk.cli.console", "Serve the pages on which people review and decide"),
    "claims": Entry("noticedesk.cli.claims", "List claims"),
    "api": Entry("noticedesk.cli.api", "Serve the intake API and the hosted forms"),
    "senders": Entry("noticedesk.cli.senders", "Manage who may send through the API; who sends what"),
    "mandates": Entry("noticedesk.cli.mandates", "Keep which agent may speak for which principal"),
    "rights": Entry("noticedesk.cli.rights", "Keep what the registers say of registrations"),
    "sanctions": Entry("noticedesk.cli.sanctions", "Answer what is proposed about accounts and notifiers"),
    "sources": Entry("noticedesk.cli.sources", "List the sources that complaints come from"),
    "metrics": Entry("noticedesk.cli.metrics", "Print what an operator watches, for Prometheus"),
    "rules": Entry("noticedesk.cli.rules", "List and show the regimes in force"),
    "report": Entry("noticedesk.cli.report", "Count claims, times, clocks and trends; write CSV, XLSX, Parquet"),
    "calibrate": Entry("noticedesk.cli.calibrate", "Turn labelled decisions into cuts that keep a stated error"),
    "audit": Entry("noticedesk.cli.audit", "Search and verify the audit chain"),
    "users": Entry("noticedesk.cli.users", "Manage the people of the desk and their tokens"),
    "db": Entry("noticedesk.cli.db", "Create and upgrade the database"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when called; the help is printed from the table alone."""

    table: ClassVar[Mapping[str, Entry]] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None for an unknown name, which click reports."""
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        command = getattr(import_module(entry.module), entry.name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name for an unknown command."""
        if args[0] not in self.table and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], self.table, n=1)
            advice = f"did you mean {close[0]}?" if close else f"see {ctx.command_path} --help"
            ctx.fail(f"no command {args[0]}; {advice}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.table.items()])


_PASSING = frozenset({"Busy", "Stale"})
"""The errors, by name so that no command loads the store for them, that another try may get round."""


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="noticedesk")
def cli() -> None:
    """The rights desk of an online platform: complaints of IP infringement from the mailbox to a decision.

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 problems found under --strict, 75 try again.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Runs the command line; an error that a person can mend is one line on stderr, not a traceback."""
    try:
        cli.main(args=list(sys.argv[1:] if args is None else args), prog_name="noticedesk")
    except Exception as error:
        # Our own errors say what, where and what to do next; anything else is a defect and shows itself.
        if type(error).__module__.split(".")[0] not in {"noticedesk", "matchers"}:
            raise
        click.echo(f"noticedesk: {error}", err=True)
        sys.exit(TRY_AGAIN if type(error).__name__ in _PASSING else FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
