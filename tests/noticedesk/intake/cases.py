"""The table cases of this room, and short makers of mail."""

from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one YAML file."""
    loaded: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return loaded


def mail(body: str = "Dear agent,\n\nmy picture is used.\n\nAnn", **headers: str) -> bytes:
    """A plain mail; a header is given with underscores, None leaves a usual one out."""
    usual = {"From": "Ann Example <ann@example.org>", "To": "agent@market.example", "Subject": "Notice"}
    usual |= {"Message-ID": "<1@example.org>", "Date": "Mon, 2 Nov 2026 10:00:00 +0000"}
    given = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    return ("".join(f"{name}: {value}\n" for name, value in given.items()) + f"\n{body}").encode()


def multipart(*parts: tuple[str, str], kind: str = "mixed", **headers: str) -> bytes:
    """A multipart mail; each part is its header block (without a blank line) and its body."""
    lines = "".join(f"--b0\n{head}\n\n{body}\n" for head, body in parts)
    return mail(f"{lines}--b0--\n", MIME_Version="1.0", Content_Type=f'multipart/{kind}; boundary="b0"', **headers)
