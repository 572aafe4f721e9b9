"""The named automations of the desk, and people as actors."""

import os
import secrets
import socket

from noticedesk.model.event import Actor
from noticedesk.model.person import Person

API = Actor(name="api")
INGEST = Actor(name="ingest")
PROCESS = Actor(name="process")
ANSWER = Actor(name="answer")
DISPATCH = Actor(name="dispatch")
PLATFORM = Actor(name="platform")
CHASE = Actor(name="chase")
SWEEP = Actor(name="sweep")
RETAIN = Actor(name="retain")


def worker(doing: str) -> str:
    """Who holds a lease, another each time: what is being done, on which machine, in which process.

    Machine and process are for people. Containers share names and numbers, and a process may have several threads.
    """
    return f"{doing}@{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def acting(person: Person) -> Actor:
    """The person as the actor of an event: by id, never by name."""
    return Actor(name=person.id, person=True)
