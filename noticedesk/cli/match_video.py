"""noticedesk match video: a video compared with another, or with a picture, and when they show the same."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from matchers.finding import Finding, Stretch
from matchers.image import Side, Unreadable
from matchers.video import Clip, compare, describe
from noticedesk.cli.match_images import FILE
from noticedesk.decide import Bands, band_of
from noticedesk.model.decision import Band
from noticedesk.sandbox import Ending, Sandbox
from noticedesk.settings import from_environment, read

SCHEMA = "match-video/1"
_WORDS = {Band.STRONG: "match"}
# An hour of video seen by its key frames; two hundred and forty described frames are some 60 MB.
_SECONDS, _MEGABYTES = 900.0, 3072


@click.command()
@click.argument("ours", type=FILE)
@click.argument("theirs", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
def video(ours: Path, theirs: Path, as_json: bool) -> None:
    """Says when THEIRS, a video, shows frames of OURS, a video or picture, perhaps changed.

    Needs the extra `video`: pip install 'noticedesk[video]'.
    """
    bands = read(from_environment().config / "bands.yaml", Bands)
    with Sandbox(2, _SECONDS, _MEGABYTES) as sandbox:
        places: list[tuple[Path, Side]] = [(ours, "ours"), (theirs, "theirs")]
        mine, other = sandbox.map(described_file, places)
        found = compared(sandbox, _or_unreadable(mine), _or_unreadable(other), (str(ours), str(theirs)))
    line = _line(found, bands)
    click.echo(json.dumps(line, ensure_ascii=False) if as_json else _told(found, line["band"]))


def described_file(place: tuple[Path, Side]) -> Clip | Unreadable:
    """The description of one file for its side; runs in a worker."""
    path, side = place
    try:
        return describe(path.read_bytes(), side)
    except OSError as error:
        return Unreadable("", f"{path}: {error.strerror}")


def compared(sandbox: Sandbox, ours: Clip | Unreadable, theirs: Clip | Unreadable, names: tuple[str, str]) -> Finding:
    """The finding, from a worker; what it was given up for goes to a person."""
    try:
        return sandbox.call(_compared, ours, theirs, names)
    except Ending as ending:
        why = f"given up: {ending.reason}"
        return Finding(matcher="video", ours=names[0], theirs=names[1], reason=why, outcome="unmatchable")


def _compared(ours: Clip | Unreadable, theirs: Clip | Unreadable, names: tuple[str, str]) -> Finding:
    return compare(ours, theirs, names=names)


def _or_unreadable(outcome: Clip | Unreadable | Ending) -> Clip | Unreadable:
    return Unreadable("", outcome.reason) if isinstance(outcome, Ending) else outcome


def _line(finding: Finding, bands: Bands) -> Mapping[str, object]:
    band = band_of(finding, bands)
    return {
        "schema": SCHEMA,
        "reference": finding.ours,
        "candidate": finding.theirs,
        "score": finding.score,
        "band": _WORDS.get(band, band.value),
        "stretches": [_stretch(place) for place in finding.where if isinstance(place, Stretch)],
        "reason": finding.reason,
        "steps": finding.steps,
    }


def _stretch(place: Stretch) -> Mapping[str, object]:
    """Seconds from the start of each, how many sampled frames match, and what was done to them."""
    return {
        "reference": place.ours_seconds,
        "candidate": place.theirs_seconds,
        "frames": place.frames,
        "transform": place.transform,
    }


def _told(finding: Finding, band: object) -> str:
    score = "" if finding.score is None else f" ({finding.score})"
    return "\n".join([f"{band}{score}: {finding.reason}", *(f"  step: {step}" for step in finding.steps)])
