"""Sending what was queued to be told: a server that fails is asked again later and holds nothing up."""

import json

from noticedesk.desk.act import chat, smtp
from noticedesk.desk.actors import worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.notify.channels import load
from noticedesk.desk.tally import Tally
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.settings import SettingError
from noticedesk.store import outbox

AT_ONCE = 50
"""Messages sent in one round; the rest goes in the next."""


def send(desk: Desk) -> Tally:
    """Sends the alarms that are due, by chat and by mail."""
    tally = _each(desk, OutboxKind.CHAT, lambda row: _say(desk, row))
    tally += _each(desk, OutboxKind.ALARM, lambda row: _post(desk, row))
    return tally


def _each(desk: Desk, kind: OutboxKind, act: "chat.Act[Outbox]") -> Tally:
    owner, tally = worker("notify"), Tally()
    for _ in range(AT_ONCE):
        with desk.db.write(logged=False) as tx:
            rows = outbox.lease(tx, owner, desk.now(), 1, kind=kind)
        if not rows:
            break
        try:
            act(rows[0])
            state, error = OutboxState.CONFIRMED, ""
        except (chat.NotSaid, smtp.TryAgain, smtp.Uncertain, smtp.NoServer) as failure:
            state, error = OutboxState.FAILED, str(failure)
            tally.failed(failure)
        except (smtp.RefusedForGood, SettingError) as failure:
            state, error = OutboxState.DEAD, str(failure)
            tally.failed(failure)
        with desk.db.write(logged=False) as tx:
            outbox.mark(tx, rows[0].id, state, desk.now(), error)
        tally.counts["alarm told"] += state is OutboxState.CONFIRMED
    tally.counts = +tally.counts
    return tally


def _say(desk: Desk, row: Outbox) -> None:
    said = json.loads(row.body)
    id, _, place = str(said["place"]).partition("/")
    urls = next((channel.chat for channel in load(desk) if channel.id == id), ())
    if int(place) >= len(urls):
        raise SettingError(f"alarms.yaml has no chat {said['place']} any more")
    chat.say(urls[int(place)], str(said["title"]), str(said["text"]))


def _post(desk: Desk, row: Outbox) -> None:
    said, chosen = json.loads(row.body), desk.settings
    server = smtp.server(chosen.smtp, chosen.smtp_password, chosen.smtp_authorities)
    with smtp.line(server) as line:
        line.send(str(said["raw"]).encode(), str(said["from"]), str(said["to"]))
