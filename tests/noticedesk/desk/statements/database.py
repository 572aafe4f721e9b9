"""A transparency database of our own: it enforces the documented rules, written down here anew and apart from ours."""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any

from noticedesk.demo.origin import Reply, Request

TOKEN = "token-of-the-platform"

VISIBILITIES = (
    *("CONTENT_REMOVED", "CONTENT_DISABLED", "CONTENT_DEMOTED", "CONTENT_AGE_RESTRICTED"),
    *("CONTENT_INTERACTION_RESTRICTED", "CONTENT_LABELLED", "OTHER"),
)
STATES = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT"),
    *("LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
TYPES = ("APP", "AUDIO", "IMAGE", "PRODUCT", "SYNTHETIC_MEDIA", "TEXT", "VIDEO", "OTHER")
CHOICES = {
    "decision_visibility": [f"DECISION_VISIBILITY_{one}" for one in VISIBILITIES],
    "decision_monetary": [f"DECISION_MONETARY_{one}" for one in ("SUSPENSION", "TERMINATION", "OTHER")],
    "decision_provision": [
        f"DECISION_PROVISION_{part}_{how}" for part in ("PARTIAL", "TOTAL") for how in ("SUSPENSION", "TERMINATION")
    ],
    "decision_account": ["DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"],
    "account_type": ["ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE"],
    "decision_ground": ["DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"],
    "content_type": [f"CONTENT_TYPE_{one}" for one in TYPES],
    "source_type": [
        "SOURCE_ARTICLE_16",
        "SOURCE_TRUSTED_FLAGGER",
        "SOURCE_TYPE_OTHER_NOTIFICATION",
        "SOURCE_VOLUNTARY",
    ],
    "automated_detection": ["Yes", "No"],
    "automated_decision": [f"AUTOMATED_DECISION_{one}" for one in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")],
    "territorial_scope": list(STATES),
    "category": [
        f"STATEMENT_CATEGORY_{one}"
        for one in ("INTELLECTUAL_PROPERTY_INFRINGEMENTS", "UNSAFE_AND_PROHIBITED_PRODUCTS", "SCAMS_AND_FRAUD")
    ],
    "category_specification": [
        *(f"KEYWORD_{one}_INFRINGEMENT" for one in ("COPYRIGHT", "TRADEMARK", "DESIGN", "PATENT", "TRADE_SECRET")),
        *("KEYWORD_PROHIBITED_PRODUCTS", "KEYWORD_INAUTHENTIC_LISTINGS", "KEYWORD_OTHER"),
    ],
}
GROUNDS = {
    "DECISION_GROUND_ILLEGAL_CONTENT": ("illegal_content_legal_ground", "illegal_content_explanation"),
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": ("incompatible_content_ground", "incompatible_content_explanation"),
}
LISTS = ("decision_visibility", "content_type", "territorial_scope", "category_specification", "category_addition")
LENGTHS = {"decision_facts": 5000, "illegal_content_explanation": 2000, "incompatible_content_explanation": 2000}
SHORT = ("illegal_content_legal_ground", "incompatible_content_ground", "decision_visibility_other", "puid")
REQUIRED = (
    *("decision_ground", "content_type", "category", "content_date", "application_date", "decision_facts"),
    *("source_type", "automated_detection", "automated_decision", "puid", "territorial_scope"),
)
DATES = {"content_date": date(2000, 1, 1), "application_date": date(2020, 1, 1)}


@dataclass
class Database:
    """`had` are the statements by puid; `calls` how many came with each; `replies` are given before it judges again."""

    had: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[int] = field(default_factory=list)
    replies: list[int] = field(default_factory=list)
    deaf: int = 0

    def __call__(self, request: Request) -> Reply:
        assert (request.method, request.path) == ("POST", "/api/v1/statements")
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _json(HTTPStatus.UNAUTHORIZED, {"message": "Unauthenticated."})
        given = json.loads(request.body)["statements"]
        self.calls.append(len(given))
        if self.replies:
            return _json(self.replies.pop(0), {"message": "Server Error"})
        answer = self._judged(given)
        if self.deaf:
            # it took the call, and its answer is lost on the way
            self.deaf -= 1
            return _json(HTTPStatus.BAD_GATEWAY, {"message": "Bad Gateway"})
        return answer

    def _judged(self, given: list[dict[str, Any]]) -> Reply:
        if not 1 <= len(given) <= 100:
            return _refused({"statements": ["The statements field must have between 1 and 100 items."]})
        wrong = {f"statement_{place}": found for place, one in enumerate(given) if (found := faults(one))}
        if wrong:
            return _refused(wrong)
        puids = [one["puid"] for one in given]
        known = sorted({one for one in puids if one in self.had or puids.count(one) > 1})
        if known:
            return _refused({"puid": ["The platform identifier(s) are not all unique."], "existing_puids": known})
        self.had |= {one["puid"]: one for one in given}
        said = [one | {"uuid": f"uuid-{one['puid']}"} for one in given]
        return _json(HTTPStatus.CREATED, {"statements": said})


def faults(one: dict[str, Any]) -> dict[str, list[str]]:
    """What is wrong with a statement, by field."""
    found = {name: ["is required"] for name in REQUIRED if not one.get(name)}
    for name, choices in CHOICES.items():
        values = one.get(name, []) if name in LISTS else [one[name]] if name in one else []
        if not isinstance(values, list) or any(value not in choices for value in values):
            found[name] = ["is invalid"]
    if not any(one.get(f"decision_{kind}") for kind in ("visibility", "monetary", "provision", "account")):
        found["decision_visibility"] = ["is required when none of the others is present"]
    if "DECISION_VISIBILITY_OTHER" in one.get("decision_visibility", []) and not one.get("decision_visibility_other"):
        found["decision_visibility_other"] = ["is required"]
    needed = GROUNDS.get(str(one.get("decision_ground")), ())
    found |= {name: ["is required"] for name in needed if not one.get(name)}
    for name, longest in (LENGTHS | dict.fromkeys(SHORT, 500)).items():
        if len(one.get(name, "")) > longest:
            found[name] = [f"may not be greater than {longest} characters"]
    if not re.fullmatch(r"[a-zA-Z0-9\-_]+", one.get("puid", "")):
        found["puid"] = ["format is invalid"]
    return found | _dates(one)


def _dates(one: dict[str, Any]) -> dict[str, list[str]]:
    found = {}
    for name in [name for name in one if name.endswith("_date") or name.startswith("end_date")]:
        day = date.fromisoformat(one[name])
        if not DATES.get(name, date(2000, 1, 1)) <= day <= date(2038, 1, 1):
            found[name] = ["is out of range"]
    return found


def _refused(errors: dict[str, Any]) -> Reply:
    return _json(HTTPStatus.UNPROCESSABLE_ENTITY, {"errors": errors})


def _json(status: int, said: dict[str, Any]) -> Reply:
    return Reply(status, json.dumps(said).encode(), "application/json")
