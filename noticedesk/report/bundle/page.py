"""The page of a bundle: what one reads first, offline, without a script and without anything from elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Final

from noticedesk.report.bundle.contents import Contents, sections

_STYLE: Final = """
body { font: 16px/1.5 sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { font-weight: bold; text-align: left; padding: 1rem 0 .3rem; }
th, td { border: 1px solid #999; padding: .2rem .5rem; text-align: left; overflow-wrap: anywhere; vertical-align: top; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #999; padding: .5rem; }
img { max-width: 100%; border: 1px solid #999; }
"""

# a page on a disk has no origin, so pictures beside it are named by the scheme
_POLICY: Final = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"


def page(made: Contents, now: datetime) -> str:
    """The whole page as HTML."""
    claim = made.case.claim
    title = escape(f"Evidence of claim {claim.id}")
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>",
            f"<p>Made {_told(now)} UTC. State {_told(claim.state)}, received {_told(claim.received_at)},"
            f" regime {_told(claim.regime)} (version {claim.regime_version}), verdict {_told(claim.verdict)}.</p>",
            "<p>To check this bundle: <code>python3 verify.py</code> in its folder, or with the archive's name."
            " The folders <code>notices</code>, <code>captures</code> and <code>letters</code> hold the bytes exactly"
            " as they were received, captured and written: do not open them carelessly.</p>",
            *[_notice(made, id, text) for id, text in made.texts.items()],
            *[_table(caption, rows) for caption, rows in sections(made)],
            *[_picture(made, id, path) for id, path in made.pictures.items()],
            "</main></body></html>\n",
        ]
    )


def _notice(made: Contents, id: str, text: str) -> str:
    notice = next(one for one in made.case.notices if one.id == id)
    head = f"Notice {_told(id)}, {_told(notice.kind)}, received {_told(notice.received_at)}"
    return f"<h2>{head}</h2><pre>{_told(text)}</pre>"


def _table(caption: str, rows: Sequence[dict[str, object]]) -> str:
    if not rows:
        return f"<p>{escape(caption)}: none.</p>"
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_told(value)}</td>" for value in row.values()) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _picture(made: Contents, id: str, path: str) -> str:
    of = next(one for one in made.case.evidence if one.id == id)
    words = f"{of.role} {of.id}, captured {_told(of.fetched_at)} from {of.url}"
    return f'<figure><img src="{escape(path)}" alt="{escape(words)}"><figcaption>{escape(words)}</figcaption></figure>'


def _told(value: object) -> str:
    """A value as text in which nothing is markup, and controls and direction marks are shown as what they are not."""
    if value is None:
        return ""
    text = value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else str(value)
    return escape("".join(one if one.isprintable() or one in "\n\t" else "\N{REPLACEMENT CHARACTER}" for one in text))
