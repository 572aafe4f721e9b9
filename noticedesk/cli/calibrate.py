"""`noticedesk calibrate`: labelled decisions into cuts that keep a stated error; printed, never written."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticedesk.cli.output import json_option, show

if TYPE_CHECKING:
    from matchers.labels import Label
    from noticedesk.desk.cases.calibration import Calibration

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_share = click.FloatRange(0, 1, min_open=True, max_open=True)


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--false", "false", type=_share, default=0.05, help="The share of wrong ones allowed among the strong.")
@click.option("--miss", type=_share, default=0.05, help="The share of true matches allowed below borderline.")
@click.option("--doubt", type=_share, default=0.05, help="The chance that a promise fails.")
@click.option("--compare", is_flag=True, help="Show what the new cuts would have changed on the labelled cases.")
@json_option
def command(file: Path | None, false: float, miss: float, doubt: float, compare: bool, as_json: bool) -> None:
    """Turn labels into cuts for config/bands.yaml, with the error that they keep.

    FILE is a CSV or JSON Lines of matcher, score, match (true or false) and, where given, kind (of mark) and source
    (decision or audit). Without it, the labels are this desk's own decisions and audits. Where the labels are too few,
    that is said and everything stays borderline. Nothing is written: what is printed is for you to put into bands.yaml.
    """
    from datetime import UTC, datetime

    from matchers.labels import Promise
    from noticedesk.decide import Bands
    from noticedesk.desk.cases import calibration
    from noticedesk.settings import from_environment, read

    bands = read(from_environment().config / "bands.yaml", Bands)
    promise = Promise(false=false, miss=miss, doubt=doubt)
    found = calibration.calibrated(_labels(file), promise, bands, datetime.now(UTC).date())
    if as_json:
        show([_line(one) for one in found], "calibration/1", as_json=True)
        return
    for one in found:
        _tell(one, compare)
    click.echo(calibration.as_yaml(found) if found else "There are no labels yet: everything stays as it is.")


def _labels(file: Path | None) -> tuple["Label", ...]:
    from noticedesk.desk.cases import calibration

    if file:
        return calibration.read_labels(file)
    from noticedesk.cli.opened import the_store

    with the_store() as db, db.read() as look:
        return calibration.own_labels(look)


def _tell(one: "Calibration", compare: bool) -> None:
    verdict = one.verdict
    click.echo(f"# {verdict.name}: {verdict.labels} labels, {verdict.matches} matches, {verdict.audited} audited")
    for lack in verdict.lacks:
        click.echo(f"#   {lack}")
    if compare and not one.changed:
        click.echo("#   no labelled case would change its band")
    for change in one.changed if compare else ():
        wrong = change.cases - change.matches
        click.echo(f"#   {change.before} -> {change.after}: {change.cases} ({change.matches} matches, {wrong} not)")


def _line(one: "Calibration") -> dict[str, object]:
    verdict, cuts = one.verdict, one.verdict.cuts
    return {
        "name": verdict.name,
        "strong": verdict.strong,
        "borderline": verdict.borderline,
        "false_strong": cuts and cuts.false_strong,
        "missed": cuts and cuts.missed,
        "labels": verdict.labels,
        "matches": verdict.matches,
        "audited": verdict.audited,
        "lacks": list(verdict.lacks),
        "changes": [
            {"before": change.before, "after": change.after, "cases": change.cases, "matches": change.matches}
            for change in one.changed
        ],
        "origin": one.origin,
    }
