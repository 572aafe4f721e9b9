"""A person's own page: their keys, their one-time codes, and where they are signed in."""

from dataclasses import replace
from urllib.parse import quote

from starlette.responses import Response

from noticedesk import store
from noticedesk.console import keys, qr
from noticedesk.console.handling import one_of
from noticedesk.console.visit import Visit
from noticedesk.desk.actors import acting
from noticedesk.desk.staff import signin, wellness
from noticedesk.model.right import RightKind
from noticedesk.store import credentials, sessions


def show(visit: Visit) -> Response:
    """The page."""
    return _page(visit)


def choose_keys(visit: Visit) -> Response:
    """Keeps the person's keys; refuses keys that would clash."""
    own = {key.id: visit.form.text(key.id) for key in keys.KEYS if visit.form.text(key.id)}
    changed = {id: chosen for id, chosen in own.items() if chosen != keys.BY_ID[id].keys}
    try:
        keys.check(changed)
    except keys.Clash as clash:
        return _page(visit, 422, problem=str(clash))
    with visit.desk.db.write() as tx:
        liked = wellness.of(tx, visit.who.id)
        own_keys = tuple(sorted(changed.items()))
        wellness.keep(tx, replace(liked, shortcuts=bool(visit.form.text("shortcuts")), keys=own_keys))
    return visit.go("/you", saved="keys")


def choose_pictures(visit: Visit) -> Response:
    """Keeps how the person wants pictures shown."""
    chosen = {kind: one_of(wellness.Way, visit.form.text(kind)) for kind in wellness.KINDS}
    wellness.choose(visit.desk, visit.who, chosen)
    return visit.go("/you", saved="pictures")


def reveal(visit: Visit) -> Response:
    """Counts that the pictures of a case were revealed, and shows them; a script asks for no page."""
    wellness.reveal(visit.desk, visit.who)
    claim, allegation = visit.form.text("claim"), visit.form.text("allegation")
    if not claim:
        return Response(status_code=204)
    return visit.go(f"/case/{quote(claim, safe='')}", allegation=allegation, revealed="1")


def set_up_codes(visit: Visit) -> Response:
    """Asks for one-time codes from now on, once a code has shown that the secret arrived."""
    with visit.desk.db.write() as tx:
        secret, code = visit.form.text("secret"), visit.form.text("code")
        known = credentials.find(tx, visit.who.id)
        done = (
            known is not None
            and not known.totp
            and credentials.set_up_codes(tx, visit.who.id, secret, code, now=visit.desk.now())
        )
    return (
        visit.go("/you", saved="codes") if done else _page(visit, 422, problem="That code does not fit; try the next.")
    )


def change_password(visit: Visit) -> Response:
    """Changes the person's password, once they have shown the one they have."""
    visit.house.pace.sign_in(visit.place, visit.who.email)
    old, new = visit.form.get("old", ""), visit.form.get("password", "")
    try:
        if new != visit.form.get("again", ""):
            raise credentials.WeakPassword("the two new passwords differ; type the same one twice")
        signin.change_password(visit.desk.db, visit.who, visit.cookie, old, new, visit.desk.now())
    except (credentials.WeakPassword, store.NotAccepted) as problem:
        return _page(visit, 422, problem=str(problem))
    return visit.go("/you", saved="password")


def sign_out_everywhere(visit: Visit) -> Response:
    """Ends every session of the person, this one too."""
    with visit.desk.db.write() as tx:
        sessions.end_all(tx, visit.who.id, acting(visit.who), now=visit.desk.now())
    return visit.let_out()


def sheet(visit: Visit) -> Response:
    """The key sheet as a page of its own, for browsers without scripts."""
    return visit.page("keys", chosen=keys.in_use(dict(visit.preferences.keys) if visit.preferences else {}))


def _page(visit: Visit, status: int = 200, problem: str = "") -> Response:
    with visit.desk.db.read() as look:
        known = credentials.find(look, visit.who.id)
        running = sessions.running(look, visit.who.id, now=visit.desk.now())
        liked = wellness.of(look, visit.who.id)
    secret = credentials.new_code_secret() if known and not known.totp else ""
    address = credentials.code_address(secret, visit.who) if secret else ""
    return visit.page(
        "you",
        status,
        problem=problem,
        saved=visit.query.text("saved"),
        local=known is not None,
        secret=secret,
        address=address,
        code=qr.drawn(address) if address else "",
        running=running,
        chosen=keys.in_use(dict(visit.preferences.keys) if visit.preferences else {}),
        shortcuts=visit.preferences is None or visit.preferences.shortcuts,
        kinds=[
            (
                kind,
                wellness.way(
                    liked, None if kind == wellness.FLAGGED else RightKind(kind), flagged=kind == wellness.FLAGGED
                ),
            )
            for kind in wellness.KINDS
        ],
        ways=list(wellness.Way),
        seen=wellness.seen(liked),
    )
