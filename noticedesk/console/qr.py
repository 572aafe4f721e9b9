"""The one door to segno: a text as a QR code that stands in the page itself, without script, style or request."""

import segno
from markupsafe import Markup

SCALE = 4
"""Pixels of one module: a telephone reads it at arm's length."""


def drawn(text: str) -> Markup:
    """The QR code of a text as an inline SVG, dark on white whatever the page's colours are."""
    made = segno.make(text, micro=False, error="m")
    return Markup(made.svg_inline(scale=SCALE, dark="#000", light="#fff", svgclass="qr", lineclass=None))
