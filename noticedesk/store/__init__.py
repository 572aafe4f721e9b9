"""Store: the one door to the database and the blobs: tables, queue, chain, outbox, people."""

from noticedesk.store import chain, moves, outbox, people, proof, queue, records, search, sessions, sources, waiting
from noticedesk.store.attached import About, AttachedFinding, attach
from noticedesk.store.blobs import Blobs, Corrupt, Erased
from noticedesk.store.checkpoint import Checkpoint
from noticedesk.store.database import Database, Look, Transaction, open
from noticedesk.store.errors import Busy, Conflict, Missing, StoreError, Unprepared
from noticedesk.store.schema import analyze, is_current, migrate
from noticedesk.store.secret import NotAccepted
from noticedesk.store.stale import Stale

__all__ = [
    "About",
    "AttachedFinding",
    "Blobs",
    "Busy",
    "Checkpoint",
    "Conflict",
    "Corrupt",
    "Database",
    "Erased",
    "Look",
    "Missing",
    "NotAccepted",
    "Stale",
    "StoreError",
    "Transaction",
    "Unprepared",
    "analyze",
    "attach",
    "chain",
    "is_current",
    "migrate",
    "moves",
    "open",
    "outbox",
    "people",
    "proof",
    "queue",
    "records",
    "search",
    "sessions",
    "sources",
    "waiting",
]
