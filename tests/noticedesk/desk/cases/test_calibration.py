"""Calibration: labels from files and from decisions, cuts as YAML with their origin."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from matchers.finding import Finding
from matchers.labels import Label, Promise
from noticedesk.decide import Bands, Cuts
from noticedesk.desk.cases.calibration import LabelError, as_yaml, calibrated, own_labels, read_labels
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.right import AssetKind, Work
from noticedesk.settings import conform
from noticedesk.store import About, attach, records
from noticedesk.store.tables import Noun
from tests.noticedesk.desk.factory import NOW, opened

BANDS: Bands = {
    "mark": Cuts(strong=0.96, borderline=0.5, origin="start-up values"),
    "mark_word": Cuts(strong=1.01, borderline=0.5, origin="never by text alone"),
}
TODAY = date(2026, 11, 20)


def matching(count: int, name: str = "mark") -> list[Label]:
    return [Label(matcher=name, score=0.5 + n / (2 * count), match=True) for n in range(count)]


def test_the_yaml_is_what_bands_yaml_holds_and_names_its_origin() -> None:
    said = as_yaml(calibrated(matching(1000), Promise(), BANDS, TODAY))
    cuts = conform(yaml.safe_load(said), Bands, "printed")["mark"]
    assert 0.5 < cuts.borderline <= cuts.strong < 1
    assert "2026-11-20, 1000 labels (1000 matches, 0 audited)" in cuts.origin
    assert "at most 5.0% false among the strong" in cuts.origin and "95% confidence" in cuts.origin


def test_a_kind_that_is_never_strong_in_the_bands_in_force_stays_so() -> None:
    (found,) = calibrated(matching(1000, "mark_word"), Promise(), BANDS, TODAY)
    assert found.verdict.strong > 1


def test_what_would_change_is_told_against_the_bands_in_force() -> None:
    (found,) = calibrated(matching(1000), Promise(), BANDS, TODAY)
    moved = {(change.before, change.after): change.cases for change in found.changed}
    assert moved.keys() == {("borderline", "strong"), ("borderline", "none")}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("labels.csv", "matcher,score,match,kind,source\nmark,0.9,true,word,audit\nmark,0.2,no,,\n"),
        (
            "labels.jsonl",
            '{"matcher": "mark", "score": 0.9, "match": true, "kind": "word", "source": "audit"}\n\n'
            '{"matcher": "mark", "score": 0.2, "match": false}\n',
        ),
    ],
)
def test_labels_are_read_from_a_table_and_from_json_lines(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_labels(tmp_path / name) == (
        Label(matcher="mark", score=0.9, match=True, kind="word", source="audit"),
        Label(matcher="mark", score=0.2, match=False),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("matcher,score\nmark,0.9\n", "has no column match"),
        ("matcher,score,match\n,0.9,true\n", "line 2: no matcher is named"),
        ("matcher,score,match\nmark,high,true\n", "line 2: score is 'high', not a number"),
        ("matcher,score,match\nmark,1.5,true\n", "line 2: score is 1.5, not within 0 and 1"),
        ("matcher,score,match\nmark,nan,true\n", "line 2: score is nan, not within 0 and 1"),
        ("matcher,score,match\nmark,0.9,perhaps\n", "line 2: match is 'perhaps'; it is true or false"),
        ("matcher,score,match,source\nmark,0.9,true,guess\n", "line 2: source is 'guess'"),
    ],
)
def test_what_is_no_label_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "labels.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LabelError, match=says):
        read_labels(tmp_path / "labels.csv")


def judged(desk: Desk, found: Sequence[tuple[str, float]], *reasons: Reason, undone: bool = False) -> None:
    """An allegation with findings, and decisions about it one after the other."""
    claim = Claim(id=new_id("C"), service="shop", regime="us_dmca_512c", received_at=NOW)
    work = Work(id=new_id("W"), claim=claim.id, title="Oak", kind=AssetKind.OTHER)
    item = new_id("i")
    listing = Listing(id=new_id("L"), service="shop", item=item, url=f"https://shop.example/item/{item}")
    one = Allegation(id=new_id("A"), claim=claim.id, work=work.id, listing=listing.id, url=listing.url)
    nouns: list[Noun] = [claim, work, listing, one]
    for matcher, score in found:
        finding = Finding(matcher=matcher, score=score, reason="as seen", ours="a", theirs="b")
        nouns.append(attach(finding, About(allegation=one.id), id=new_id("F"), made_at=NOW))
    for hours, reason in enumerate(reasons):
        at = NOW + timedelta(hours=hours)
        nouns.append(
            Decision(
                id=new_id("D"),
                allegation=one.id,
                action=Action.NONE,
                reason=reason,
                decided_by="P-1",
                decided_at=at,
                undone_at=datetime(2027, 1, 1, tzinfo=UTC) if undone else None,
            )
        )
    with desk.db.write() as tx:
        records.add(tx, nouns)


def test_decisions_are_labels_for_what_their_reason_speaks_about(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        judged(desk, [("mark", 0.9), ("mark_word", 0.4), ("image", 0.1)], Reason.IDENTICAL_SIGN)
        judged(desk, [("image", 0.7), ("passage", 0.3)], Reason.NOT_SAME)
        judged(desk, [("image", 0.7), ("passage", 0.3)], Reason.COPY)  # which of the two it was is not said
        judged(desk, [("image", 0.8)], Reason.NOT_SAME, Reason.COPY)  # the later one counts
        judged(desk, [("image", 0.6)], Reason.COPY, undone=True)
        judged(desk, [("mark", 0.6)], Reason.NOT_PROVEN)
        with desk.db.read() as look:
            labels = own_labels(look)
    assert sorted((label.matcher, label.score, label.match) for label in labels) == [
        ("image", 0.7, False),
        ("image", 0.8, True),
        ("mark", 0.9, True),
        ("passage", 0.3, False),
    ]
