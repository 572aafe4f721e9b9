"""Trusted flaggers: whose notices come first, inside their areas and dates, and only from a sender that is verified."""

from datetime import date
from functools import cache
from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.model.notice import Notice, Verified
from noticedesk.model.right import RightKind
from noticedesk.settings import SettingError, read, shape

EVENT = "trusted_flagger_notice_received"
"""The event of a regime that knows trusted flaggers."""


@shape
class Flagger:
    """One entry of config/trusted_flaggers.yaml; `until` is the last day."""

    id: str
    name: str
    coordinator: str
    areas: tuple[RightKind, ...]
    since: date
    until: date | None = None
    senders: tuple[str, ...]

    def speaks(self, sender: str) -> bool:
        """Whether an address, already verified, is one of the flagger's."""
        address = sender.lower()
        return any(address == one or (one.startswith("@") and address.endswith(one)) for one in self.senders)

    def covers(self, right: RightKind | None, on: date) -> bool:
        """Whether a right lies in its areas on a day of its status."""
        return right in self.areas and self.since <= on and (self.until is None or on <= self.until)


def flagger_of(desk: Desk, notice: Notice, right: RightKind | None) -> Flagger | None:
    """The trusted flagger who sent a notice about such a right; None for everybody else, and outside area and dates."""
    if notice.verified is Verified.NO:
        return None
    on = notice.received_at.date()
    known = _read(desk.settings.config / "trusted_flaggers.yaml")
    return next((one for one in known if one.speaks(notice.sender) and one.covers(right, on)), None)


@cache
def _read(path: Path) -> tuple[Flagger, ...]:
    known = read(path, tuple[Flagger, ...])
    for one in known:
        strange = [sender for sender in one.senders if "@" not in sender or sender != sender.lower()]
        if strange:
            raise SettingError(f'{path.name}: {one.id}: {strange[0]} is no address in small letters and no "@domain"')
        if [other.id for other in known].count(one.id) > 1:
            raise SettingError(f"{path.name}: the id {one.id} stands twice")
    return known
