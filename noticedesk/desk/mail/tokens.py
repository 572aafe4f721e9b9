"""Reply tokens: unguessable names of letters, by which what comes back finds its case. They never say who wrote."""

import re
import secrets

from noticedesk.model.service import Agent

_LONGEST_LOCAL = 64
"""How long the part before the @ may be (RFC 5321, 4.5.3.1.1)."""

_IDENTIFIER = re.compile(r"<[0-9a-f]{32}@[^<>\s@]{1,255}>")
_TAGGED = re.compile(r"[^@\s+]+\+([0-9a-f]{32})@([^@\s]{1,255})", re.IGNORECASE)


def new_message_id(address: str) -> str:
    """A Message-ID at the domain of an address; its 128 random bits are the token of the letter."""
    return f"<{secrets.token_hex(16)}@{address.rpartition('@')[2].lower()}>"


def tagged(address: str, message_id: str) -> str:
    """The address with the token of a letter behind a plus sign; as it is where that would be too long."""
    local, _, domain = address.rpartition("@")
    token = message_id.strip("<>").partition("@")[0]
    named = f"{local}+{token}"
    return f"{named}@{domain}" if len(named) <= _LONGEST_LOCAL else address


def reply_address(agent: Agent, message_id: str) -> str:
    """Where answers and bounces go: the agent's mailbox, with the token where its mail server takes such addresses."""
    return tagged(agent.email, message_id) if agent.plus_addresses else agent.email


def identifiers(text: str) -> tuple[str, ...]:
    """The Message-IDs of ours that a text repeats, as a bounce does that is written for people."""
    return tuple(dict.fromkeys(_IDENTIFIER.findall(text)))


def identifier_in(address: str) -> str:
    """The Message-ID that an address with a token stands for; empty where it bears none."""
    found = _TAGGED.fullmatch(address.strip())
    return f"<{found.group(1).lower()}@{found.group(2).lower()}>" if found else ""
