"""Who is told of which alarm: the form of config/alarms.yaml."""

from noticedesk import settings
from noticedesk.desk.desk import Desk
from noticedesk.model.alarm import Alarm, Severity
from noticedesk.model.person import Role
from noticedesk.settings import shape

_ORDER = list(Severity)


@shape
class Channel:
    """One entry: a role from a severity on, its people, further addresses, and apprise URLs of chats."""

    id: str
    role: Role
    least: Severity
    people: bool = False
    mail: tuple[str, ...] = ()
    chat: tuple[str, ...] = ()

    def takes(self, alarm: Alarm) -> bool:
        """Whether the alarm is told here."""
        return alarm.role is self.role and _ORDER.index(alarm.severity) >= _ORDER.index(self.least)


def load(desk: Desk) -> tuple[Channel, ...]:
    """The channels of config/alarms.yaml; raises SettingError for two of one id."""
    channels = settings.read(desk.settings.config / "alarms.yaml", tuple[Channel, ...])
    ids = [channel.id for channel in channels]
    for id in ids:
        if ids.count(id) > 1:
            raise settings.SettingError(f"alarms.yaml: the id {id} stands twice")
    return channels
