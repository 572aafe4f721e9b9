"""The door of mail: encrypted where anything secret goes over it, bytes unchanged, and every ending told apart."""

import socket
import threading
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from noticedesk.desk.act import smtp
from noticedesk.settings import SettingError
from tests.noticedesk.desk.mail.servers import Recipients, Scripted, certificate

RAW = b"From: a@shop.example\r\nMessage-ID: <1@shop.example>\r\n\r\n.leading dot\r\n..two\r\n=C3=A9 end\r\n"
US, THEM = "agent+0123@shop.example", "mara@holm.example"


def send(to: smtp.Server, raw: bytes = RAW, recipient: str = THEM) -> str:
    with smtp.line(to) as line:
        return line.send(raw, US, recipient)


@pytest.mark.parametrize(
    ("url", "password", "said"),
    [
        ("", "", "set NOTICEDESK_SMTP"),
        ("smtp://ann@mail.example", "secret", "without encryption"),
        ("smtp+starttls://ann@mail.example", "", "set NOTICEDESK_SMTP_PASSWORD"),
        ("smtp+starttls://ann:secret@mail.example", "", "holds a password"),
        ("smtp+startls://mail.example", "", "did you mean smtp\\+starttls"),
        ("smtps://", "", "names no host"),
        ("smtps://mail.example:port", "", "cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_before_anything_is_sent(url: str, password: str, said: str) -> None:
    with pytest.raises(SettingError, match=said) as error:
        smtp.server(url, password)
    assert "secret" not in str(error.value)


def test_the_password_is_never_shown() -> None:
    assert "hush" not in repr(smtp.server("smtps://ann@mail.example", "hush"))


def test_the_bytes_arrive_unchanged_under_our_return_path() -> None:
    with Scripted() as sink:
        send(smtp.server(sink.url, ""))
    assert [(one.raw, one.sender, one.to) for one in sink.taken] == [(RAW, US, (THEM,))]


def test_several_letters_go_over_one_line_and_a_refused_one_does_not_stop_the_next() -> None:
    with (
        Recipients("gone@holm.example", "550 5.1.1 no such user") as sink,
        smtp.line(smtp.server(sink.url, "")) as line,
    ):
        line.send(RAW, US, THEM)
        with pytest.raises(smtp.RefusedForGood, match="no such user"):
            line.send(RAW, US, "gone@holm.example")
        line.send(RAW, US, THEM)
    assert len(sink.taken) == 2


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        ("550 5.7.1 refused", smtp.RefusedForGood),
        ("451 4.7.1 come back later", smtp.TryAgain),
        ("421 4.3.2 closing", smtp.TryAgain),
        ("drop", smtp.Uncertain),
    ],
)
def test_each_answer_to_a_letter_is_an_ending_of_its_own(said: str, ending: type[Exception]) -> None:
    with Scripted(said) as sink, pytest.raises(ending):
        send(smtp.server(sink.url, ""))


def test_an_answer_that_comes_too_late_is_uncertain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "AFTER_DATA", 0.2)
    with _mute(after=b"DATA") as port, pytest.raises(smtp.Uncertain, match="no answer came"):
        send(smtp.server(f"smtp://127.0.0.1:{port}", ""))


def test_a_line_that_breaks_before_the_letter_is_tried_again() -> None:
    with _mute(after=b"MAIL", hang_up=True) as port, pytest.raises(smtp.TryAgain, match="before the letter"):
        send(smtp.server(f"smtp://127.0.0.1:{port}", ""))


def test_no_server_at_all_is_told_with_its_place() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(smtp.NoServer, match=f"127.0.0.1:{port}"):
        send(smtp.server(f"smtp://127.0.0.1:{port}", ""))


@pytest.mark.parametrize("recipient", ["x@y.example>\r\nRCPT TO:<eve@evil.example", "zoë@holm.example"])
def test_an_address_that_no_command_can_carry_is_refused_here(recipient: str) -> None:
    with Scripted() as sink:
        with pytest.raises(smtp.RefusedForGood, match="cannot be written"):
            send(smtp.server(sink.url, ""), recipient=recipient)
        assert sink.offered == []


def test_login_goes_over_an_encrypted_line_only(tmp_path: Path) -> None:
    context, authority = certificate(tmp_path)
    logins = []

    def allow(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        logins.append((mechanism, data.login, data.password))  # type: ignore[attr-defined]
        return AuthResult(success=data.password == b"hush", handled=False)  # type: ignore[attr-defined]

    with Scripted(tls_context=context, require_starttls=True, auth_required=True, authenticator=allow) as sink:
        url = sink.url.replace("smtp://", "smtp+starttls://ann@")
        send(smtp.server(url, "hush", authority))
        with pytest.raises(smtp.NoServer, match="535"):
            send(smtp.server(url, "wrong", authority))
        with pytest.raises(smtp.NoServer, match="certificate"):
            send(smtp.server(url, "hush"))
        with pytest.raises(smtp.NoServer, match="530"):
            send(smtp.server(sink.url, ""))
    assert len(sink.taken) == 1
    assert {login[1] for login in logins} == {b"ann"}


def test_a_server_without_encryption_gets_no_password() -> None:
    with Scripted() as sink, pytest.raises(smtp.NoServer, match="STARTTLS"):
        send(smtp.server(sink.url.replace("smtp://", "smtp+starttls://ann@"), "hush"))


class _mute:
    """A server that answers until a command and then says nothing more, or hangs up."""

    def __init__(self, after: bytes, hang_up: bool = False) -> None:
        self.after, self.hang_up = after, hang_up
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._serve)

    def __enter__(self) -> int:
        self.thread.start()
        return int(self.socket.getsockname()[1])

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.thread.join()
        self.socket.close()

    def _serve(self) -> None:
        line, _ = self.socket.accept()
        with line, line.makefile("rb") as said:
            line.sendall(b"220 here\r\n")
            for command in said:
                if command.upper().startswith(self.after):
                    if not self.hang_up:
                        line.sendall(b"354 go on\r\n")
                        self.over.wait(10)
                    return
                line.sendall(b"250 OK\r\n")
