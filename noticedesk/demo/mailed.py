"""What arrived at the demo's mail server, beside what the desk says it sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from noticedesk import store
from noticedesk.demo.sink import Taken
from noticedesk.desk.desk import Desk
from noticedesk.model.letter import Letter, LetterState
from noticedesk.store import records

_LEAVING = frozenset({LetterState.QUEUED, LetterState.SENT, LetterState.BOUNCED})
"""The letters of which one must have arrived."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """Everything that arrived, by Message-ID: each letter in one form only, however often it came."""

    letters: Mapping[str, frozenset[bytes]]

    def differences(self, desk: Desk, look: store.Look, claims: Iterable[str]) -> tuple[str, ...]:
        """Where the letters of these claims and what arrived of them are not the same."""
        written = records.find(look, Letter, claim=list(claims))
        return tuple(said for letter in written if (said := self._difference(desk, letter)))

    def _difference(self, desk: Desk, letter: Letter) -> str:
        arrived = self.letters.get(letter.message_id, frozenset())
        wanted = frozenset({desk.blobs.get(letter.sha256)}) if letter.state in _LEAVING else frozenset()
        if arrived == wanted:
            return ""
        return f"letters: {letter.template} is {letter.state}, and {len(arrived)} forms of it arrived"


def mailed(taken: Iterable[Taken]) -> Mailed:
    """What a mail server took."""
    letters: dict[str, set[bytes]] = {}
    for one in taken:
        letters.setdefault(one.message_id, set()).add(one.raw)
    return Mailed({name: frozenset(forms) for name, forms in letters.items()})
