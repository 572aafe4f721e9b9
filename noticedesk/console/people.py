"""The people of the desk, for admins: accounts, roles, links, tokens, and sessions that end at once."""

from starlette.responses import Response

from noticedesk.console.handling import BadForm, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk.staff import people
from noticedesk.model.person import PERMITTED, Role


def show(visit: Visit) -> Response:
    """Everybody, the active ones first."""
    return _page(visit)


def add(visit: Visit) -> Response:
    """Adds a person, and shows the link with which they choose a password."""
    name, email = " ".join(visit.form.text("name").split()), visit.form.text("email")
    if not name or "@" not in email.strip("@"):
        raise BadForm("a person needs a name and an e-mail address")
    newcomer = people.Newcomer(name, email, _roles(visit))
    added = people.add(visit.desk.db, visit.who, newcomer, visit.desk.now())
    return _page(visit, told=_link(visit, added.id))


def change_roles(visit: Visit) -> Response:
    """Gives a person other roles."""
    people.change_roles(visit.desk.db, visit.who, visit.path["person"], _roles(visit))
    return visit.go("/people", saved="roles")


def close(visit: Visit) -> Response:
    """Closes an account: nothing of it works from now on."""
    people.change_active(visit.desk.db, visit.who, visit.path["person"], False, visit.desk.now())
    return visit.go("/people", saved="closed")


def reopen(visit: Visit) -> Response:
    """Lets a person act again; they sign in anew."""
    people.change_active(visit.desk.db, visit.who, visit.path["person"], True, visit.desk.now())
    return visit.go("/people", saved="reopened")


def invite(visit: Visit) -> Response:
    """Makes a link with which the person chooses a new password; also for who lost theirs, or their codes."""
    return _page(visit, told=_link(visit, visit.path["person"]))


def issue_token(visit: Visit) -> Response:
    """Makes a personal token for the command line and shows it, once."""
    token = people.token(visit.desk.db, visit.who, visit.path["person"], visit.desk.now())
    return _page(visit, told=("A personal token. Copy it now: it is shown only this once.", token))


def revoke_token(visit: Visit) -> Response:
    """Takes a personal token back."""
    people.revoke(visit.desk.db, visit.who, visit.form.text("token"), visit.desk.now())
    return visit.go("/people", saved="token")


def end_sessions(visit: Visit) -> Response:
    """Signs a person out everywhere."""
    people.end_sessions(visit.desk.db, visit.who, visit.path["person"], visit.desk.now())
    return visit.go("/people", saved="sessions")


def _link(visit: Visit, person: str) -> tuple[str, str]:
    secret = people.invite(visit.desk.db, visit.who, person, visit.desk.now())
    address = f"{visit.house.rules.url.rstrip('/')}/welcome?link={secret}"
    return "A link with which the person chooses a password. It works once, for three days; send it to them.", address


def _roles(visit: Visit) -> tuple[Role, ...]:
    return tuple(one_of(Role, role) for role in visit.form.several("role"))


def _page(visit: Visit, told: tuple[str, str] | None = None) -> Response:
    with visit.desk.db.read() as look:
        everybody = people.standing(look, visit.who, now=visit.desk.now())
    return visit.page(
        "people",
        everybody=everybody,
        told=told,
        saved=visit.query.text("saved"),
        roles=[(role, sorted(PERMITTED[role])) for role in Role],
        codes_for=visit.house.rules.codes_for,
    )
