"""What each kind of product looks like: parts from back to front, in a frame of 0 to 1, with how each is painted."""

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Paint = Literal["print", "plain", "dark", "light", "face", "label"]


@dataclass(frozen=True, slots=True)
class Part:
    """One closed outline; `round_` cuts its corners into curves."""

    paint: Paint
    points: tuple[Point, ...]
    round_: bool = True


def _box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


_DISC = ((0.5, 0.08), (0.82, 0.18), (0.92, 0.5), (0.82, 0.82), (0.5, 0.92), (0.18, 0.82), (0.08, 0.5), (0.18, 0.18))
_INNER_DISC = tuple((0.5 + (x - 0.5) * 0.62, 0.5 + (y - 0.5) * 0.62) for x, y in _DISC)

OUTLINES: dict[str, tuple[Part, ...]] = {
    "sneaker": (
        Part("light", ((0.04, 0.68), (0.5, 0.71), (0.95, 0.68), (0.97, 0.8), (0.5, 0.83), (0.05, 0.81))),
        Part("print", ((0.07, 0.28), (0.3, 0.24), (0.45, 0.42), (0.72, 0.5), (0.94, 0.6), (0.95, 0.71), (0.06, 0.71))),
        Part("plain", ((0.07, 0.28), (0.2, 0.27), (0.19, 0.5), (0.07, 0.55))),
        Part("dark", ((0.36, 0.33), (0.62, 0.47), (0.59, 0.52), (0.33, 0.38))),
        Part("label", _box(0.2, 0.53, 0.56, 0.64)),
    ),
    "poster": (
        Part("dark", _box(0.1, 0.02, 0.9, 0.98), round_=False),
        Part("print", _box(0.13, 0.05, 0.87, 0.95), round_=False),
        Part("face", ((0.3, 0.3), (0.5, 0.18), (0.7, 0.3), (0.72, 0.55), (0.5, 0.7), (0.28, 0.55))),
        Part("label", _box(0.2, 0.78, 0.8, 0.89), round_=False),
    ),
    "mug": (
        Part("plain", ((0.66, 0.28), (0.94, 0.26), (0.96, 0.66), (0.66, 0.68))),
        Part("dark", ((0.68, 0.38), (0.85, 0.36), (0.86, 0.57), (0.68, 0.58))),
        Part("print", ((0.14, 0.14), (0.72, 0.14), (0.73, 0.5), (0.69, 0.88), (0.43, 0.92), (0.17, 0.88), (0.13, 0.5))),
        Part("dark", ((0.15, 0.15), (0.43, 0.1), (0.71, 0.15), (0.43, 0.2))),
        Part("label", _box(0.24, 0.46, 0.62, 0.62)),
    ),
    "lamp": (
        Part("dark", ((0.46, 0.5), (0.54, 0.5), (0.55, 0.9), (0.45, 0.9)), round_=False),
        Part("plain", ((0.28, 0.88), (0.72, 0.88), (0.76, 0.96), (0.24, 0.96))),
        Part("print", ((0.32, 0.06), (0.68, 0.06), (0.9, 0.52), (0.5, 0.57), (0.1, 0.52)), round_=False),
        Part("light", ((0.2, 0.51), (0.8, 0.51), (0.5, 0.58))),
        Part("label", _box(0.39, 0.9, 0.61, 0.95)),
    ),
    "backpack": (
        Part("dark", ((0.36, 0.1), (0.4, 0.01), (0.6, 0.01), (0.64, 0.1))),
        Part("print", ((0.2, 0.12), (0.5, 0.05), (0.8, 0.12), (0.87, 0.55), (0.82, 0.95), (0.18, 0.95), (0.13, 0.55))),
        Part("plain", ((0.25, 0.55), (0.75, 0.55), (0.77, 0.87), (0.23, 0.87))),
        Part("dark", _box(0.25, 0.53, 0.75, 0.57), round_=False),
        Part("label", _box(0.34, 0.64, 0.66, 0.76)),
    ),
    "watch": (
        Part("print", ((0.36, 0.0), (0.64, 0.0), (0.67, 0.3), (0.33, 0.3)), round_=False),
        Part("print", ((0.33, 0.7), (0.67, 0.7), (0.64, 1.0), (0.36, 1.0)), round_=False),
        Part("dark", tuple((0.5 + (x - 0.5) * 0.84, 0.5 + (y - 0.5) * 0.84) for x, y in _DISC)),
        Part("face", tuple((0.5 + (x - 0.5) * 0.72, 0.5 + (y - 0.5) * 0.72) for x, y in _DISC)),
        Part("label", _box(0.36, 0.34, 0.64, 0.42)),
    ),
    "label": (
        Part("plain", _box(0.05, 0.18, 0.95, 0.82)),
        Part("print", _box(0.08, 0.22, 0.92, 0.78)),
        Part("light", _box(0.16, 0.36, 0.84, 0.64)),
        Part("label", _box(0.18, 0.4, 0.82, 0.6)),
    ),
    "cushion": (
        Part("print", ((0.08, 0.1), (0.5, 0.14), (0.92, 0.1), (0.88, 0.5), (0.92, 0.9), (0.5, 0.86), (0.08, 0.9))),
        Part("face", ((0.5, 0.26), (0.74, 0.5), (0.5, 0.74), (0.26, 0.5)), round_=False),
        Part("label", _box(0.68, 0.76, 0.86, 0.83)),
    ),
    "plate": (Part("light", _DISC), Part("print", _DISC), Part("light", _INNER_DISC), Part("face", _INNER_DISC)),
    "scarf": (
        Part("print", ((0.12, 0.05), (0.62, 0.02), (0.55, 0.5), (0.66, 0.96), (0.2, 0.98), (0.24, 0.5))),
        Part("print", ((0.52, 0.06), (0.9, 0.14), (0.78, 0.55), (0.88, 0.93), (0.6, 0.9), (0.64, 0.5))),
        Part("label", _box(0.26, 0.84, 0.44, 0.91)),
    ),
}
"""The kinds of product that can be drawn."""
