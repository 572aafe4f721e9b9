"""The register: who may speak for whom, which rights are registered, and who is allowed to use them."""

from datetime import date

from starlette.responses import Response

from noticedesk import store
from noticedesk.console.files import handed_out
from noticedesk.console.handling import BadForm, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk.registry import proofs, register
from noticedesk.model.party import Mandate
from noticedesk.model.person import Act, Person
from noticedesk.model.right import Permission, Right, RightKind, RightStatus
from noticedesk.store import records, search

SHOWN = 100


def show(visit: Visit) -> Response:
    """What is on file about a holder, or of everybody the newest."""
    holder = register.key(visit.query.text("holder"))
    with visit.desk.db.read() as look:
        mandates = search.newest(look, Mandate, SHOWN, **({"principal": holder} if holder else {}))
        rights = search.newest(look, Right, SHOWN, **({"holder": holder} if holder else {}))
        leaves = search.newest(look, Permission, SHOWN, right=[one.id for one in rights])
        people = {person.id: person.name for person in records.find(look, Person)}
    return visit.page(
        "register",
        holder=visit.query.text("holder"),
        mandates=mandates,
        rights=rights,
        leaves=leaves,
        of={right.id: right for right in rights},
        people=people,
        kinds=list(RightKind),
        states=list(RightStatus),
        saved=visit.query.text("saved"),
        today=visit.desk.now().date(),
        may_keep=visit.who.may(Act.KEEP_REGISTER),
        kinds_of_document=sorted({name for _, name in proofs.KINDS}),
        most=proofs.LARGEST // 2**20,
    )


def add_mandate(visit: Visit) -> Response:
    """Keeps a mandate, with the document that proves it."""
    shown = register.Shown(
        proof=visit.form.text("proof"),
        rights=visit.form.several("rights"),
        territory=visit.form.several("territory"),
        expires=_day(visit.form.text("expires")),
        document=visit.form.files.get("document", b""),
    )
    made = register.add_mandate(visit.desk, visit.who, visit.form.text("principal"), visit.form.text("agent"), shown)
    return visit.go("/register", holder=made.principal, saved="mandate")


def end_mandate(visit: Visit) -> Response:
    """Ends a mandate."""
    ended = register.end_mandate(visit.desk, visit.who, visit.form.text("mandate"))
    return visit.go("/register", holder=ended.principal, saved="ended")


def check_right(visit: Visit) -> Response:
    """Keeps what an office's register says, as looked up by this person now."""
    seen = register.Registration(
        kind=one_of(RightKind, visit.form.text("kind")),
        holder=visit.form.text("holder"),
        office=visit.form.text("office"),
        number=visit.form.text("number"),
        status=one_of(RightStatus, visit.form.text("status")),
        classes=visit.form.several("classes"),
        territory=visit.form.several("territory"),
        expires=_day(visit.form.text("expires")),
    )
    right = register.check_right(visit.desk, visit.who, seen)
    return visit.go("/register", holder=right.holder, saved="right")


def add_permission(visit: Visit) -> Response:
    """Keeps that a use of a right is allowed."""
    leave = register.Leave(
        holder=visit.form.text("holder"),
        account=visit.form.text("account"),
        listing=visit.form.text("listing"),
        territories=visit.form.several("territories"),
        expires=_day(visit.form.text("expires")),
        note=visit.form.text("note"),
    )
    register.add_permission(visit.desk, visit.who, visit.form.text("right"), leave)
    return _to_right(visit, visit.form.text("right"), "permission")


def end_permission(visit: Visit) -> Response:
    """Ends a permission."""
    ended = register.end_permission(visit.desk, visit.who, visit.form.text("permission"))
    return _to_right(visit, ended.right, "ended")


def proof(visit: Visit) -> Response:
    """The document of a mandate, to be saved and never opened in the browser."""
    with visit.desk.db.read() as look:
        mandate = records.get(look, Mandate, visit.path["mandate"])
    if not mandate.document:
        raise store.Missing(f"{mandate.id} has no document; its proof is described in words")
    raw = handed_out(visit, visit.desk.blobs.get(mandate.document))
    # the name is ours, and its ending that of the contents
    named = {"content-disposition": f'attachment; filename="{mandate.id}.{proofs.kind(raw) or "bin"}"'}
    return Response(raw, media_type="application/octet-stream", headers=named)


def _to_right(visit: Visit, right: str, saved: str) -> Response:
    with visit.desk.db.read() as look:
        holder = records.get(look, Right, right).holder
    return visit.go("/register", holder=holder, saved=saved)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadForm(f"{text[:40]!r} is no day; write it as 2027-01-31") from None
