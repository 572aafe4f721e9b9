"""What can go wrong in the store, in words of the desk; no error of the database library leaves this room."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, StatementError


class StoreError(Exception):
    """The store could not do what was asked."""


class Missing(StoreError, LookupError):
    """There is no such row, token or blob."""


class Conflict(StoreError):
    """A row contradicts another: an identifier or key that is taken, or a reference that points to nothing."""


class Busy(StoreError):
    """Another writer held the database for too long; nothing was saved, and trying again is safe."""


class Unprepared(StoreError):
    """The database has no tables, or older ones than this version of noticedesk needs."""


_LOCKED = ("database is locked", "database table is locked", "lock timeout", "deadlock detected", "could not serialize")
_UNPREPARED = ("no such table", "no such column", "has no column named", "does not exist")


@contextmanager
def translated() -> Iterator[None]:
    """Turns errors of the database library into errors of the store."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(_first_line(error)) from error
    except (OperationalError, ProgrammingError) as error:
        raise _named(error) from error
    except StatementError as error:
        raise StoreError(_first_line(error)) from error


def _named(error: DBAPIError) -> StoreError:
    message = _first_line(error)
    if any(sign in message for sign in _LOCKED):
        return Busy(f"{message}: another writer holds the database; try again")
    if any(sign in message for sign in _UNPREPARED):
        return Unprepared(f"{message}: bring the database up to date with `noticedesk db upgrade`")
    return StoreError(message)


def _first_line(error: StatementError) -> str:
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else type(error.orig).__name__
