"""Whether a picture is a copy of another, and where: `describe` each file once, `compare` any two descriptions."""

from matchers.image.compare import BORDERLINE, MATCH, MATCHER, compare
from matchers.image.picture import PREPROCESSING, Picture, Unreadable, View, describe

__all__ = ["BORDERLINE", "MATCH", "MATCHER", "PREPROCESSING", "Picture", "Unreadable", "View", "compare", "describe"]
