"""The messages of a history, in the words of history_letters.yaml."""

from datetime import datetime

from noticedesk.model.document import Document, Envelope
from noticedesk.model.notice import Verified
from tests.noticedesk.desk.history_letters import words
from tests.noticedesk.desk.lives.history import History, Step

_MESSAGES: dict[str, tuple[str, str, dict[str, object]]] = {
    "notice": ("notice", "m", {}),
    "the notice again": ("notice", "m", {}),
    "notice of a rival": ("notice", "r", {}),
    "incomplete notice": ("notice", "m", {"lacks": True}),
    "supplement": ("missing", "m", {}),
    "counter-notice": ("counter", "p", {}),
    "incomplete counter-notice": ("counter", "p", {"lacks": True}),
    "counter-notice of a stranger": ("counter", "s", {}),
    "counter-notice not signed by its server": ("counter", "p", {"unsigned": True}),
    "retraction": ("retraction", "m", {"of all": True}),
    "retraction of one": ("retraction", "m", {}),
    "retraction by a stranger": ("retraction", "s", {}),
    "court papers": ("court action", "m", {}),
    "court papers of another": ("court action", "r", {}),
    "board papers": ("board proceeding", "m", {}),
    "threat to sue": ("threat", "m", {}),
    "appeal of the seller": ("appeal", "p", {}),
    "appeal of the notifier": ("appeal", "m", {}),
    "seller's answer": ("seller's answer", "p", {}),
}
"""Each message: its words, the letter of its sender (m: who sent the notice, p: the seller), and how it is sent."""

SENT = frozenset(_MESSAGES)


def message(history: History, step: Step, at: datetime, claim: str) -> Document:
    """What arrives, at the instant at which our mail server takes it."""
    name, letter, how = _MESSAGES[step.what]
    place, whole = history.place, how.get("of all") or name in ("notice", "missing")
    items = history.items(() if whole else step.about)
    text = _words(history, name, bool(how.get("lacks"))).replace("{listings}", "\n".join(map(place.item, items)))
    if letter == "r":
        text = text.replace("Maria Lind", "Rita Stone")
    if claim and name not in ("notice",):
        text += f"\n{claim}\n"
    sender = f"{history.name(letter)}@{'seller' if letter == 'p' else 'lind'}.example"
    stamp = f"{at:%Y%m%d%H%M%S}"
    return Document(
        reader="mail",
        text=text,
        envelope=Envelope(
            sender=sender,
            to=(place.service().agent.email,),
            subject=name,
            message_id=f"<{step.what.replace(' ', '-')}.{stamp}@{history.name(letter)}.example>",
            received=at,
            verified=Verified.NO if how.get("unsigned") else Verified.DKIM,
            verified_domain=sender.partition("@")[2],
        ),
    )


def _words(history: History, name: str, lacks: bool) -> str:
    place = history.place
    if name == "notice":
        return words(place.notice, {"without": [place.lacks] if lacks else []})
    if name == "counter":
        return words(place.counter, {"without": [place.counter_lacks] if lacks else []})
    if name == "missing":
        # who supplies what was missing sends the whole again, under the words by which we know a supplement
        return words("supplement", {}) + words(place.notice, {})
    return words(name, {})
