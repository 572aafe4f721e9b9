"""What the desk does by itself and how it reaches the platform: the forms of policy.yaml and platform.yaml."""

from collections.abc import Collection
from datetime import timedelta

from noticedesk.model.action import OF_ACCOUNTS, Action
from noticedesk.model.conduct import OF_NOTIFIERS, Measure
from noticedesk.settings import SettingError, nearest, shape


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
class OwnLetters:
    """Letters that follow whatever rules a claim is under, by their names: the part `letters` of config/policy.yaml.

    `accounts` go to the holder of an account once a measure about it is confirmed, `notifiers` to who sends notices
    once a person has accepted a measure about them, `one_of_several` to both sides where a measure is lifted and others
    stay on the listing.
    """

    accounts: dict[Action, str]
    notifiers: dict[Measure, str]
    one_of_several: str

    def check(self, known: Collection[str]) -> None:
        """Raises SettingError for a letter that there is no template of, and for a measure without one."""
        for name in (*self.accounts.values(), *self.notifiers.values(), self.one_of_several):
            if name not in known:
                raise SettingError(f"policy.yaml: letters: no letter is called {name}{nearest(name, known)}")
        lacking = [*sorted(OF_ACCOUNTS - set(self.accounts)), *sorted(OF_NOTIFIERS - set(self.notifiers))]
        if lacking:
            raise SettingError(f"policy.yaml: letters: no letter tells of {', '.join(lacking)}")


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
    letters: OwnLetters
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
