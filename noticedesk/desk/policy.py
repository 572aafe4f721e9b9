"""What the desk does by itself and how it reaches the platform: the forms of policy.yaml and platform.yaml."""

from datetime import timedelta

from noticedesk.settings import shape


@shape
class Chase:
    """What is chased, and when: the part `chase` of config/policy.yaml."""

    due_soon_hours: int
    putback_alarm_day: int
    putback_second_day: int
    kept_down_review_days: int
    silence_after: tuple[str, ...]
    visit_hours: tuple[int, ...]
    visit_attempts: int
    visit_again_minutes: int
    check_hours: int
    fruitless_messages: int
    fruitless_days: int
    held_again_days: int


@shape
class Sweep:
    """When a signal matches suddenly far above its baseline: the part `sweep` of config/policy.yaml."""

    least_hits: int
    chance: float
    ordinary_hits: float
    ordinary_listings: float


@shape
class Policy:
    """The form of config/policy.yaml."""

    routine_letters: bool
    undo_minutes: int
    largest_bytes: int
    chunk: int
    attempts: int
    escalation_hours: int
    safety_hours: int
    confirmation_hours: int
    regathers: int
    replies_per_sender: int
    snooze_days: int
    chase: Chase
    sweep: Sweep

    @property
    def undo_window(self) -> timedelta:
        """How long a decision can be taken back before anything leaves."""
        return timedelta(minutes=self.undo_minutes)


@shape
class Platform:
    """The form of config/platform.yaml."""

    webhook: str | None = None
    lookup: str | None = None
    lookup_csv: str | None = None
    catalogue_csv: str | None = None

    def __post_init__(self) -> None:
        """Refuses two ways to look an item up."""
        if self.lookup and self.lookup_csv:
            raise ValueError("lookup and lookup_csv exclude each other; keep one of them")
