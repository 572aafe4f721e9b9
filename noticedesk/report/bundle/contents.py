"""What goes into an evidence bundle: the case, its bytes as they were received, captured and sent, and its events."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Final

from noticedesk import store
from noticedesk.desk.cases.casefile import Case
from noticedesk.model.claim import Lane
from noticedesk.model.evidence import Evidence, EvidenceRole
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.sandbox import Ending

_ENDINGS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/warc": "warc",
    "application/gzip": "gz",
    "message/rfc822": "eml",
}
"""Endings of what is safe to have on a disk; anything else, above all pages and drawings, ends in .bin."""

_PICTURES: Final = (EvidenceRole.MEDIA, EvidenceRole.REFERENCE, EvidenceRole.PICTURE)


@dataclass(slots=True)
class Contents:
    """The files by path, what each shows, and what is not in the bundle, with the reason."""

    case: Case
    files: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How bytes are had, read and drawn again; hostile ones where they can be stopped."""

    blob: Callable[[str], bytes]
    text: Callable[[Notice], str]
    redraw: Callable[[bytes], bytes]


def collect(look: store.Look, case: Case, means: Means, *, with_unsafe: bool) -> Contents:
    """Everything of the case; what is flagged unsafe only `with_unsafe`."""
    made = Contents(case)
    for notice in case.notices:
        _notice(made, notice, means, with_unsafe)
    for letter in case.letters:
        _add(made, f"letters/{letter.id}.eml", letter.sha256, means, f"letter {letter.id}")
    for item in case.evidence:
        if item.sha256:
            _evidence(made, item, means, with_unsafe)
    made.files["events.jsonl"] = b"".join(_line(row) for row in store.proof.rows_of(look, case.claim.id))
    made.files["case.json"] = _json(_shown(case, with_unsafe))
    made.files["left_out.json"] = _json([{"what": what, "why": why} for what, why in made.left_out])
    return made


def is_unsafe(case: Case, notice: Notice | None = None) -> bool:
    """Whether only the role safety may see the content: of the whole case, or of a notice that was set aside for it."""
    if case.claim.lane is Lane.SAFETY:
        return True
    return notice is not None and notice.state is NoticeState.QUARANTINED and notice.problem == ""


def _notice(made: Contents, notice: Notice, means: Means, with_unsafe: bool) -> None:
    if is_unsafe(made.case, notice) and not with_unsafe:
        made.left_out.append((f"notice {notice.id}", "flagged for safety"))
        return
    ending = "eml" if notice.message_id else "bin"
    if _add(made, f"notices/{notice.id}.{ending}", notice.sha256, means, f"notice {notice.id}"):
        try:
            made.texts[notice.id] = means.text(notice)
        except (Ending, store.StoreError) as error:
            made.left_out.append((f"text of notice {notice.id}", str(error)))
        else:
            made.files[f"texts/{notice.id}.txt"] = made.texts[notice.id].encode()


def _evidence(made: Contents, item: Evidence, means: Means, with_unsafe: bool) -> None:
    if is_unsafe(made.case) and not with_unsafe:
        made.left_out.append((f"evidence {item.id}", "flagged for safety"))
        return
    ending = "warc" if item.role is EvidenceRole.WARC else _ENDINGS.get(item.media_type.partition(";")[0], "bin")
    path = f"captures/{item.sha256}.{ending}"
    if not _add(made, path, item.sha256, means, f"evidence {item.id}") or item.role not in _PICTURES:
        return
    try:
        drawn = means.redraw(made.files[path])
    except Ending as error:
        made.left_out.append((f"picture of evidence {item.id}", str(error)))
    else:
        made.pictures[item.id] = f"pictures/{item.sha256}.png"
        made.files[made.pictures[item.id]] = drawn


def _add(made: Contents, path: str, sha256: str, means: Means, what: str) -> bool:
    """Adds bytes by their digest; what was erased or damaged is told, and the bundle is made all the same."""
    try:
        made.files[path] = means.blob(sha256)
    except store.StoreError as error:
        made.left_out.append((what, str(error)))
        return False
    return True


def _shown(case: Case, with_unsafe: bool) -> dict[str, object]:
    whole = asdict(case)
    if with_unsafe:
        return whole
    for notice, shown in zip(case.notices, whole["notices"], strict=True):
        if is_unsafe(case, notice):
            shown["subject"] = ""
    return whole


def _json(value: object) -> bytes:
    return json.dumps(value, default=str, ensure_ascii=False, indent=1).encode()


def _line(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def sections(made: Contents) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """The case as tables of plain cells, in the order in which one reads."""
    case = made.case
    yield "Parties", [{"role": p.role, "name": p.name, "e-mail": p.email, "verified": p.verified} for p in case.parties]
    yield "Works", [{"id": w.id, "title": w.title, "mark": w.mark, "registration": w.registration} for w in case.works]
    yield (
        "Allegations",
        [
            {"id": f.allegation.id, "listing": f.listing.url, "title": f.listing.title, "state": f.allegation.state}
            for f in case.allegations
        ],
    )
    yield (
        "Findings",
        [
            {
                "allegation": f.allegation.id,
                "matcher": x.matcher,
                "score": x.score,
                "result": x.outcome,
                "reason": x.reason,
            }
            for f in case.allegations
            for x in f.findings
        ],
    )
    yield "Decisions", [
        {"allegation": f.allegation.id, "action": d.action, "reason": d.reason, "by": d.decided_by, "at": d.decided_at,
         "taken back": d.undone_at}
        for f in case.allegations
        for d in f.decisions
    ]  # fmt: skip
    yield (
        "Letters",
        [{"id": t.id, "template": t.template, "to": t.to, "state": t.state, "sent": t.sent_at} for t in case.letters],
    )
    yield (
        "Clocks",
        [{"rule": k.rule, "kind": k.kind, "due": k.due, "state": k.state, "by": k.reference} for k in case.clocks],
    )
    yield (
        "Timeline",
        [{"seq": e.seq, "at": e.at, "who": e.actor, "what": e.act, "subject": e.subject} for e in case.events],
    )
    yield "Not in this bundle", [{"what": what, "why": why} for what, why in made.left_out]
