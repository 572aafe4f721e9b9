"""On which terms the API takes what is sent: the form of api.yaml."""

from noticedesk.settings import Settings, read, shape


@shape
class Rates:
    """How often somebody may ask, as "60/minute"."""

    sender: str
    address: str
    form: str
    check: str


@shape
class Terms:
    """The form of config/api.yaml."""

    public_url: str | None = None
    status_days: int
    confirm_days: int
    largest_bytes: int
    most_rows: int
    counters: str
    metrics: bool
    limits: Rates

    def address(self, path: str) -> str:
        """A path of the API as the outside reaches it; the path alone where no public address is named."""
        return f"{(self.public_url or '').rstrip('/')}{path}"


def terms_of(settings: Settings) -> Terms:
    """The terms that the settings' folder holds."""
    return read(settings.config / "api.yaml", Terms)
