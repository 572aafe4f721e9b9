"""One request as the pages see it: who asks, what they sent, and the house that answers."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment
from starlette.responses import HTMLResponse, RedirectResponse, Response

from noticedesk import store
from noticedesk.console import keys
from noticedesk.console.pace import Pace
from noticedesk.console.provider import Provider
from noticedesk.console.remembered import Remembered
from noticedesk.console.rules import Rules
from noticedesk.desk.cases.showing import Easel
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff import wellness
from noticedesk.model.person import Person, Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every page shares."""

    desk: Desk
    easel: Easel
    rules: Rules
    pages: Environment
    provider: Provider | None = None
    pace: Pace = field(default_factory=Pace)
    remembered: Remembered = field(default_factory=Remembered)
    ahead: threading.Lock = field(default_factory=threading.Lock)

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; with TLS one that no other host and no plain request can set."""
        return "__Host-noticedesk" if self.rules.secure else "noticedesk"

    @property
    def leaving(self) -> str:
        """The name of the cookie that a browser carries to the identity provider and back."""
        return f"{self.cookie}-leaving"


class Sent(Mapping[str, str]):
    """The fields of a form or query; `several` gives all values of one, `files` the bytes of what was sent along."""

    def __init__(self, fields: Mapping[str, list[str]], files: Mapping[str, bytes] | None = None) -> None:
        self._fields, self.files = fields, files or {}

    def __getitem__(self, name: str) -> str:
        return self._fields[name][-1]

    def __iter__(self) -> Any:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def text(self, name: str) -> str:
        """The value without spaces around it; empty where there is none."""
        return self.get(name, "").strip()

    def several(self, name: str) -> tuple[str, ...]:
        """The values of one field, also when written in one and parted by commas or spaces."""
        given = ",".join(self._fields.get(name, [])).replace(" ", ",").split(",")
        return tuple(dict.fromkeys(one for one in given if one))


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A request to a page. `person` is None where nobody is signed in, which only the open pages allow.

    `part` asks for what changes from page to page alone: the frame is on the screen already.
    """

    house: House
    person: Person | None
    preferences: Preferences | None
    cookie: str
    leaving: str
    place: str
    asked: str
    path: Mapping[str, str]
    query: Sent
    form: Sent
    owes_codes: bool = False
    part: bool = False

    @property
    def desk(self) -> Desk:
        """The desk that acts."""
        return self.house.desk

    @property
    def who(self) -> Person:
        """Who is signed in; raises NotAccepted when nobody is."""
        if self.person is None:
            raise store.NotAccepted("nobody is signed in; sign in again")
        return self.person

    @cached_property
    def keys(self) -> dict[str, str]:
        """The person's keys by act; none where they have switched them off."""
        if self.preferences is None or not self.preferences.shortcuts:
            return {}
        return keys.in_use(dict(self.preferences.keys))

    def law_called(self, regime: str) -> str:
        """A regime by its title; a case to which none applies says so."""
        return next((law.title for law in self.desk.law if law.id == regime), regime or "no regime")

    @property
    def nudge(self) -> str:
        """Why the person should pause; empty while there is no reason."""
        return wellness.nudge(self.preferences, self.desk.now()) if self.preferences else ""

    def page(self, name: str, status: int = 200, **more: Any) -> HTMLResponse:
        """A page made from a template."""
        body = self.house.pages.get_template(f"{name}.html").render(
            visit=self, person=self.person, keys=self.keys, **more
        )
        # the same address has two forms, and no cache may give one for the other
        return HTMLResponse(body, status, {"vary": "hx-request"})

    def go(self, path: str, **query: str) -> Response:
        """Sends the browser to another page of ours, after an act."""
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)

    def let_in(self, cookie: str, path: str) -> Response:
        """Sends the browser on with a session."""
        return self.carrying(self.go(path), self.house.cookie, cookie)

    def carrying(self, answer: Response, name: str, value: str) -> Response:
        """The answer, with a cookie that scripts cannot read and other sites cannot send along with a form."""
        secure = self.house.rules.secure
        answer.set_cookie(name, value, path="/", secure=secure, httponly=True, samesite="lax")
        return answer

    def let_out(self) -> Response:
        """Sends the browser to the sign-in page without a session."""
        answer = self.go("/sign-in")
        answer.delete_cookie(self.house.cookie, path="/", secure=self.house.rules.secure, httponly=True, samesite="lax")
        return answer
