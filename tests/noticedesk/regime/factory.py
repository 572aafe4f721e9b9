"""Short makers of regimes for tests: a law that exists nowhere, whose parts a test may change."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

_LAW: dict[str, Any] = {
    "id": "xx_law",
    "title": "The law of nowhere",
    "place": "Nowhere",
    "rights": ["copyright"],
    "kinds": ["copyright_notice"],
    "timezone": "America/New_York",
    "calendars": ["US", "weekdays"],
    "who_may_complain": ["anybody"],
    "events": {"started": "It began.", "ended": "It ended.", "stopped": "It was stopped."},
    "versions": [
        {
            "version": 1,
            "since": "2000-01-01",
            "elements": [
                {
                    "id": "name",
                    "reference": "s 1",
                    "tag": "verified",
                    "asks": "A name.",
                    "cure": "Please give a name.",
                    "absence_effect": "ineffective",
                }
            ],
            "unnamed": {"stands": False, "reference": "s 1", "tag": "verified"},
            "timers": [
                {
                    "id": "act",
                    "kind": "statutory_max",
                    "start": "started",
                    "unit": "calendar_day",
                    "value": 7,
                    "reference": "s 2",
                    "tag": "verified",
                    "satisfied_by": ["ended"],
                    "cancelled_by": ["stopped"],
                }
            ],
        }
    ],
}


def law() -> dict[str, Any]:
    """A regime as YAML gives it; a fresh copy that a test may change."""
    return deepcopy(_LAW)


def written(folder: Path, regime: dict[str, Any]) -> Path:
    """The folder, with the regime written into the file of its id."""
    (folder / f"{regime['id']}.yaml").write_text(yaml.safe_dump(regime), encoding="utf-8")
    return folder
