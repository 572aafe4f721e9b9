"""A picture that explains a finding: both sides next to each other, the matched region outlined in both."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from matchers.finding import Finding, Quad, Region
from matchers.image.decode import CannotRead, frames

_SIDE, _GAP, _FOOT = 640, 16, 64
_INK, _PAPER, _HALO = (230, 0, 80), (255, 255, 255), (255, 255, 255)


def explained(ours: bytes, theirs: bytes, finding: Finding) -> bytes:
    """A PNG of both pictures with the matched region outlined, and the reason below; a side unread stays blank."""
    quads = [_quads(finding, side) for side in ("ours", "theirs")]
    panels = [_panel(data, found) for data, found in zip((ours, theirs), quads, strict=True)]
    size = (sum(panel.width for panel in panels) + 3 * _GAP, max(panel.height for panel in panels) + 2 * _GAP + _FOOT)
    sheet = Image.new("RGB", size, _PAPER)
    left = _GAP
    for panel in panels:
        sheet.paste(panel, (left, _GAP))
        left += panel.width + _GAP
    _write(sheet, [finding.reason, *(where.transform for where in finding.where if isinstance(where, Region))])
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _quads(finding: Finding, side: str) -> list[Quad]:
    return [getattr(where, side) for where in finding.where if isinstance(where, Region)]


def _panel(data: bytes, quads: Sequence[Quad]) -> Image.Image:
    try:
        picture = next(frames(data))
    except CannotRead:
        return Image.new("RGB", (_SIDE // 2, _SIDE // 2), (235, 235, 235))
    scale = _SIDE / max(picture.size)
    shown = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    pen = ImageDraw.Draw(shown)
    for quad in quads:
        line = [(x * scale, y * scale) for x, y in (*quad, quad[0])]
        pen.line(line, fill=_HALO, width=7, joint="curve")
        pen.line(line, fill=_INK, width=3, joint="curve")
    return shown


def _write(sheet: Image.Image, lines: Sequence[str]) -> None:
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        pen.text((_GAP, sheet.height - _FOOT + 24 * number), line, fill=(30, 30, 30), font_size=16)
