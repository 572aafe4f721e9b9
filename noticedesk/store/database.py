"""The database: one engine for writing, one for reading, and the transactions that the rest of the desk works in."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    Executable,
    Select,
    Table,
    UpdateBase,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import URL, make_url

from noticedesk.store.errors import StoreError, translated

_PATIENCE_SECONDS: Final = 60
_CACHE_KILOBYTES: Final = 64 * 1024  # of pages, a connection at most: SQLite's own 2 MB hold no index of a large desk
_LARGE: Final = 50
_RECALLED: Final = 2_000
_CHAIN_LOCK: Final = 0x6E64_6C6F_67  # any number that nobody else locks in this database: "ndlog"
_POSTGRES: Final = frozenset({"postgresql", "postgres", "postgresql+psycopg"})


T = TypeVar("T")

Rows = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""The parameters of a statement, once or once a row."""


class Look:
    """A consistent view of the database that cannot change it."""

    def __init__(self, connection: Connection) -> None:
        """Reads through the connection until the transaction ends."""
        self.connection = connection
        self._known: dict[str, dict[Hashable, list[Any]]] = {}

    @property
    def on_postgres(self) -> bool:
        """Whether the database is PostgreSQL, for the few statements that differ."""
        return self.connection.dialect.name == "postgresql"

    def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        """The result of one statement, with the store's own errors; several rows are sent at once."""
        with translated():
            return self.connection.execute(statement, rows)

    def recalled(self, table: str, asked: Hashable, read: Callable[[], list[T]]) -> list[T]:
        """What was read of a table before in this view, if the same was asked; else what `read` finds.

        A view does not change, so that nothing need be read twice. Only small answers are kept, and not too many.
        """
        known = self._known.setdefault(table, {})
        if asked not in known:
            found = read()
            if len(found) > _LARGE:
                return found
            self.recall(table, asked, found)
        return [*known[asked]]

    def recall(self, table: str, asked: Hashable, found: list[Any]) -> None:
        """Keeps what a table holds for what will be asked of it."""
        known = self._known.setdefault(table, {})
        if len(known) >= _RECALLED:
            known.clear()
        known[asked] = found

    def settled(self) -> None:
        """Brings what is made from other tables up to date with what was saved here: nothing, for who only reads."""


class Transaction(Look):
    """A transaction that writes: all of it takes effect, or nothing does. `logged`: whether it may append events.

    `log_end` is the end of the audit log with what was appended here, and `claim_ends` the last hash of each claim; the
    log is sealed with them at the end.
    """

    def __init__(self, connection: Connection, *, logged: bool) -> None:
        """Writes through the connection until the transaction ends."""
        super().__init__(connection)
        self.logged = logged
        self.touched: set[tuple[str, str]] = set()
        self.settle: Callable[[Transaction], None] | None = None
        self.log_end: tuple[int, str] | None = None
        self.claim_ends: dict[str, str] = {}
        self.seal: Callable[[Transaction], None] | None = None

    def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        """As above; what was read of a table before it was written to is forgotten."""
        if isinstance(statement, UpdateBase):
            self._known.pop(cast(Table, statement.table).name, None)
        elif not isinstance(statement, Select):
            self._known.clear()
        return super().run(statement, rows)

    def settled(self) -> None:
        """Brings what is made from other tables up to date with what was saved; done again before the end."""
        if self.settle and self.touched:
            self.settle(self)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Takes back what is done inside when it raises, and nothing else: one claim of a chunk may fail alone."""
        log_end, claim_ends = self.log_end, dict(self.claim_ends)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            self.log_end, self.claim_ends = log_end, claim_ends
            self._known.clear()
            raise


class Database:
    """The claims database. `write` transactions exclude each other, so that the audit log cannot fork."""

    def __init__(self, url: str) -> None:
        """Opens the database; connects only when used."""
        self.url = _checked(url)
        on_sqlite = self.url.get_backend_name() == "sqlite"
        self.writer = _sqlite(self.url, reads_only=False) if on_sqlite else _postgres(self.url, reads_only=False)
        self.reader = _sqlite(self.url, reads_only=True) if on_sqlite else _postgres(self.url, reads_only=True)

    @contextmanager
    def write(self, *, logged: bool = True) -> Iterator[Transaction]:
        """One write transaction, committed at the end of the block and taken back when the block raises.

        `logged=False` is for what writes no event, such as leasing: on PostgreSQL such transactions run side by side.
        """
        with translated(), self.writer.begin() as connection:
            if logged and connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
            tx = Transaction(connection, logged=logged)
            yield tx
            tx.settled()
            if tx.seal:
                tx.seal(tx)

    @contextmanager
    def read(self) -> Iterator[Look]:
        """One consistent view, as of the first look."""
        with translated(), self.reader.connect() as connection, connection.begin() as transaction:
            yield Look(connection)
            transaction.rollback()

    def close(self) -> None:
        """Closes every connection; the database may be used again afterwards."""
        self.writer.dispose()
        self.reader.dispose()


def open(url: str) -> Database:
    """The database at a SQLAlchemy URL: SQLite in a file, or PostgreSQL. Creates no table and upgrades none."""
    return Database(url)


def _checked(given: str) -> URL:
    url = make_url(given)
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"{url.drivername} is not a database that noticedesk knows; use sqlite or postgresql")
    if not url.database or url.database == ":memory:":
        raise StoreError("a database in memory cannot be shared by readers and writers; name a file: sqlite:////path")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return url


def _sqlite(url: URL, *, reads_only: bool) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _PATIENCE_SECONDS})
    # FULL: a mail is marked as seen once its claim is committed, so a commit must survive a power cut
    pragmas = ["query_only=ON"] if reads_only else ["journal_mode=WAL", "synchronous=FULL"]
    begin = "BEGIN" if reads_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # sqlite3's own handling begins late and deferred: two writers would read the same end of the log
        connection.isolation_level = None
        usual = [f"busy_timeout={int(_PATIENCE_SECONDS * 1000)}", "foreign_keys=ON", f"cache_size=-{_CACHE_KILOBYTES}"]
        for pragma in [*usual, *pragmas]:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: URL, *, reads_only: bool) -> Engine:
    # several workers for one page of the queue read far ahead of what it shows, and take longer to start than to read
    options = f"-c timezone=UTC -c lock_timeout={_PATIENCE_SECONDS}s -c max_parallel_workers_per_gather=0"
    # a reader sees one state throughout; a writer must see what was committed while it waited for the lock
    isolation = "REPEATABLE READ" if reads_only else "READ COMMITTED"
    return create_engine(
        url,
        hide_parameters=True,
        connect_args={"options": options},
        isolation_level=isolation,
        execution_options={"postgresql_readonly": reads_only},
        pool_pre_ping=True,
    )
