"""What the desk does by itself and how it reaches the platform: the forms of policy.yaml and platform.yaml."""

from datetime import timedelta

from noticedesk.settings import shape


@shape
class Policy:
    """The form of config/policy.yaml."""

    routine_letters: bool
    undo_minutes: int
    chunk: int
    attempts: int
    escalation_hours: int
    safety_hours: int

    @property
    def undo_window(self) -> timedelta:
        """How long a decision can be taken back before anything leaves."""
        return timedelta(minutes=self.undo_minutes)


@shape
class Platform:
    """The form of config/platform.yaml."""

    webhook: str | None = None
    lookup: str | None = None
