"""Whether a video holds a copy of another, or of a picture, and when: `describe` each once, `compare` any two.

Needs PyAV, which the extra `video` installs.
"""

from matchers.video.clip import Clip, Moment, describe
from matchers.video.comparison import MATCHER, compare

__all__ = ["MATCHER", "Clip", "Moment", "compare", "describe"]
