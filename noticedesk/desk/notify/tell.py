"""Telling: the alarms that nobody was told of yet, gathered into one message for each address and chat."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.notify.channels import Channel, load
from noticedesk.desk.tally import Tally
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.model.person import Person
from noticedesk.store import outbox, records

_OURS = frozenset({OutboxKind.ALARM.value, OutboxKind.CHAT.value})


def tell(desk: Desk) -> Tally:
    """Queues what is to be told, in the transaction that notes it as told: nothing is lost, nothing told twice."""
    channels, tally = load(desk), Tally()
    with desk.db.write() as tx:
        untold = records.find(tx, Alarm, told_at=None, limit=desk.policy.chunk)
        told = [alarm for alarm in untold if not _of_telling(tx, alarm)]
        for address, alarms in _by_address(desk, tx, channels, told).items():
            outbox.queue(tx, _mail(desk, address, alarms))
            tally.counts["alarm mail queued"] += 1
        for place, alarms in _by_chat(channels, told).items():
            outbox.queue(tx, _chat(desk, place, alarms))
            tally.counts["alarm chat queued"] += 1
        for alarm in untold:
            records.replace(tx, replace(alarm, told_at=desk.now()))
    return tally


def _of_telling(look: store.Look, alarm: Alarm) -> bool:
    """Whether the alarm is that telling itself failed: it is listed, and not told by the way that failed."""
    return alarm.kind is AlarmKind.EFFECT_DEAD and records.get(look, Outbox, alarm.subject).kind in _OURS


def _by_address(
    desk: Desk, look: store.Look, channels: Iterable[Channel], alarms: Iterable[Alarm]
) -> dict[str, list[Alarm]]:
    """The alarms for each mail address; nothing where there is no mail server."""
    if not desk.settings.smtp or not desk.services:
        return {}
    people = records.find(look, Person, active=True)
    found: dict[str, list[Alarm]] = {}
    for alarm in alarms:
        asked = {person.email for person in people if person.id == alarm.person}
        for channel in (one for one in channels if one.takes(alarm)):
            asked |= set(channel.mail)
            asked |= {person.email for person in people if channel.people and channel.role in person.roles}
        for address in sorted(asked):
            found.setdefault(address, []).append(alarm)
    return found


def _by_chat(channels: Iterable[Channel], alarms: Iterable[Alarm]) -> dict[str, list[Alarm]]:
    found: dict[str, list[Alarm]] = {}
    for alarm in alarms:
        for channel in (one for one in channels if one.takes(alarm)):
            for place in range(len(channel.chat)):
                found.setdefault(f"{channel.id}/{place}", []).append(alarm)
    return found


def _mail(desk: Desk, address: str, alarms: list[Alarm]) -> Outbox:
    """The row with its fixed bytes: Message-ID and date are those of its making."""
    id, sender = new_id("X"), desk.services[0].agent.email
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, address
    mail["Subject"] = _title(alarms)
    mail["Date"] = format_datetime(desk.now())
    mail["Message-ID"] = f"<{id}@{sender.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_text(alarms), cte="quoted-printable")
    said = {"to": address, "from": sender, "raw": mail.as_bytes().decode("ascii")}
    return _row(desk, id, OutboxKind.ALARM, _key(alarms, address), said)


def _chat(desk: Desk, place: str, alarms: list[Alarm]) -> Outbox:
    said = {"place": place, "title": _title(alarms), "text": _text(alarms)}
    return _row(desk, new_id("X"), OutboxKind.CHAT, _key(alarms, place), said)


def _row(desk: Desk, id: str, kind: OutboxKind, key: str, said: dict[str, str]) -> Outbox:
    body = json.dumps(said, sort_keys=True)
    return Outbox(id=id, kind=kind, key=key, body=body, send_after=desk.now(), created_at=desk.now())


def _key(alarms: list[Alarm], where: str) -> str:
    ids = " ".join([*(alarm.id for alarm in alarms), where])
    return f"alarm-{hashlib.sha256(ids.encode()).hexdigest()}"


def _title(alarms: list[Alarm]) -> str:
    worst = "critical" if any(alarm.severity == "critical" for alarm in alarms) else "warning"
    return f"noticedesk: {len(alarms)} alarm{'s' if len(alarms) > 1 else ''} ({worst})"


def _text(alarms: list[Alarm]) -> str:
    """One line an alarm: what is the matter, and the ids by which it is looked up. No name, address or title."""
    lines = [f"{alarm.severity}: {alarm.text}: {alarm.subject} {alarm.claim or ''}".rstrip() for alarm in alarms]
    return "\n".join([*lines, "", "noticedesk alarms lists what is open."])
