"""The messages of histories: the words of history_letters.yaml as a step has them, and who sends them."""

from typing import Any

import yaml

from tests.noticedesk.desk.history import CASES

MESSAGES: dict[str, dict[str, str]] = yaml.safe_load((CASES / "history_letters.yaml").read_text(encoding="utf-8"))
NOTIFIER, SELLER = "maria@lind.example", "pat@seller.example"


def words(message: str, step: dict[str, Any]) -> str:
    """A message of history_letters.yaml as the step has it."""
    parts = dict(MESSAGES[message])
    strange = {*step.get("without", ()), *step.get("saying", {})} - set(parts)
    assert not strange, f"{message} has no part {', '.join(sorted(strange))}; it has {', '.join(parts)}"
    kept = {name: step.get("saying", {}).get(name, text) for name, text in parts.items()}
    chosen = [text for name, text in kept.items() if name not in step.get("without", ())]
    return "\n\n".join((*chosen, *([step["adding"]] if "adding" in step else ()))) + "\n"
