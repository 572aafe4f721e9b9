"""The kinds of column that every table is made of, alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import BIT, JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables. Names of constraints are fixed, so that a later migration can name them on both databases."""


def written(instant: datetime) -> str:
    """An instant as text of fixed width in UTC, so that texts sort as instants do."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone; the store keeps instants only")
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: TIMESTAMPTZ on PostgreSQL, text of fixed width on SQLite, which has no such type."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type in the database at hand."""
        on_postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True)) if on_postgres else dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The value as stored; raises ValueError for a datetime without a time zone."""
        if value is None:
            return None
        text = written(value)
        return value.astimezone(UTC) if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The stored value as an aware datetime in UTC."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


class InstantText(Instant):
    """A moment in UTC as text on both databases: what is hashed is then what is stored, byte for byte."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text, whatever the database."""
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The value as text of fixed width."""
        return None if value is None else written(value)


class Bits(TypeDecorator[bytes]):
    """256 bits as 32 bytes: BIT(256) on PostgreSQL, which can count how many differ, and plain bytes on SQLite."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type in the database at hand."""
        on_postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(BIT(256)) if on_postgres else dialect.type_descriptor(LargeBinary())

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> Any:
        """The value as stored; raises ValueError for any other length."""
        if value is None:
            return None
        if len(value) != 32:
            raise ValueError(f"{len(value)} bytes are not 256 bits")
        return written_bits(value) if dialect.name == "postgresql" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """The stored value as 32 bytes."""
        return int(value, 2).to_bytes(32) if isinstance(value, str) else value


def written_bits(value: bytes) -> str:
    """Bits as PostgreSQL writes them, most significant first."""
    return f"{int.from_bytes(value):0{8 * len(value)}b}"


_JSON: Final = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def identity() -> Column[str]:
    """The primary key of a noun."""
    return Column("id", Text, primary_key=True)


def words(name: str, *, maybe: bool = False, start: str | None = None) -> Column[str]:
    """A text, an identifier or the value of an enumeration."""
    default = None if start is None else text(f"'{start}'")
    return Column(name, Text, nullable=maybe, server_default=default)


def points(name: str, target: str, *, maybe: bool = False) -> Column[str]:
    """The id of a row in another table."""
    return Column(name, Text, ForeignKey(f"{target}.id"), nullable=maybe)


def number(name: str, *, maybe: bool = False, start: str | None = None) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=maybe, server_default=start)


def fraction(name: str, *, maybe: bool = False) -> Column[float]:
    """A floating-point number."""
    return Column(name, Double, nullable=maybe)


def flag(name: str, *, start: Any = None) -> Column[bool]:
    """True or false."""
    return Column(name, Boolean, nullable=False, server_default=start)


def instant(name: str, *, maybe: bool = False) -> Column[datetime]:
    """A moment in UTC."""
    return Column(name, Instant, nullable=maybe)


def day(name: str, *, maybe: bool = False) -> Column[Any]:
    """A calendar date."""
    return Column(name, Date, nullable=maybe)


def several(name: str, *, start: str | None = None) -> Column[Any]:
    """A tuple of values, kept as JSON."""
    default = None if start is None else text(f"'{start}'")
    return Column(name, _JSON, nullable=False, server_default=default)
