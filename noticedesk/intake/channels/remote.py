"""The one door to folders that lie elsewhere: an fsspec file system, or an SFTP server that is held to its key."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from noticedesk.intake.channels.source import Source, SourceError
from noticedesk.settings import SettingError

if TYPE_CHECKING:
    from paramiko import PKey

TIMEOUT = 30.0
"""Seconds that an SFTP server may be silent at any step."""


@contextmanager
def connected(source: Source, secret: str) -> Iterator[tuple[Any, str]]:
    """A file system and the folder in it; the connection of SFTP ends with the context."""
    if urlsplit(source.path).scheme in {"sftp", "ssh"}:
        with _sftp(source, secret) as (files, folder):
            yield files, folder
        return
    # Imported late: most desks read no folders elsewhere.
    import fsspec

    try:
        files, folder = fsspec.core.url_to_fs(source.path)
    except (ImportError, ValueError) as error:
        raise SettingError(f"source {source.id}: {source.path} cannot be opened: {error}") from None
    # What has been listed before may be gone.
    files.invalidate_cache()
    yield files, folder


@contextmanager
def telling(source: Source) -> Iterator[None]:
    """Tells what goes wrong as an error of the source."""
    try:
        yield
    except (SourceError, SettingError):
        raise
    # Every storage has a library of its own, and each has errors of its own.
    except Exception as error:
        raise SourceError(f"source {source.id}: {type(error).__name__}: {str(error)[:300]}") from error


@contextmanager
def _sftp(source: Source, secret: str) -> Iterator[tuple[Any, str]]:
    from fsspec.implementations.sftp import SFTPFileSystem

    parts = urlsplit(source.path)
    if parts.password is not None:
        raise SettingError(f"source {source.id}: its path holds a password; put it into the environment")
    if not (parts.hostname and parts.username and source.host_key and secret):
        name = source.id.upper().replace("-", "_")
        raise SettingError(
            f"source {source.id}: SFTP needs sftp://user@host/folder, host_key (ssh-keyscan HOST shows it), and"
            f" NOTICEDESK_SECRET_{name}: a password, or a private key"
        )
    with telling(source):
        files = SFTPFileSystem(
            parts.hostname,
            port=parts.port or 22,
            username=unquote(parts.username),
            host_key_policy=_pinned(source),
            timeout=TIMEOUT,
            allow_agent=False,
            look_for_keys=False,
            skip_instance_cache=True,
            **_proof(secret),
        )
    try:
        files.ftp.get_channel().settimeout(TIMEOUT)
        yield files, unquote(parts.path)
    finally:
        files.client.close()


def _proof(secret: str) -> dict[str, "str | PKey"]:
    """What signs in: a private key where the secret is one, else a password."""
    if not secret.lstrip().startswith("-----BEGIN"):
        return {"password": secret}
    from paramiko import Ed25519Key, PKey, RSAKey, SSHException
    from paramiko.ecdsakey import ECDSAKey

    kinds: list[type[PKey]] = [Ed25519Key, ECDSAKey, RSAKey]
    for kind in kinds:
        try:
            return {"pkey": kind.from_private_key(io.StringIO(secret.strip() + "\n"))}
        except (SSHException, ValueError):
            continue
    raise SettingError("the private key of the source is of no kind that can be used without a passphrase")


def _pinned(source: Source) -> Any:
    """A policy that takes exactly the key of sources.yaml; a server that shows another one is not spoken to."""
    from paramiko import MissingHostKeyPolicy, PKey, SSHClient, SSHException

    kind, _, rest = source.host_key.strip().partition(" ")
    try:
        wanted = base64.b64decode(rest.split()[0], validate=True)
    except (ValueError, IndexError):
        raise SettingError(f"source {source.id}: write host_key as {kind or 'ssh-ed25519'} AAAA...") from None

    class Pinned(MissingHostKeyPolicy):  # type: ignore[misc]
        # Called for every key, since none is known beforehand.
        def missing_host_key(self, client: SSHClient, hostname: str, key: PKey) -> None:
            if key.asbytes() != wanted:
                raise SSHException(f"{hostname} shows another {key.get_name()} key than host_key says")

    return Pinned()
