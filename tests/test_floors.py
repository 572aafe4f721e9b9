"""The house holds: imports point down only, siblings leave each other alone, each library has one door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("matchers", "noticedesk", "flows")

FLOORS: list[tuple[str, ...]] = [
    ("matchers", "noticedesk.model"),
    ("noticedesk.settings", "noticedesk.regime", "noticedesk.http", "noticedesk.sandbox", "noticedesk.malware"),
    (
        "noticedesk.intake",
        "noticedesk.check",
        "noticedesk.gather",
        "noticedesk.compare",
        "noticedesk.decide",
        "noticedesk.draft",
        "noticedesk.clock",
        "noticedesk.store",
    ),
    ("noticedesk.desk",),
    (
        "noticedesk.cli",
        "noticedesk.api",
        "noticedesk.console",
        "noticedesk.report",
        "noticedesk.demo",
        "noticedesk.__main__",
    ),
    ("flows",),
]
"""From the ground up. The ground floor may use itself freely; floor 2 (index 2) is rooms that never meet."""

DOORS: dict[str, tuple[str, ...]] = {
    "prefect": ("flows",),
    "sqlalchemy": ("noticedesk.store",),
    "alembic": ("noticedesk.store",),
    "psycopg": ("noticedesk.store",),
    "fsspec": ("noticedesk.store", "noticedesk.intake"),
    "requests": ("noticedesk.http",),
    "requests_hardened": ("noticedesk.http",),
    "urllib3": ("noticedesk.http",),
    "imagehash": ("matchers",),
    "rapidfuzz": ("matchers",),
    "cv2": ("matchers",),
    "pdqhash": ("matchers",),
    "faiss": ("matchers",),
    "pi_heif": ("matchers.image",),
    "av": ("matchers.video",),
    "fastapi": ("noticedesk.api", "noticedesk.console"),
    "apprise": ("noticedesk.desk.act",),
    "smtplib": ("noticedesk.desk.act",),
    "aiosmtpd": ("noticedesk.demo",),
    "imap_tools": ("noticedesk.intake",),
    "bs4": ("noticedesk.gather", "noticedesk.intake"),
    "jinja2": ("noticedesk.draft", "noticedesk.console", "noticedesk.api"),
    "argon2": ("noticedesk.store.credentials",),
    "authlib": ("noticedesk.console.provider",),
    "joserfc": ("noticedesk.console.provider",),
    "pyotp": ("noticedesk.store.credentials",),
    "zxcvbn": ("noticedesk.store.credentials",),
    "segno": ("noticedesk.console.qr",),
    "limits": ("noticedesk.console", "noticedesk.api"),
    "uvicorn": ("noticedesk.console", "noticedesk.api", "flows"),
    "prometheus_client": ("noticedesk.desk.metrics", "noticedesk.api"),
    "jsonschema": ("noticedesk.desk.act", "noticedesk.api"),
    "standardwebhooks": ("noticedesk.desk.act", "noticedesk.demo"),
    "holidays": ("noticedesk.clock",),
    "pyarrow": ("noticedesk.report",),
    "xlsxwriter": ("noticedesk.report",),
    "reportlab": ("noticedesk.draft",),
}

Import = tuple[str, str]
"""The module that imports, and what it names."""


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _imports() -> Iterator[Import]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield from ((_module(path), name) for name in _names(node))


def _within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def _room(name: str) -> tuple[int, str] | None:
    return next(
        ((floor, room) for floor, rooms in enumerate(FLOORS) for room in rooms if _within(name, room)),
        None,
    )


IMPORTS = list(_imports())


def test_imports_point_down_only() -> None:
    climbs = [
        f"{module} imports {name}"
        for module, name in IMPORTS
        if (here := _room(module)) and (there := _room(name)) and there[0] > here[0]
    ]
    assert climbs == []


def test_rooms_of_floor_two_leave_each_other_alone() -> None:
    visits = [
        f"{module} imports {name}"
        for module, name in IMPORTS
        if (here := _room(module)) and (there := _room(name)) and here[0] == there[0] == 2 and here[1] != there[1]
    ]
    assert visits == []


def test_matchers_know_nothing_of_the_desk() -> None:
    assert [
        f"{module} imports {name}"
        for module, name in IMPORTS
        if _within(module, "matchers") and _within(name, "noticedesk")
    ] == []


def test_the_desk_never_imports_the_flows() -> None:
    assert [module for module, name in IMPORTS if _within(module, "noticedesk") and _within(name, "flows")] == []


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library: str) -> None:
    intruders = [
        module
        for module, name in IMPORTS
        if _within(name, library) and not any(_within(module, door) for door in DOORS[library])
    ]
    assert intruders == []


def test_every_module_stands_on_a_floor() -> None:
    homeless = {module for module, _ in IMPORTS if _room(module) is None and module != "noticedesk"}
    assert homeless == set()


def test_data_folders_hold_no_python() -> None:
    assert [*(ROOT / "config").rglob("*.py"), *(ROOT / "templates").rglob("*.py")] == []


def test_files_keep_below_three_hundred_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {count} lines"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts and (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    ]
    assert long == []
