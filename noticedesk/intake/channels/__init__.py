"""Where deliveries come from: one file a kind of source; each delivery is acknowledged only once it has been saved."""

from contextlib import AbstractContextManager

from noticedesk.intake.channels import drop, folder, imap, maildir
from noticedesk.intake.channels.source import Channel, Delivery, Inbox, Source, SourceError, Start, delivery_key

__all__ = ["CHANNELS", "Delivery", "Inbox", "Source", "SourceError", "Start", "delivery_key", "opened"]

CHANNELS: list[Channel] = [folder, maildir, imap, drop]


def opened(source: Source, start: Start | None = None) -> AbstractContextManager[Inbox]:
    """The source, opened for reading from where it was left; raises SourceError when it cannot be reached."""
    (channel,) = (channel for channel in CHANNELS if source.kind == channel.KIND)
    return channel.opened(source, start or Start())
