"""What erasure leaves: columns of text that stay, and tables that hold no row of a claim."""

from typing import Final

KEPT: Final[dict[str, tuple[str, ...]]] = {
    "claims": ("service", "regime", "verdict", "state", "lane", "language", "linked", "flags", "lease_owner"),
    "notices": (
        "service",
        "channel",
        "sha256",
        "kind",
        "state",
        "claim",
        "verified",
        "reader",
        "language",
        "lease_owner",
    ),
    "works": ("claim", "kind", "classes"),
    "allegations": ("claim", "work", "listing", "right", "state", "flags", "lease_owner"),
    "inquiries": ("notice", "owner"),
    "escalations": ("about", "claim", "team", "asked_by", "owner", "answered_by"),
    "listings": ("service", "country", "language"),
    "title_keys": (),
    "rights": ("kind", "office", "classes", "territory", "status", "checked_by"),
    "permissions": ("right", "reason", "territories"),
    "parties": ("claim", "role", "verified"),
    "mandates": ("territory",),
    "evidence": ("claim", "listing", "work", "role", "how", "outcome", "sha256", "media_type"),
    "findings": ("allegation", "work", "reference", "evidence", "matcher", "outcome"),
    "proposals": ("allegation", "band", "action", "reason", "regime", "thresholds", "flags", "territories"),
    "decisions": (
        *("allegation", "action", "reason", "decided_by", "territories", "regime", "thresholds", "basis", "ground"),
        *("category", "content_date", "source", "undone_by"),
    ),
    "restrictions": ("listing", "allegation", "action", "ground", "territories", "lifted_by"),
    "clocks": (
        *("claim", "allegation", "rule", "kind", "start_event", "timezone", "calendar", "calendar_version", "regime"),
        *("reference", "tag", "state", "ended_by", "ended_why"),
    ),
    "visits": ("claim", "allegation", "seen", "evidence"),
    "letters": (
        *("claim", "allegation", "template", "language", "to_role", "sha256", "message_id", "state", "edited_from"),
    ),
    "outbox": ("kind", "key", "claim", "allegation", "letter", "body", "state", "lease_owner"),
    "notes": ("claim", "allegation", "author", "audience"),
    "first_answers": ("allegation", "person", "answer"),
    "custody": ("holder", "assignee"),
    "submissions": ("sender", "service", "kind", "body", "sha256", "state", "confirm_sha256", "told", "telling"),
    "holds": ("about", "placed_by", "lifted_by"),
    "alarms": ("key", "kind", "severity", "role", "person", "subject", "claim", "text", "acknowledged_by"),
    "fingerprints": ("campaign", "claim"),
    "sanctions": (
        "measure",
        "service",
        "claim",
        "allegation",
        "grounds",
        "by_rule",
        "reference",
        "answer",
        "answered_by",
    ),
    "samples": ("decision", "allegation", "automation", "reason", "answered_by"),
    "tombstones": ("about", "sha256", "erased_by", "why", "rule"),
    "signals": ("sha256", "allegation", "right", "state", "released_by"),
    "sightings": ("signal", "listing", "sha256", "outcome", "opened", "permission"),
    "hashes": ("preprocessing", "phash"),
    "hash_rows": ("picture",),
}
"""Columns of text that stay: ids, codes, digests, who of the desk did what. A new column must stand here or above."""

NOT_OF_A_CLAIM: Final = frozenset(
    {
        *("events", "chain_head", "people", "credentials", "tokens", "sessions", "invitations", "preferences"),
        *("automations", "sources", "senders", "sender_tokens", "waits", "wait_words", "fingerprint_bands"),
    }
)
"""Tables without rows of a claim, made anew from the others, or whose rows go with it; the log holds ids only."""
