"""Each fault that a person can write into a regime file is refused in a sentence that names the place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from noticedesk.regime import load
from noticedesk.settings import SettingError
from tests.noticedesk.regime.factory import law, written

Change = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], object]


def _two(version: dict[str, Any], until: str) -> list[dict[str, Any]]:
    return [{**version, "until": until}, {**version, "version": 2, "since": "2026-01-01"}]


def _duty(**more: Any) -> dict[str, Any]:
    told = dict.fromkeys(("standard", "reference", "tag"), "policy")
    return {"id": "tell", "do": "Tell", "to": "seller", **told, **more}


def _copy(**more: Any) -> dict[str, Any]:
    return {"reference": "s 3", **more}


def _beside(duty: str, timer: str = "act") -> dict[str, Any]:
    return {"duties": [duty], "timers": [timer], "reference": "s 4", "tag": "general"}


def _announces(timer: str) -> dict[str, Any]:
    return {"measure": "terminate_account", "timer": timer}


FAULTS: list[tuple[str, Change]] = [
    ("unknown key versions.0.timers.0.vlaue; did you mean value", lambda r, v, t: t.update(vlaue=1)),
    ("timer act has no reference", lambda r, v, t: t.update(reference=" ")),
    ("versions.0.timers.0.reference", lambda r, v, t: t.pop("reference")),
    ("versions.0.timers.0.start", lambda r, v, t: t.pop("start")),
    ("timer act names event strated; did you mean started", lambda r, v, t: t.update(start="strated")),
    ("timer act names event \\(none\\)", lambda r, v, t: t.update(start="")),
    ("timer act names event endde", lambda r, v, t: t.update(satisfied_by=["endde"])),
    ("timer act names event confirmd", lambda r, v, t: t.update(confirmed_by="confirmd")),
    (
        "counter_notice names event suit",
        lambda r, v, t: v.update(counter_notice={"enabled": True, "blockers": ["suit"]}),
    ),
    ("timer act stands twice", lambda r, v, t: v["timers"].append(dict(t))),
    ("element name stands twice", lambda r, v, t: v["elements"].append(dict(v["elements"][0]))),
    ("element name must say what it asks", lambda r, v, t: v["elements"][0].update(cure="")),
    ("event started has no sentence", lambda r, v, t: r["events"].update(started="")),
    ("needs unit and value", lambda r, v, t: t.update(value=None)),
    ("needs unit and value", lambda r, v, t: t.update(value=0)),
    ("would mix law with policy", lambda r, v, t: t.update(sla="P1D")),
    ("the law gives no number", lambda r, v, t: t.update(kind="open_standard", sla="P1D")),
    ("needs an sla", lambda r, v, t: t.update(kind="sla", value=None, unit=None)),
    ("'1 day' is no duration", lambda r, v, t: t.update(kind="sla", value=None, unit=None, sla="1 day")),
    ("until_value belongs", lambda r, v, t: t.update(until_value=9)),
    ("until_value belongs", lambda r, v, t: t.update(kind="statutory_window")),
    ("ends before it begins", lambda r, v, t: t.update(kind="statutory_window", until_value=3)),
    ("window w needs one statutory_min and one", lambda r, v, t: t.update(window="w")),
    ("timer act names event proof", lambda r, v, t: t.update(requires="proof")),
    ("timer act replaces atc; did you mean act", lambda r, v, t: t.update(requires="ended", replaces="atc")),
    ("timer act replaces act, so it requires an event", lambda r, v, t: t.update(replaces="act")),
    ("version 1 must end before version 2", lambda r, v, t: r.update(versions=_two(v, "2026-01-01"))),
    ("duty tell is owed to seller and no letter tells it", lambda r, v, t: v.update(duties=[_duty()])),
    ("duty tell is told by inquiry, which has no letter", lambda r, v, t: v.update(duties=[_duty(by=["inquiry"])])),
    ("duty tell is told by tel, which has no letter", lambda r, v, t: v.update(duties=[_duty(by=["tel"])])),
    (
        "duty tell copies the notice, which only a letter to the seller does",
        lambda r, v, t: v.update(duties=[_duty(to="claimant", letter="any/x", copy=_copy(tag="verified"))]),
    ),
    (
        "duty tell shows how to reach who sent the notice by a general rule: withhold contact",
        lambda r, v, t: v.update(duties=[_duty(letter="any/x", copy=_copy(tag="general"))]),
    ),
    (
        "duty tell copies the notice without a reference",
        lambda r, v, t: v.update(duties=[_duty(letter="any/x", copy=_copy(tag="verified", reference=" "))]),
    ),
    ("unnamed is missing: say whether", lambda r, v, t: v.pop("unnamed")),
    ("unnamed has no reference", lambda r, v, t: v["unnamed"].update(reference=" ")),
    (
        "beside names duty tel; did you mean tell",
        lambda r, v, t: v.update(duties=[_duty(by=["question"])], beside=_beside("tel")),
    ),
    (
        "beside names timer tell",
        lambda r, v, t: v.update(duties=[_duty(by=["question"])], beside=_beside("tell", "tell")),
    ),
    (
        "duty tell announces by timer atc; did you mean act",
        lambda r, v, t: v.update(duties=[_duty(letter="any/x", announces=_announces("atc"))]),
    ),
    (
        "duty tell announces by a letter that is not started, from which act runs",
        lambda r, v, t: v.update(duties=[_duty(letter="any/x", announces=_announces("act"))]),
    ),
    ("a regime needs a version", lambda r, v, t: r.update(versions=[])),
]


@pytest.mark.parametrize(("says", "change"), FAULTS, ids=[says for says, _ in FAULTS])
def test_a_fault_in_a_regime_is_refused_by_name(says: str, change: Change, tmp_path: Path) -> None:
    regime = law()
    version = regime["versions"][0]
    change(regime, version, version["timers"][0])
    with pytest.raises(SettingError, match=rf"xx_law\.yaml: .*{says}"):
        load(written(tmp_path, regime))


def test_the_law_that_these_faults_are_written_into_is_sound(tmp_path: Path) -> None:
    assert load(written(tmp_path, law()))[0].id == "xx_law"
