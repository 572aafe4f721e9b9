"""A letter on paper: its words as PDF, by the optional extra `pdf`, in a font that is carried with it."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from noticedesk.draft.blocks import Block, Kind, blocks

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable

_MARGIN, _SIZE, _LEADING, _INDENT, _GAP = 62, 10, 14, 14, 8
"""Points."""

_MOST_NAMED = 12


class NotPrintable(ValueError):
    """A letter that cannot be printed as it is: the extra is missing, or the font has no sign for some characters."""


def pdf(title: str, head: Iterable[str], text: str, font: Path | None = None) -> bytes:
    """The PDF of a letter, the same bytes for the same words; `head` are lines above them, `font` a TrueType file.

    Raises NotPrintable: no character is ever left out, or printed as an empty box.
    """
    if find_spec("reportlab") is None:
        raise NotPrintable('letters as PDF need the extra pdf: pip install "noticedesk[pdf]"')
    # Imported late: few letters are printed, and the extra may be missing.
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    lines = tuple(head)
    face = _face(font)
    _printable(face, "".join((title, *lines, text)))
    out = BytesIO()
    paper = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title,
        invariant=1,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    )
    paper.build(list(_flow((Block(Kind.PARAGRAPH, lines), *blocks(text)), face.fontName)))
    return out.getvalue()


def _face(font: Path | None) -> "TTFont":
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        face = TTFont("letter", str(font) if font else "Vera.ttf")
    except (TTFError, OSError) as error:
        raise NotPrintable(f"{font or 'the carried font'} is no TrueType font that can be used: {error}") from None
    pdfmetrics.registerFont(face)
    return face


def _printable(face: "TTFont", text: str) -> None:
    """Raises NotPrintable with the characters for which the font has no sign."""
    lacking = sorted({sign for sign in text if sign != "\n" and ord(sign) not in face.face.charToGlyph})
    if lacking:
        named = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in lacking[:_MOST_NAMED])
        more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
        raise NotPrintable(f"the font has no sign for {named}{more}; name a TrueType font that has, with --font")


def _flow(parts: Iterable[Block], font: str) -> Iterator["Flowable"]:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    plain = ParagraphStyle("plain", fontName=font, fontSize=_SIZE, leading=_LEADING, spaceAfter=_GAP, splitLongWords=1)
    indented = ParagraphStyle("indented", plain, leftIndent=_INDENT, bulletFontName=font)
    for block in parts:
        # Escaped, so that no words of an outsider are read as marks of layout.
        lines = "<br/>".join(escape(line) for line in block.lines)
        item = block.kind is Kind.ITEM
        yield Paragraph(
            lines, plain if block.kind is Kind.PARAGRAPH else indented, bulletText="\u2022" if item else None
        )
