"""Doubts: flags that follow from who sends, for whom and from where, and not from what the message says.

A flag is data: it sends a case to a person and shows them why. It decides nothing and moves nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import sqrt

from matchers import text
from matchers.text.lookalike import lookalike
from noticedesk.desk.misuse.conduct import Conduct
from noticedesk.model.party import Mandate, Party
from noticedesk.model.right import Right, RightKind, RightStatus
from noticedesk.store.conduct import Record

SAME_NAME = 0.5
"""From this probability on two names may be the same; never enough by itself."""

_CONFIDENCE = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known around a claim when it is judged.

    `sender` is the address a message came from; `addresses` are those from which the principal's earlier claims came,
    `agents` the agents of those, `known` the addresses of all known senders; `mandates` are on file for the principal.
    `verified` says that our mail server vouches for the sender, or that it was confirmed;
    `names` are all that parties of the claim bear.
    `put_back` says that the listing came back after an earlier notice of the same principal was answered.
    `lands` are the countries of the rules under which it is judged, empty where these are rules of no country.
    """

    now: datetime
    principal: str
    sender: str
    right: RightKind | None = None
    agent: str = ""
    mandates: tuple[Mandate, ...] = ()
    agents: tuple[str, ...] = ()
    rights: tuple[Right, ...] = ()
    addresses: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    record: Record = field(default_factory=Record)
    claimants: tuple[Party, ...] = ()
    sellers: tuple[Party, ...] = ()
    lands: tuple[str, ...] = ()
    suspended: bool = False
    verified: bool = True
    names: tuple[str, ...] = ()
    put_back: bool = False

    @property
    def today(self) -> date:
        """The day on which it is judged."""
        return self.now.date()

    @property
    def domain(self) -> str:
        """The domain of the sender's address."""
        return domain_of(self.sender)


def flags(case: Circumstances, rules: Conduct) -> tuple[str, ...]:
    """The ids of the flags that the circumstances raise."""
    return tuple(id for id, raised in FLAGS if raised(case, rules))


def domain_of(address: str) -> str:
    """The domain of an address; empty for what is none."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def mandates_of(case: Circumstances) -> list[Mandate]:
    """The mandates on file for the agent of this claim, by its name, its address or its domain."""
    mine = {_key(case.agent), case.sender.lower(), f"@{case.domain}"} - {"", "@"}
    return [one for one in case.mandates if _key(one.agent) in mine]


def new_agent(case: Circumstances, _rules: Conduct) -> bool:
    """An agent who never stood for this principal before and of whom no mandate is on file; old or not, it is shown."""
    return bool(case.agent) and not _known_agent(case) and not mandates_of(case)


def mandate_expired(case: Circumstances, _rules: Conduct) -> bool:
    """Mandates of the agent are on file, and every one of them is over."""
    mine = mandates_of(case)
    return bool(mine) and all(_over(one, case.today) for one in mine)


def outside_mandate(case: Circumstances, _rules: Conduct) -> bool:
    """A mandate stands, but none that stands covers this right, or a country of these rules."""
    standing = [one for one in mandates_of(case) if not _over(one, case.today)]
    return bool(standing) and not any(_covers(one, case) for one in standing)


def registration_expired(case: Circumstances, _rules: Conduct) -> bool:
    """The registration that is named has run out by what is on file, or was looked for and not found."""
    return any(
        right.status in (RightStatus.EXPIRED, RightStatus.NOT_FOUND)
        or (right.expires is not None and right.expires < case.today)
        for right in case.rights
    )


def claimant_is_seller(case: Circumstances, _rules: Conduct) -> bool:
    """A claimant and the seller of the listing share a name and a second field: a name alone links nobody."""
    return any(_same_party(one, other) for one in case.claimants for other in case.sellers)


def fresh_domain(case: Circumstances, rules: Conduct) -> bool:
    """Somebody writes as the principal itself from a domain that is new here, and others have always spoken for it."""
    domains = {domain_of(address) for address in case.addresses} - {""}
    if case.agent or not case.domain or not domains or case.domain in domains or mandates_of(case):
        return False
    first = case.record.first
    return first is None or case.now - first <= timedelta(days=rules.fresh_days)


def lookalike_domain(case: Circumstances, _rules: Conduct) -> bool:
    """The sender's domain can be taken for one of a known sender, or of the principal's earlier ones, and is none."""
    known = {domain_of(address) for address in (*case.known, *case.addresses)} - {""}
    return bool(case.domain) and lookalike(case.domain, known) is not None


def impersonated_complainant(case: Circumstances, rules: Conduct) -> bool:
    """Somebody writes as a principal whose notices came from a domain of its own: from free mail, or unvouched for."""
    own = {domain_of(address) for address in case.addresses} - {"", *rules.free_mail}
    if case.agent or not own:
        return False
    return case.domain in rules.free_mail or (case.domain in own and not case.verified)


def sanctioned_party(case: Circumstances, rules: Conduct) -> bool:
    """A party bears a name of the list that the operator's own screening has filled."""
    listed = {_key(name) for name in rules.sanctioned}
    return any(_key(name) in listed for name in (*case.names, *(party.name for party in case.sellers)) if name)


