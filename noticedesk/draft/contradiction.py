"""What contradicts itself in a case, or states an effect that nobody confirmed: each with a name and a sentence."""

from collections.abc import Callable, Iterable

from noticedesk.draft.clean import one_line
from noticedesk.draft.facts import ElementFacts, Facts
from noticedesk.draft.letters import FrontMatter
from noticedesk.regime import SURE

Check = Callable[[FrontMatter, Facts], bool]


def _removal_unconfirmed(front: FrontMatter, facts: Facts) -> bool:
    """It states a removal that the platform has not confirmed for every listing."""
    return "removal" in front.states and any(listing.removed_at is None for listing in facts.listings)


def _restoration_unconfirmed(front: FrontMatter, facts: Facts) -> bool:
    """It states a restoration, or the end of a measure, that the platform has not confirmed for every listing."""
    return bool({"restoration", "lifting"} & set(front.states)) and any(
        listing.restored_at is None for listing in facts.listings
    )


def _removal_undone(front: FrontMatter, facts: Facts) -> bool:
    """It states a removal of a listing that has since come back."""
    return "removal" in front.states and any(
        listing.removed_at and listing.restored_at and listing.restored_at >= listing.removed_at
        for listing in facts.listings
    )


def _restored_before_removed(front: FrontMatter, facts: Facts) -> bool:
    """A listing came back before it was taken down."""
    return "restoration" in front.states and any(
        listing.removed_at and listing.restored_at and listing.restored_at < listing.removed_at
        for listing in facts.listings
    )


def _two_principals(front: FrontMatter, facts: Facts) -> bool:
    """The case names two different owners of the right."""
    named = (facts.principal, *facts.principals, *(work.principal for work in facts.works))
    return len(_distinct(named)) > 1


def _window_reversed(front: FrontMatter, facts: Facts) -> bool:
    """The first day of restoration lies after the last."""
    return (
        facts.restore_from is not None and facts.restore_until is not None and facts.restore_from > facts.restore_until
    )


def _given_and_missing(front: FrontMatter, facts: Facts) -> bool:
    """The same element is said to be given and to be missing."""
    return bool({element.id for element in facts.given} & {element.id for element in facts.missing})


def _waiting_though_retracted(front: FrontMatter, facts: Facts) -> bool:
    """It announces a waiting time although the notice was taken back."""
    return "waiting" in front.states and facts.retracted is not None


def _restored_though_court_action(front: FrontMatter, facts: Facts) -> bool:
    """It states a restoration although a court action keeps the material down."""
    return "restoration" in front.states and facts.court_action is True and facts.retracted is None


def _basis_unknown(front: FrontMatter, facts: Facts) -> bool:
    """The basis of the decision is neither law nor terms."""
    return facts.reasons.basis not in ("", "law", "terms")


def _unsure_law(front: FrontMatter, facts: Facts) -> bool:
    """It would state what the law asks, and how sure that is says that legal must look first."""
    stated = (*(facts.missing if "missing" in front.needs else ()), *_answered(front, facts))
    return any(element.tag not in SURE for element in stated)


CONTRADICTIONS: list[tuple[str, Check]] = [
    ("removal_unconfirmed", _removal_unconfirmed),
    ("restoration_unconfirmed", _restoration_unconfirmed),
    ("removal_undone", _removal_undone),
    ("restored_before_removed", _restored_before_removed),
    ("two_principals", _two_principals),
    ("window_reversed", _window_reversed),
    ("given_and_missing", _given_and_missing),
    ("waiting_though_retracted", _waiting_though_retracted),
    ("restored_though_court_action", _restored_though_court_action),
    ("basis_unknown", _basis_unknown),
    ("unsure_law", _unsure_law),
]


UNCONFIRMED = frozenset({"removal_unconfirmed", "restoration_unconfirmed"})
"""The problems that the platform's confirmation ends."""


def contradictions(front: FrontMatter, facts: Facts) -> tuple[str, ...]:
    """The problems of a letter over these facts, each as "name: what is wrong"."""
    return tuple(f"{name}: {check.__doc__}" for name, check in CONTRADICTIONS if check(front, facts))


def _answered(front: FrontMatter, facts: Facts) -> tuple[ElementFacts, ...]:
    return facts.answer_elements if "answer_elements" in front.needs else ()


def _distinct(names: Iterable[str]) -> frozenset[str]:
    """Names apart from case, spaces and full stops, in which the same owner may be written twice."""
    plain = (one_line(name).casefold().replace(".", "").replace(",", "") for name in names)
    return frozenset(name for name in plain if name)
