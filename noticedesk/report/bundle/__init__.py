"""The evidence bundle of a case: one archive that opens offline and checks itself."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from noticedesk.desk.actors import acting
from noticedesk.desk.cases import casefile
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.person import Act, Person
from noticedesk.report.bundle import verify
from noticedesk.report.bundle.contents import Means, collect, is_unsafe
from noticedesk.report.bundle.page import page
from noticedesk.report.redraw import redrawn
from noticedesk.sandbox import Sandbox
from noticedesk.store import chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle as it was written: its seal, how many files it has, and what could not be or may not be in it."""

    path: Path
    seal: str
    files: int
    left_out: tuple[tuple[str, str], ...]


def make(desk: Desk, person: Person, claim: str, path: Path) -> Bundle:
    """Writes the bundle of a claim and logs who took it, with its seal.

    Raises NotPermitted for who may neither decide nor export (of a safety case: for whom it is not to see), and
    store.Missing where there is no such claim.
    """
    with desk.db.read() as look, Sandbox(workers=1) as sandbox:
        case = casefile.case(look, claim)
        _require(person, unsafe=is_unsafe(case))
        means = Means(
            blob=desk.blobs.get,
            text=lambda notice: desk.document(notice).text,
            redraw=lambda data: sandbox.call(redrawn, data),
        )
        made = collect(look, case, means, with_unsafe=person.may(Act.READ_SAFETY))
    made.files["index.html"] = page(made, desk.now()).encode()
    made.files["verify.py"] = Path(verify.__file__).read_bytes()
    sealed = verify.seal(made.files)
    seal = hashlib.sha256(sealed[verify.MANIFEST]).hexdigest()
    with desk.db.write() as tx:
        taken: dict[str, chain.Detail] = {"manifest": seal, "files": len(sealed)}
        chain.append(tx, acting(person), "case.exported", case.claim.id, case.claim.id, taken)
    path.write_bytes(verify.pack(sealed))
    return Bundle(path=path, seal=seal, files=len(sealed), left_out=tuple(made.left_out))


def _require(person: Person, *, unsafe: bool) -> None:
    permitted = [Act.READ_SAFETY] if unsafe else [Act.READ_SAFETY, Act.DECIDE, Act.EXPORT]
    if not any(person.may(act) for act in permitted):
        of = "a case of the safety team" if unsafe else "a case"
        raise NotPermitted(f"{person.name} may not take the evidence of {of} out of the desk")
