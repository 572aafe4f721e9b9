"""The cue words of reading, from config/reading: what marks a quotation, what a column or a form key is about."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from noticedesk.model.document import Field
from noticedesk.settings import data_folder, read, shape


@shape
class Mail:
    """Form of config/reading/mail.yaml; each pattern is a regular expression for a whole line, in any case."""

    attribution: tuple[str, ...] = ()
    forwarded: tuple[str, ...] = ()
    header_names: dict[str, tuple[str, ...]]
    reply_prefixes: tuple[str, ...] = ()
    forward_prefixes: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    cloud_drives: tuple[str, ...] = ()
    delayed: tuple[str, ...] = ()


@shape
class Columns:
    """Form of config/reading/columns.yaml: for each field the names that forms and tables use for it."""

    names: dict[Field, tuple[str, ...]]


class Rules:
    """The rules as the readers ask them: compiled patterns, and the field of a name."""

    def __init__(self, mail: Mail, columns: Columns) -> None:
        self.mail = mail
        self._fields = {plain(name): field for field, names in columns.names.items() for name in names}

    def field_of(self, name: str) -> Field | None:
        """What a column heading or form key is about; numbers in it, capitals and punctuation do not matter."""
        return self._fields.get(plain(name))

    @cached_property
    def attribution(self) -> re.Pattern[str]:
        """A line that introduces the words of somebody else ("On Monday Ann wrote:")."""
        return _any_of(self.mail.attribution)

    @cached_property
    def forwarded(self) -> re.Pattern[str]:
        """A line above a forwarded message."""
        return _any_of(self.mail.forwarded)

    @cached_property
    def header(self) -> re.Pattern[str]:
        """A header line that a mail client writes above a forwarded or quoted message; its name is group 1."""
        names = [name for group in self.mail.header_names.values() for name in group]
        return re.compile(rf"[ >*]*({'|'.join(map(re.escape, names))})\s*:\*?[ \t]*(.*)", re.IGNORECASE)

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """The salutation of a letter at the start of a line."""
        words = "|".join(re.escape(word) for word in self.mail.openings)
        return re.compile(rf"^[ \t*>]*(?:{words})\b", re.IGNORECASE | re.MULTILINE)

    @cached_property
    def cloud_drive(self) -> re.Pattern[str]:
        """A link to a file that lies elsewhere and is not fetched."""
        hosts = "|".join(re.escape(host) for host in self.mail.cloud_drives)
        return re.compile(rf"https?://(?:[\w-]+\.)*(?:{hosts})/[^\s<>\"]*", re.IGNORECASE)

    @cached_property
    def delayed(self) -> re.Pattern[str]:
        """Words by which a report written for people says that a message is late, and not lost."""
        return re.compile("|".join(self.mail.delayed) or r"(?!)", re.IGNORECASE)

    def header_field(self, name: str) -> str:
        """The English name (from, date, to, subject) of a header written in any language, else the empty string."""
        lowered = name.casefold()
        return next((key for key, names in self.mail.header_names.items() if lowered in names), "")


def plain(name: str) -> str:
    """A name without capitals, accents, numbers and punctuation: "Infringing URL #2" and infringing_url_1 agree."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = (char if char.isalpha() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def load_rules(folder: Path) -> Rules:
    """The rules of one configuration folder (mail.yaml and columns.yaml); raises SettingError for a wrong file."""
    return Rules(read(folder / "mail.yaml", Mail), read(folder / "columns.yaml", Columns))


@cache
def shipped() -> Rules:
    """The rules that come with the program, for a caller that has loaded none."""
    return load_rules(data_folder("config") / "reading")


def _any_of(lines: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(lines), re.IGNORECASE)
