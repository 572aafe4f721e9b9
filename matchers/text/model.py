"""Trained models as numbers in a file: read here, made by benchmarks/train. Nothing is learnt at run time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class ModelError(ValueError):
    """A model file that does not fit the features it is to be fed with."""


class Model(Protocol):
    """Anything that turns features into a probability."""

    def score(self, features: Sequence[float]) -> float:
        """The probability, 0 to 1."""
        ...


@dataclass(frozen=True)
class Quadratic:
    """A logistic regression over standardised features and all their products of two."""

    mean: Numbers
    scale: Numbers
    bias: float
    linear: Numbers
    square: Numbers

    def score(self, features: Sequence[float]) -> float:
        """The probability, 0 to 1."""
        x = (np.asarray(features, dtype=np.float64) - self.mean) / self.scale
        return _logistic(float(self.bias + self.linear @ x + x @ self.square @ x))


@dataclass(frozen=True)
class Trees:
    """Boosted trees: node after node, left where the feature is at most the threshold; leaves point to themselves."""

    bias: float
    feature: NDArray[np.int64]
    threshold: Numbers
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Numbers
    roots: NDArray[np.int64]
    depth: int

    def score(self, features: Sequence[float]) -> float:
        """The probability, 0 to 1."""
        x = np.asarray(features, dtype=np.float64)
        node = self.roots
        for _ in range(self.depth):
            node = np.where(x[self.feature[node]] <= self.threshold[node], self.left[node], self.right[node])
        return _logistic(self.bias + float(self.value[node].sum()))


class _File(TypedDict):
    kind: str
    features: list[str]
    numbers: dict[str, list[float]]


@cache
def load(name: str, features: tuple[str, ...]) -> Model:
    """The model of a matcher; raises ModelError if it was trained on other features than these."""
    data: _File = json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
    if tuple(data["features"]) != features:
        changed = sorted(set(data["features"]) ^ set(features)) or ["their order"]
        raise ModelError(f"{name}.json was trained on other features ({', '.join(changed)}); train it anew")
    numbers = {key: np.asarray(values, dtype=np.float64) for key, values in data["numbers"].items()}
    return _quadratic(numbers) if data["kind"] == "quadratic" else _trees(numbers)


def _quadratic(numbers: dict[str, Numbers]) -> Quadratic:
    size = len(numbers["mean"])
    square = np.zeros((size, size))
    square[np.triu_indices(size)] = numbers["pairs"]
    return Quadratic(numbers["mean"], numbers["scale"], float(numbers["bias"][0]), numbers["linear"], square)


def _trees(numbers: dict[str, Numbers]) -> Trees:
    feature, left, right, roots = (numbers[name].astype(np.int64) for name in ("feature", "left", "right", "roots"))
    bias, depth = float(numbers["bias"][0]), int(numbers["depth"][0])
    return Trees(bias, feature, numbers["threshold"], left, right, numbers["value"], roots, depth)


def _logistic(z: float) -> float:
    return float(1 / (1 + np.exp(-max(-60.0, min(60.0, z)))))
