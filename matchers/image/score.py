"""From evidence to a score with fixed cuts: from MATCH on it is enough to act on, from BORDERLINE on a person looks.

Measured on changed copies, near twins, sister products and other photos of one brand.
"""

import numpy as np

from matchers.image.looks import Look

MATCH, BORDERLINE = 0.8, 0.5

HASH_MATCH, HASH_REVIEW = 40, 70
_HASH_SCORES = (
    (0, HASH_MATCH, HASH_MATCH + 1, HASH_REVIEW, HASH_REVIEW + 1, 128),
    (0.99, MATCH, 0.79, BORDERLINE, 0.4, 0.0),
)

_POINTS_MATCH, _POINTS_COVERED, _POINTS_LOGO = 10, 15, 20
_POINTS_REVIEW, _POINTS_SURE_REVIEW = 8, 12
_LIKE, _LIKE_REVIEW = 0.7, 0.3
# Sister products in one carton reach 0.82 and 0.72, two photos of one shelf 0.79 and 0.6.
_AGREEING, _EXACT = 0.85, 0.82
_AGREEING_COVERED, _PIXELS_COVERED = 0.55, 400
_EXACT_OF_AGREEING = 0.75
# Moved until they agree best, sister products reach 0.95, 0.87 and 0.77; other logos 0.77 and 0.85 in their place.
_LIKE_ALIGNED, _AGREEING_ALIGNED, _EXACT_ALIGNED = 0.9, 0.93, 0.8
# What of sister products lies clear of their differences is exact by 0.93 at most, and 0.39 of the whole.
_CLEAR, _EXACT_CLEAR, _POINTS_CLEAR = 0.3, 0.965, 40
# Of sister products that agree by half, 96 keypoints at most agree on one place.
_POINTS_MANY = 150


def of_hash(far: int) -> float:
    """The score of a PDQ distance (0-256): 0.99 at none, MATCH at 40, BORDERLINE at 70, 0 from 128 on."""
    return float(np.interp(far, *_HASH_SCORES))


def of_look(look: Look, logo: bool) -> float:
    """The score of a look: MATCH when keypoints and pixels agree, BORDERLINE when only the keypoints do."""
    if is_copy(look, logo):
        return MATCH + 0.18 * max(0.0, look.like) * look.texture.agreeing * min(1.0, look.inliers / 40)
    if look.inliers >= _POINTS_SURE_REVIEW or (look.inliers >= _POINTS_REVIEW and look.like > _LIKE_REVIEW):
        return BORDERLINE + 0.29 * max(0.0, look.like) * min(1.0, look.inliers / 40)
    return min(0.06 * look.inliers, 0.48)


def is_copy(look: Look, logo: bool) -> bool:
    """Whether this is the same picture, whole or partly covered.

    A logo, being plain, needs twice the keypoints, or to agree to the pixel.
    """
    if logo and look.inliers < _POINTS_LOGO:
        return _is_same_to_the_pixel(look)
    if look.aligned:
        return _is_aligned(look)
    return _is_whole(look) or _is_covered(look) or _is_recoloured(look)


def _is_same_to_the_pixel(look: Look) -> bool:
    """Simple art has few keypoints, but then the whole of it must be there."""
    alike = look.like > _LIKE_ALIGNED and look.texture.agreeing >= _AGREEING_ALIGNED
    return look.inliers >= _POINTS_MATCH and alike and look.texture.exact >= _EXACT


def _is_aligned(look: Look) -> bool:
    """Once in its place it agrees everywhere."""
    agrees = look.texture.agreeing >= _AGREEING_ALIGNED and look.texture.exact >= _EXACT_ALIGNED
    return look.inliers >= _POINTS_SURE_REVIEW and look.like > _LIKE_ALIGNED and agrees


def _is_whole(look: Look) -> bool:
    """The correlation holds over all of the overlap, and so does the texture."""
    agrees = look.texture.agreeing >= _AGREEING or look.texture.exact >= _EXACT
    return look.inliers >= _POINTS_MATCH and look.like > _LIKE and agrees


def _is_covered(look: Look) -> bool:
    """Over half of the texture is there to the pixel; the rest lies below something else."""
    if look.texture.agreeing < _AGREEING_COVERED or look.texture.pixels < _PIXELS_COVERED:
        return _is_clear(look)
    exact = look.inliers >= _POINTS_COVERED and look.texture.exact >= _EXACT
    return exact or look.inliers >= _POINTS_MANY or _is_clear(look)


def _is_clear(look: Look) -> bool:
    """A third of the texture lies clear of all that is other, and is there to the pixel."""
    clear = look.texture.clear >= _CLEAR and look.texture.exact_clear >= _EXACT_CLEAR
    return look.inliers >= _POINTS_CLEAR and look.texture.pixels >= _PIXELS_COVERED and clear


def _is_recoloured(look: Look) -> bool:
    """The texture is there though the brightness of its parts is not, as when colours were exchanged."""
    agrees = look.texture.agreeing >= _AGREEING and look.texture.exact >= _EXACT_OF_AGREEING
    return look.inliers >= _POINTS_LOGO and agrees
