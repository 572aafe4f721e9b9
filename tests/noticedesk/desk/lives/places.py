"""Where the histories are set: one service a country, with the messages that its rules know."""

from dataclasses import dataclass

from noticedesk.model.service import Agent, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, the zone of its agent, the messages of history_letters.yaml, and a part that a notice can lack."""

    id: str
    country: str
    zone: str
    notice: str
    lacks: str
    counter: str = "counter-notice"
    counter_lacks: str = "signature"

    @property
    def host(self) -> str:
        """Where its listings are."""
        return f"{self.id}.shop.example"

    def item(self, name: str) -> str:
        """The address of a listing."""
        return f"https://{self.host}/item/{name}"

    def service(self) -> Service:
        """The service of the desk."""
        agent = Agent(
            name="Agent of the shop",
            address="1 Main Street",
            email=f"agent@{self.host}",
            timezone=self.zone,
        )
        return Service(id=self.id, name="Shop", hosts=(self.host,), countries=(self.country,), agent=agent)


PLACES = (
    Place(id="us", country="US", zone="America/New_York", notice="copyright notice", lacks="signature"),
    Place(id="uswest", country="US", zone="America/Los_Angeles", notice="copyright notice", lacks="perjury"),
    Place(id="hawaii", country="US", zone="Pacific/Honolulu", notice="copyright notice", lacks="good faith"),
    Place(
        id="au",
        country="AU",
        zone="Australia/Sydney",
        notice="australian notice",
        lacks="accuracy",
        counter="australian counter-notice",
    ),
    Place(
        id="sg",
        country="SG",
        zone="Asia/Singapore",
        notice="singapore notice",
        lacks="removal",
        counter="singapore counter-notice",
    ),
    Place(
        id="kr",
        country="KR",
        zone="Asia/Seoul",
        notice="korean notice",
        lacks="identity",
        counter="korean counter-notice",
        counter_lacks="location",
    ),
    Place(
        id="cn",
        country="CN",
        zone="Asia/Shanghai",
        notice="chinese notice",
        lacks="evidence",
        counter="chinese counter-notice",
        counter_lacks="location",
    ),
    Place(id="in", country="IN", zone="Asia/Kolkata", notice="indian complaint", lacks="undertaking"),
    Place(id="de", country="DE", zone="Europe/Berlin", notice="european notice", lacks="location"),
    Place(id="ca", country="CA", zone="America/Toronto", notice="canadian notice", lacks="time"),
    Place(id="jp", country="JP", zone="Asia/Tokyo", notice="japanese request", lacks="explanation"),
    Place(id="nz", country="NZ", zone="Pacific/Auckland", notice="new zealand notice", lacks="signature"),
    Place(id="gb", country="GB", zone="Europe/London", notice="british notice", lacks="nature"),
    Place(id="za", country="ZA", zone="Africa/Johannesburg", notice="south african notice", lacks="truth"),
    Place(id="br", country="BR", zone="America/Sao_Paulo", notice="brazilian notice", lacks="explanation"),
    Place(id="mark", country="US", zone="America/Chicago", notice="trademark notice", lacks="number"),
)
"""Every country whose rules have a history of their own; the first seven know a waiting time before a put-back."""
