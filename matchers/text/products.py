"""Products: do two offers show the same article, by titles, model codes, numbers, brand and price."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from matchers.finding import Finding
from matchers.text.views import views

NAME = "product"
_CODE = re.compile(r"(?=[a-z0-9./-]*\d)[a-z0-9][a-z0-9./-]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """An offer as a shop states it; every field but the title may be empty."""

    title: str
    description: str = ""
    brand: str = ""
    price: str = ""
    category: str = ""
    modelno: str = ""


def product(a: Product, b: Product) -> Finding:
    """The same product: how far titles cover each other, raised or lowered by model codes."""
    ours, theirs = _plain(a.title), _plain(b.title)
    if min(len(ours), len(theirs)) < 3:
        return Finding(
            matcher=NAME, ours=a.title, theirs=b.title, outcome="unmatchable", reason="one title has too few letters"
        )
    mine, other = codes(a), codes(b)
    alike = fuzz.token_set_ratio(ours, theirs) / 100
    score = 1.0 if ours == theirs else 0.5 * alike + (0.45 if mine & other else 0.1 if not (mine and other) else 0.0)
    return Finding(matcher=NAME, ours=a.title, theirs=b.title, score=min(1.0, score), reason=_reason(mine, other))


def codes(offer: Product) -> frozenset[str]:
    """Model codes: words of at least three characters that hold a digit, hyphens and slashes taken out."""
    text = _plain(f"{offer.title} {offer.modelno}")
    return frozenset(code for code in (re.sub(r"[./-]", "", m) for m in _CODE.findall(text)) if len(code) >= 3)


def _plain(text: str) -> str:
    return views(text)[0].text.strip() if text else ""


def _reason(mine: frozenset[str], other: frozenset[str]) -> str:
    if mine & other:
        return f"both carry the code {', '.join(sorted(mine & other))}"
    if mine and other:
        return f"their codes differ: {', '.join(sorted(mine))} and {', '.join(sorted(other))}"
    return "compared by their titles only"
