"""The environment and every YAML file, validated: an unknown name stops the start and is told the nearest valid one."""

import dataclasses
import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast, dataclass_transform

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked_dataclass

_PREFIX = "NOTICEDESK_"
_SECRET = "NOTICEDESK_SECRET_"
_OF_THE_TESTS = frozenset({"NOTICEDESK_DATA", "NOTICEDESK_SOAK", "NOTICEDESK_CHROMIUM"})
_HERE = Path(__file__).parent

T = TypeVar("T")


class SettingError(ValueError):
    """A setting or configuration file that cannot be used: names what and where, and the nearest valid name."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def shape(cls: type[T]) -> type[T]:
    """Makes a class the shape of a YAML file: a frozen dataclass that refuses unknown keys."""
    return cast(type[T], checked_dataclass(frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))(cls))


def data_folder(name: str) -> Path:
    """Where `config` or `templates` lies: inside the installed wheel if it is there, else in the checkout."""
    installed = _HERE / "_data" / name
    return installed if installed.is_dir() else _HERE.parent / name


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says, each as NOTICEDESK_<NAME>. `token` is the personal token that acts for you.

    `secrets` are those of the sources, from NOTICEDESK_SECRET_<ID>: passwords and keys never stand in a file.
    """

    home: Path = Path("noticedesk-data")
    database: str = ""
    blobs: str = ""
    config: Path = data_folder("config")
    templates: Path = data_folder("templates")
    token: str = ""
    webhook_secret: str = ""
    smtp: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_authorities: str = ""
    platform_secret: str = ""
    sender_secret: str = field(default="", repr=False)
    transparency_token: str = field(default="", repr=False)
    oidc_secret: str = ""
    scanner: str = ""
    log_level: str = "WARNING"
    log: str = "text"
    prefect_port: int = 0
    metrics_port: int = 0
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def secret(self, source: str) -> str:
        """The secret of a source, from NOTICEDESK_SECRET_ and its id in capitals; the empty string without one."""
        return self.secrets.get(_capitals(source), "")

    def own_secrets(self, sources: Iterable[str]) -> None:
        """Raises SettingError for a secret that belongs to no source: its name is wrong."""
        known = {f"{_SECRET}{_capitals(source)}" for source in sources}
        for name in self.secrets:
            if _SECRET + name not in known:
                raise SettingError(f"{_SECRET}{name} belongs to no source{nearest(_SECRET + name, known)}")

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL of the claims database: SQLite below `home` unless said otherwise."""
        return self.database or f"sqlite:///{self.home.absolute() / 'claims.db'}"

    @property
    def blobs_url(self) -> str:
        """The fsspec URL of the blob store: a folder below `home` unless said otherwise."""
        return self.blobs or f"file://{self.home.absolute() / 'blobs'}"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment names; raises SettingError for an unknown NOTICEDESK_ variable."""
    fields = {f"{_PREFIX}{field.name.upper()}": field for field in dataclasses.fields(Settings)}
    del fields[f"{_PREFIX}SECRETS"]
    ours = {name: value for name, value in environment.items() if name.startswith(_PREFIX)}
    secrets = {name.removeprefix(_SECRET): value for name, value in ours.items() if name.startswith(_SECRET)}
    given = {name: value for name, value in ours.items() if not name.startswith(_SECRET)}
    for name in given:
        if name not in fields and name not in _OF_THE_TESTS:
            raise SettingError(f"unknown setting {name}{nearest(name, fields)}")
    chosen: dict[str, Any] = {
        field.name: _typed(name, given[name], field.type) for name, field in fields.items() if name in given
    }
    return Settings(**chosen, secrets=secrets)


def _capitals(source: str) -> str:
    return source.upper().replace("-", "_")


def _typed(name: str, text: str, wanted: object) -> Path | int | str:
    if wanted is Path:
        return Path(text)
    if wanted is not int:
        return text
    if not text.isdecimal():
        raise SettingError(f"{name} is {text!r}; it has to be a number")
    return int(text)


def nearest(name: str, valid: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the nearest valid one, or all of a short list."""
    names = sorted(valid)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"; did you mean {close[0]}?"
    return f"; valid are {', '.join(names)}" if 0 < len(names) <= 12 else ""


def read(path: Path, form: type[T]) -> T:
    """One YAML file in the given form; raises SettingError that names the file, the key and the nearest valid key."""
    return conform(_parsed(path), form, path.name)


def conform(value: Any, form: type[T], where: str) -> T:
    """A value from YAML in the given form (a shape, or any type); `where` names its origin in errors."""
    try:
        return TypeAdapter(form).validate_python(value)
    except ValidationError as error:
        raise SettingError("\n".join(_explain(item, value, form, where) for item in error.errors())) from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML and refuses a key that stands twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [(key.tag, key.value) for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"key {key[1]} stands twice", node.start_mark)
        return cast(dict[Any, Any], super().construct_mapping(node, deep=deep))


def _parsed(path: Path) -> Any:
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, Loader=_Loader)
    except FileNotFoundError:
        raise SettingError(f"{path} is missing") from None
    except yaml.YAMLError as error:
        raise SettingError(f"{path}: {error}") from None


def _explain(item: Any, value: Any, form: Any, where: str) -> str:
    place = ".".join(str(step) for step in item["loc"])
    if item["type"] not in {"unexpected_keyword_argument", "extra_forbidden"}:
        return f"{where}: {place or 'the file'}: {item['msg']}"
    *parents, unknown = item["loc"]
    return f"{where}: unknown key {place}{nearest(str(unknown), _keys(form, parents))}"


def _keys(form: Any, parents: list[Any]) -> list[str]:
    """The valid keys at a place in a nested form, found by walking its type hints."""
    for step in parents:
        form = _inside(form, step)
    return [field.name for field in dataclasses.fields(form)] if dataclasses.is_dataclass(form) else []


def _inside(form: Any, step: Any) -> Any:
    if dataclasses.is_dataclass(form):
        hints = {field.name: field.type for field in dataclasses.fields(form)}
        return hints.get(step)
    inner = [item for item in getattr(form, "__args__", ()) if item not in (type(None), Ellipsis)]
    return inner[-1] if inner else None
