from PIL import Image

from matchers.finding import Finding
from matchers.image import Picture, Unreadable, compare, describe
from tests.matchers.contract import MatcherContract
from tests.matchers.image.drawings import KINDS
from tests.matchers.image.files import encoded

RED = describe(encoded(Image.new("RGB", (300, 200), "red")))
BLUE = describe(encoded(Image.new("RGB", (300, 200), "blue")))
BROKEN = describe(b"\x89PNG\r\n\x1a\n and nothing more")
SPECK = describe(encoded(Image.effect_noise((9, 9), 80)))
DRAWN = [describe(encoded(draw(seed))) for draw in KINDS.values() for seed in range(2)]


class TestImageMatcher(MatcherContract):
    samples = DRAWN
    unmatchable = ((RED, BLUE), (DRAWN[0], RED), (RED, DRAWN[0]), (BROKEN, DRAWN[0]), (DRAWN[0], BROKEN), (SPECK, RED))

    def compare(self, ours: Picture | Unreadable, theirs: Picture | Unreadable) -> Finding:
        return compare(ours, theirs)


class TestLogoMatcher(TestImageMatcher):
    def compare(self, ours: Picture | Unreadable, theirs: Picture | Unreadable) -> Finding:
        return compare(ours, theirs, logo=True)
