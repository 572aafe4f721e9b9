"""The tables, one a noun, and which noun stands in which."""

from typing import Any, Final

from sqlalchemy import Table

from noticedesk.model.alarm import Alarm
from noticedesk.model.allegation import Allegation
from noticedesk.model.automation import Automation, Sample
from noticedesk.model.casework import Custody, FirstAnswer, Note
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.conduct import Fingerprint, Sanction
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.escalation import Escalation, Inquiry
from noticedesk.model.event import Event
from noticedesk.model.evidence import Evidence
from noticedesk.model.keeping import LegalHold, Tombstone
from noticedesk.model.letter import Letter, Outbox
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.notice import Notice
from noticedesk.model.party import Mandate, Party
from noticedesk.model.person import Credential, Invitation, Person, Preferences, Session, Token
from noticedesk.model.right import Permission, Right, Work
from noticedesk.model.signal import Sighting, Signal
from noticedesk.model.submission import Sender, SenderToken, Submission
from noticedesk.model.visit import Visit
from noticedesk.store.attached import AttachedFinding
from noticedesk.store.checkpoint import Checkpoint
from noticedesk.store.tables import (
    automations,
    casework,
    claims,
    conduct,
    decisions,
    effects,
    holders,
    keeping,
    signals,
    submissions,
    titles,
    waits,
)

READ_MODELS: Final = (
    waits.waits,
    waits.wait_words,
    signals.hashes,
    signals.hash_rows,
    titles.title_keys,
    conduct.fingerprint_bands,
)
"""Tables that hold no noun: they are made from the others and from the blobs, to be read quickly."""

Noun = (
    Claim
    | Notice
    | Work
    | Allegation
    | Inquiry
    | Escalation
    | Listing
    | Right
    | Permission
    | Party
    | Mandate
    | Evidence
    | AttachedFinding
    | Proposal
    | Decision
    | Restriction
    | Clock
    | Letter
    | Outbox
    | Person
    | Token
    | Session
    | Credential
    | Invitation
    | Preferences
    | Custody
    | Note
    | FirstAnswer
    | Sender
    | SenderToken
    | Submission
    | Checkpoint
    | Visit
    | Alarm
    | LegalHold
    | Automation
    | Sample
    | Tombstone
    | Fingerprint
    | Sanction
    | Signal
    | Sighting
)
"""What is saved and changed; an Event is read like these and written by chain.append alone."""

TABLE_OF: Final[dict[type[Any], Table]] = {
    Claim: claims.claims,
    Notice: claims.notices,
    Work: claims.works,
    Allegation: claims.allegations,
    Inquiry: claims.inquiries,
    Escalation: claims.escalations,
    Listing: holders.listings,
    Right: holders.rights,
    Permission: holders.permissions,
    Party: holders.parties,
    Mandate: holders.mandates,
    Evidence: decisions.evidence,
    AttachedFinding: decisions.findings,
    Proposal: decisions.proposals,
    Decision: decisions.decisions,
    Restriction: decisions.restrictions,
    Clock: decisions.clocks,
    Letter: effects.letters,
    Outbox: effects.outbox,
    Person: effects.people,
    Token: effects.tokens,
    Session: effects.sessions,
    Credential: casework.credentials,
    Invitation: casework.invitations,
    Preferences: casework.preferences,
    Custody: casework.custody,
    Note: casework.notes,
    FirstAnswer: casework.first_answers,
    Sender: submissions.senders,
    SenderToken: submissions.sender_tokens,
    Submission: submissions.submissions,
    Checkpoint: effects.sources,
    Visit: keeping.visits,
    Alarm: keeping.alarms,
    LegalHold: keeping.holds,
    Automation: automations.automations,
    Sample: automations.samples,
    Tombstone: keeping.tombstones,
    Signal: signals.signals,
    Sighting: signals.sightings,
    Fingerprint: conduct.fingerprints,
    Sanction: conduct.sanctions,
    Event: effects.events,
}
"""Where each noun is kept."""

OF_THE_STORE: Final = frozenset(
    {"lease_owner", "lease_until", "attempts", "next_attempt_at", "last_error", "stuck"},
)
"""Columns that are the store's own business, where the noun has no field of that name."""
