"""Whether a picture is a copy of another, and where: `describe` each file once, `compare` any two descriptions."""

from matchers.image.comparison import MATCHER, compare
from matchers.image.picture import PREPROCESSING, Picture, Side, Unreadable, View, describe
from matchers.image.score import BORDERLINE, MATCH

__all__ = [
    "BORDERLINE",
    "MATCH",
    "MATCHER",
    "PREPROCESSING",
    "Picture",
    "Side",
    "Unreadable",
    "View",
    "compare",
    "describe",
]
