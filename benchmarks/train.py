"""Trains the text models from files of labelled pairs and writes their numbers into matchers/text; needs `.[train]`.

    python -m benchmarks.train marks MARKS.csv TITLES.jsonl   columns mark, key; lines of {title, truth}
    python -m benchmarks.train products PAIRS.jsonl...           {part, a, b, label}; only part "train" is read
    python -m benchmarks.train names PAIRS.jsonl                 {schema, a, b, same}
    python -m benchmarks.train use TITLES.jsonl                  {title, mark, use, origin}

Each prints precision, recall and F1 by grouped cross-validation before it writes anything.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

Row = dict[str, Any]
TO = Path(__file__).parents[1] / "matchers" / "text"
FOLDS = 5
CUT_OF_USE = 0.6
DIGITS = 6


def quadratic(strength: float) -> Any:
    return make_pipeline(
        StandardScaler(),
        PolynomialFeatures(2, include_bias=False),
        StandardScaler(),
        LogisticRegression(C=strength, max_iter=5000),
    )


def trees(rounds: int, leaves: int, rate: float) -> Any:
    return HistGradientBoostingClassifier(
        max_iter=rounds, max_leaf_nodes=leaves, learning_rate=rate, l2_regularization=10, min_samples_leaf=15,
        max_features=0.4, random_state=0,
    )  # fmt: skip


def crossed(make: Callable[[], Any], x: Any, y: Any, groups: Any) -> Any:
    """Scores of every row by a model that saw nothing of its group."""
    scores = np.zeros(len(y))
    for seen, unseen in GroupKFold(FOLDS, shuffle=True, random_state=0).split(x, y, groups):
        scores[unseen] = make().fit(x[seen], y[seen]).predict_proba(x[unseen])[:, 1]
    return scores


def best_cut(scores: Any, y: Any, extra: int = 0) -> float:
    """The cut of highest F1, printed with its figures; `extra`: true ones that were no candidates."""
    figures = [(_figures(scores >= cut, y, extra), float(cut)) for cut in np.arange(0.1, 0.9, 0.02)]
    (f1, precision, recall), cut = max(figures)
    print(f"cross-validated: cut {cut:.2f} precision {precision:.4f} recall {recall:.4f} f1 {f1:.4f}")
    return cut


def _figures(said: Any, y: Any, extra: int) -> tuple[float, float, float]:
    hit = int((said & y).sum())
    precision, recall = hit / max(1, int(said.sum())), hit / max(1, int(y.sum()) + extra)
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def write(name: str, kind: str, features: Iterable[str], numbers: dict[str, Any]) -> None:
    rounded = {key: [_short(value) for value in np.ravel(values)] for key, values in numbers.items()}
    lines = ",\n".join(f'  "{key}": {json.dumps(values, separators=(",", ":"))}' for key, values in rounded.items())
    text = f'{{"kind": "{kind}", "features": {json.dumps(list(features))},\n"numbers": {{\n{lines}\n}}}}\n'
    (TO / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"wrote {TO / name}.json, {len(text) // 1024} KB")


def _short(value: float) -> float | int:
    return int(value) if float(value).is_integer() else float(f"{value:.{DIGITS}g}")


def quadratic_numbers(model: Any, shift: float = 0.0) -> dict[str, Any]:
    """Both scalings and the regression as mean, scale, bias, linear terms and products (upper triangle)."""
    first, _, second, regression = (step for _, step in model.steps)
    weights = regression.coef_[0] / second.scale_
    size = len(first.mean_)
    bias = regression.intercept_[0] - float(weights @ second.mean_) + shift
    return {
        "mean": first.mean_, "scale": first.scale_, "bias": [bias], "linear": weights[:size], "pairs": weights[size:],
    }  # fmt: skip


def tree_numbers(model: Any, shift: float = 0.0) -> dict[str, Any]:
    """All trees in one list of nodes; a leaf leads to itself."""
    nodes: list[tuple[float, ...]] = []
    roots: list[int] = []
    for (predictor,) in model._predictors:
        start = len(nodes)
        roots.append(start)
        nodes.extend(_node(node, place, start) for place, node in enumerate(predictor.nodes))
    columns = list(zip(*nodes, strict=True))
    depth = max(int(predictor.nodes["depth"].max()) for (predictor,) in model._predictors)
    named = dict(zip(("feature", "threshold", "left", "right", "value"), columns, strict=True))
    return {"bias": [float(model._baseline_prediction[0, 0]) + shift], "depth": [depth], "roots": roots, **named}


def _node(node: Any, place: int, start: int) -> tuple[float, ...]:
    if node["is_leaf"]:
        return 0, 0, start + place, start + place, node["value"]
    return node["feature_idx"], node["num_threshold"], start + int(node["left"]), start + int(node["right"]), 0


def logit(cut: float) -> float:
    """What to add so that the cut comes to lie at one half."""
    return float(np.log((1 - cut) / cut))


def rows_of(path: str) -> Iterator[Row]:
    with open(path, encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def marks(list_: str, titles: str) -> None:
    """Learns from every inexact hit; groups are marks, so that every score is of marks unseen."""
    from matchers.text.evidence import FEATURES, features
    from matchers.text.hit import settle
    from matchers.text.marks import Marks

    with open(list_, encoding="utf-8", newline="") as table:
        keys = {row["mark"]: row["key"] for row in csv.DictReader(table)}
    index, rows = Marks(keys), list(rows_of(titles))
    found = [(hit, row) for row in rows for hit in settle(index.nearest(row["title"]))]
    y = np.array([keys[hit.mark.name] in row["truth"] for hit, row in found])
    exact = np.array([hit.is_the_mark for hit, _ in found])
    x = np.array([features(hit.mark, hit.window) for hit, _ in found])
    groups = np.array([list(keys).index(hit.mark.name) for hit, _ in found])
    scores = np.ones(len(y))
    scores[~exact] = crossed(lambda: quadratic(0.03), x[~exact], y[~exact], groups[~exact])
    missed = sum(len(row["truth"]) for row in rows) - int(y.sum())
    best_cut(scores, y, missed)
    for cut in (0.4, 0.5, 0.55, 0.6, 0.9, 0.95, 0.97):
        said = scores >= cut
        false = 1000 * int((said & ~y).sum()) / len(rows)
        print(f"  cut {cut}: f1, precision, recall {_figures(said, y, missed)}, false per 1,000 titles {false:.1f}")
    model = quadratic(0.03).fit(x[~exact], y[~exact])
    write("mark", "quadratic", (name for name, _ in FEATURES), quadratic_numbers(model))


def products(*paths: str) -> None:
    """Learns one model for all sets; the cut of the best mean F1 over the sets is moved to one half."""
    from matchers.text.likeness import FEATURES, Product, features

    def offer(given: Row) -> Product:
        return Product(**{k: str(v) for k, v in given.items() if k in Product.__dataclass_fields__ and v is not None})

    rows = [(row, path) for path in paths for row in rows_of(path) if row["part"] == "train"]
    x = np.array([features(offer(row["a"]), offer(row["b"])) for row, _ in rows])
    y = np.array([bool(row["label"]) for row, _ in rows])
    of = np.array([paths.index(path) for _, path in rows])
    groups = np.unique([json.dumps(row["a"], sort_keys=True) for row, _ in rows], return_inverse=True)[1]
    scores = crossed(lambda: trees(250, 31, 0.05), x, y, groups)
    cut = max(np.arange(0.2, 0.6, 0.01), key=lambda c: np.mean([_of_set(scores, y, of == k, c)[0] for k in set(of)]))
    for k, path in enumerate(paths):
        print(f"{path}: cut {cut:.2f} f1, precision, recall {_of_set(scores, y, of == k, cut)}")
    model = trees(250, 31, 0.05).fit(x, y)
    write("product", "trees", (name for name, _ in FEATURES), tree_numbers(model, logit(float(cut))))


def use(path: str) -> None:
    """Learns the maker's name from references to it by real titles; groups are marks."""
    from matchers.finding import Passage
    from matchers.text.context import judged
    from matchers.text.frame import FEATURES, features
    from matchers.text.marks import mark_in
    from matchers.text.mention import Mention

    found = [(row, mark_in(row["mark"], row["title"]).where) for row in rows_of(path) if row["origin"] == "real"]
    kept = [(row, where[0]) for row, where in found if where and isinstance(where[0], Passage)]
    mentions = [Mention(row["mark"], row["title"], *where.theirs) for row, where in kept]
    x = np.array([features(mention) for mention in mentions])
    y = np.array([row["use"] == "brand" for row, _ in kept])
    groups = np.unique([row["mark"] for row, _ in kept], return_inverse=True)[1]
    scores = crossed(lambda: trees(120, 15, 0.05), x, y, groups)
    for name, said, true in (("brand", scores >= CUT_OF_USE, y), ("reference", scores < CUT_OF_USE, ~y)):
        print(f"{name} by the model alone: f1, precision, recall {_figures(said, true, 0)}")
    uses = [judged(mention, bool(score >= CUT_OF_USE))[0] for mention, score in zip(mentions, scores, strict=True)]
    for name, true in (("brand", y), ("reference", ~y)):
        print(f"{name} with cues: f1, precision, recall {_figures(np.array(uses) == name, true, 0)}")
    numbers = tree_numbers(trees(120, 15, 0.05).fit(x, y), logit(CUT_OF_USE))
    write("use", "trees", (name for name, _ in FEATURES), numbers)


def names(path: str) -> None:
    """Learns from pairs of names; the cut of best F1 is moved to one half."""
    from matchers.text.partner import FEATURES, Name, features

    rows = list(rows_of(path))
    x = np.array([features(Name(row["a"]), Name(row["b"])) for row in rows])
    y = np.array([bool(row["same"]) for row in rows])
    cut = best_cut(crossed(lambda: trees(60, 8, 0.06), x, y, np.arange(len(y))), y)
    model = trees(60, 8, 0.06).fit(x, y)
    write("name", "trees", (name for name, _ in FEATURES), tree_numbers(model, logit(cut)))


def _of_set(scores: Any, y: Any, chosen: Any, cut: float) -> tuple[float, float, float]:
    return _figures(scores[chosen] >= cut, y[chosen], 0)


def main() -> None:
    tasks: dict[str, Callable[..., None]] = {"marks": marks, "products": products, "names": names, "use": use}
    if len(sys.argv) < 3 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
