"""The platform of the histories: it does what it is asked and says so at once, late, twice, never, or that it failed.

Its ledger knows only what was asked and what it confirmed: what may come back, and when, is judged from that and from
the law's own counts, never from what the desk computed.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from noticedesk.desk.act.webhook import Answer, NotConfirmed
from noticedesk.desk.enforcement.measures import LASTING
from noticedesk.model.action import Action
from noticedesk.model.decision import Decision
from tests.noticedesk.desk.lives.history import History

LATE = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Asked:
    """An order as it was asked: by which decision, about what, when."""

    key: str
    order: dict[str, Any]
    at: datetime


@dataclass
class Platform:
    """`lies` is what lies on each item, by allegation, as it was confirmed; `later` is what it still has to say."""

    histories: dict[int, History]
    decided: Callable[[str], Decision]
    asked: list[Asked] = field(default_factory=list)
    orders: dict[str, Asked] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lies: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    moods: dict[str, str] = field(default_factory=dict)
    later: list[tuple[datetime, str, dict[str, object]]] = field(default_factory=list)

    def take(self, key: str, body: str, now: datetime) -> Answer:
        """Takes an order; raises NotConfirmed where it cannot be had."""
        order = json.loads(body)["data"]
        history, seen = self.histories[int(order["listing"]["item"][1:])], key in self.orders
        asked = self.orders.setdefault(key, Asked(key, order, now))
        if not seen:
            self.asked.append(asked)
        self.tries[key] += 1
        mood = self.moods.setdefault(key, history.moods[history.asked % len(history.moods)])
        history.asked += not seen
        history.told.append(f"{now:%m-%d %H:%M} asked to {order['action']} {order['listing']['item']}: {mood}")
        if mood == "refuses" or (mood == "fails twice" and self.tries[key] <= 2):
            raise NotConfirmed("cannot now", final=mood == "refuses")
        if mood == "never says" and self.tries[key] <= 2:
            return Answer.ACCEPTED
        self.carry_out(asked)
        if mood == "confirms late":
            self.later.append((now + LATE, "action.confirmed", {"idempotency_key": key}))
            return Answer.ACCEPTED
        if mood == "confirms twice":
            again = {"idempotency_key": key}
            self.later += [(now, "action.confirmed", again), (now + LATE, "action.confirmed", again)]
        return Answer.CONFIRMED

    def carry_out(self, asked: Asked) -> None:
        """Does what an order says; whether it takes away or adds is told by its decision, not by its headline."""
        item, allegation = asked.order["listing"]["item"], asked.order["allegation"]
        if self.decided(asked.order["id"]).action is Action.RESTORE:
            self.lies[item].pop(allegation, None)
        elif asked.order["action"] in {action.value for action in LASTING}:
            self.lies[item][allegation] = asked.order["action"]

    def is_down(self, item: str) -> bool:
        """Whether somebody who looks at the listing finds nothing."""
        return bool({Action.REMOVE.value, Action.DISABLE.value} & set(self.lies[item].values()))