def high_refusal_rate(case: Circumstances, rules: Conduct) -> bool:
    """Of what the sender claimed, surely more than the configured share came to nothing."""
    record, most = case.record, rules.refusals
    lost = record.refused + record.overturned
    return record.decided >= most.least and _surely(lost, record.decided) > most.share


def processing_suspended(case: Circumstances, _rules: Conduct) -> bool:
    """A person has suspended the processing of this sender's notices for a time that still runs."""
    return case.suspended


def put_back_before(case: Circumstances, _rules: Conduct) -> bool:
    """The same principal claims again what came back after an answer to an earlier notice."""
    return case.put_back


Raised = Callable[[Circumstances, Conduct], bool]

FLAGS: list[tuple[str, Raised]] = [
    ("new_agent", new_agent),
    ("mandate_expired", mandate_expired),
    ("outside_mandate", outside_mandate),
    ("registration_expired", registration_expired),
    ("claimant_is_seller", claimant_is_seller),
    ("fresh_domain", fresh_domain),
    ("lookalike_domain", lookalike_domain),
    ("impersonated_complainant", impersonated_complainant),
    ("sanctioned_party", sanctioned_party),
    ("high_refusal_rate", high_refusal_rate),
    ("processing_suspended", processing_suspended),
    ("put_back_before", put_back_before),
]
"""Every flag of circumstances."""


def _known_agent(case: Circumstances) -> bool:
    return _key(case.agent) in {_key(one) for one in case.agents}


def _over(mandate: Mandate, today: date) -> bool:
    return mandate.expires is not None and mandate.expires < today


def _covers(mandate: Mandate, case: Circumstances) -> bool:
    numbers = {right.number for right in case.rights if right.number}
    kinds = {case.right.value} if case.right else set()
    here = set(case.lands)
    by_right = not mandate.rights or bool(set(mandate.rights) & (numbers | kinds))
    return by_right and (not mandate.territory or not here or bool(set(mandate.territory) & here))


def _same_party(one: Party, other: Party) -> bool:
    """The same name, as far as a name can say, and the same address, phone or account beside it."""
    score = text.name(one.name, other.name).score if one.name and other.name else None
    return score is not None and score >= SAME_NAME and _share_a_field(one, other)


def _share_a_field(one: Party, other: Party) -> bool:
    pairs: Sequence[tuple[str, str]] = (
        (_key(one.email), _key(other.email)),
        (_digits(one.phone), _digits(other.phone)),
        (_plain(one.address), _plain(other.address)),
        (one.account, other.account),
    )
    return any(ours and ours == theirs for ours, theirs in pairs)


def _digits(phone: str) -> str:
    """The last nine digits, so that a number with and without its country is one; fewer than seven are none."""
    found = "".join(letter for letter in phone if letter.isdigit())[-9:]
    return found if len(found) >= 7 else ""


def _plain(address: str) -> str:
    return "".join(letter for letter in address.casefold() if letter.isalnum())


def _key(said: str) -> str:
    return " ".join(said.lower().split())


def _surely(found: int, of: int) -> float:
    """The lower end of Wilson's interval of a share at 95 % (Wilson 1927)."""
    share, square = found / of, _CONFIDENCE**2
    middle = share + square / (2 * of)
    spread = _CONFIDENCE * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (middle - spread) / (1 + square / of)
