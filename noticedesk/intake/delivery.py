"""What a delivery report says: its machine-readable part (RFC 3464), else the codes in the words of the server."""

import re
from collections.abc import Iterator
from email.message import Message

from noticedesk.intake.envelope import decoded
from noticedesk.intake.rules import Rules
from noticedesk.model.document import Delivery

_WORST = ("failed", "delayed", "expanded", "relayed", "delivered")
"""The actions of RFC 3464, section 2.3.3, what weighs most first."""

_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_BASIC = re.compile(r"(?<![\d.])([45]\d\d)[ -](?=\S)")
_LONGEST = 100_000


def delivery(message: Message, text: str, rules: Rules) -> Delivery:
    """What became of the message that a report is about; of several recipients, the one that fared worst."""
    told = sorted(_recipients(message), key=lambda one: _WORST.index(one.action))
    return told[0] if told else _from_words(text[:_LONGEST], rules)


def _recipients(message: Message) -> Iterator[Delivery]:
    """What the report says of each recipient; groups without an action are about the report as a whole."""
    for part in message.walk():
        groups = part.get_payload() if part.get_content_type() == "message/delivery-status" else ()
        for group in groups if isinstance(groups, list) else ():
            action = _field(group, "action").lower()
            if action in _WORST:
                status = _ENHANCED.search(_field(group, "status"))
                said = _field(group, "diagnostic-code")
                yield Delivery(
                    action=action,
                    status=status.group(1) if status else "",
                    diagnostic=said.partition(";")[2].strip() or said,
                )


def _field(group: Message | str, name: str) -> str:
    """One field of a group, on one line, without the comment that may stand behind it."""
    value = group.get(name, "") if isinstance(group, Message) else ""
    return decoded(str(value))[:1000].strip()


def _from_words(text: str, rules: Rules) -> Delivery:
    """A report without a part for machines: refused for good unless it says that it only takes longer."""
    codes = [match.group(1) for match in (*_ENHANCED.finditer(text), *_BASIC.finditer(text))]
    worst = next((code for code in codes if code.startswith("5")), codes[0] if codes else "")
    late = not worst.startswith("5") and rules.delayed.search(text) is not None
    line = next((line.strip() for line in text.splitlines() if worst and worst in line), "")
    return Delivery(action="delayed" if late else "failed", status=worst, diagnostic=line[:300])
