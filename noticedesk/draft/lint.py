"""What a letter template may contain: facts by name, conditions, loops and listed filters. Nothing that computes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType
from typing import Any, get_args, get_type_hints

from jinja2 import nodes

from noticedesk.settings import nearest

FILTERS = ("date", "join", "quote", "say")
"""The filters that a template may use."""

Kinds = Mapping[str, Any]
"""The variables in scope, each with its type."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a template that is not allowed, with its line."""

    line: int
    says: str


def kinds_of(form: type[Any]) -> dict[str, Any]:
    """The names of a facts class with their types, None left out."""
    hints = get_type_hints(form)
    return {field.name: _without_none(hints[field.name]) for field in fields(form)}


def faults(template: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    """Everything in a parsed template that is not on the allow-list, or names what no fact is called."""
    for node in template.iter_child_nodes():
        look = _LOOKS.get(type(node))
        if look is None:
            yield Fault(node.lineno, f"{type(node).__name__} is not allowed; letters state facts and compute nothing")
        else:
            yield from look(node, scope)


def _inside(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    yield from faults(node, scope)


def _nothing(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    return iter(())


def _name(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    assert isinstance(node, nodes.Name)
    if node.name not in scope:
        yield Fault(node.lineno, f"no fact is called {node.name}{nearest(node.name, scope)}")


def _attribute(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    assert isinstance(node, nodes.Getattr)
    yield from faults(node, scope)
    of = _kind(node.node, scope)
    known = kinds_of(of) if is_dataclass(of) and isinstance(of, type) else {}
    if of is not None and node.attr not in known:
        yield Fault(node.lineno, f"no fact is called {_spelt(node)}{nearest(node.attr, known)}")


def _filter(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    assert isinstance(node, nodes.Filter)
    if node.name not in FILTERS:
        yield Fault(node.lineno, f"filter {node.name} is not allowed{nearest(node.name, FILTERS)}")
    yield from faults(node, scope)


def _loop(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    assert isinstance(node, nodes.For)
    of = _kind(node.iter, scope)
    if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
        yield Fault(node.lineno, "a loop goes plainly over the items of one fact")
        return
    if of is not None and not get_args(of):
        yield Fault(node.lineno, f"{_spelt(node.iter)} is not a list of facts")
        return
    inner = {**scope, node.target.name: get_args(of)[0] if of is not None else None}
    yield from _checked(node.iter, scope)
    for part in (*node.body, *node.else_):
        yield from _checked(part, inner)


def _comparison(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    assert isinstance(node, nodes.Compare)
    if any(operand.op not in ("eq", "ne") for operand in node.ops):
        yield Fault(node.lineno, "facts may be compared by == and != only")
    yield from faults(node, scope)


def _checked(node: nodes.Node, scope: Kinds) -> Iterator[Fault]:
    """The faults of a node itself, as `faults` gives those of its children."""
    yield from faults(nodes.Output([node]) if isinstance(node, nodes.Expr) else nodes.Template([node]), scope)


def _kind(node: nodes.Node, scope: Kinds) -> Any:
    """The type of what an expression names; None where that is not known, which was reported already."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        of = _kind(node.node, scope)
        return kinds_of(of).get(node.attr) if is_dataclass(of) and isinstance(of, type) else None
    return None


def _spelt(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_spelt(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else type(node).__name__


def _without_none(kind: Any) -> Any:
    inner = [part for part in get_args(kind) if part is not NoneType]
    return inner[0] if len(inner) == 1 and NoneType in get_args(kind) else kind


_LOOKS: dict[type[nodes.Node], Callable[[nodes.Node, Kinds], Iterator[Fault]]] = {
    nodes.Output: _inside,
    nodes.If: _inside,
    nodes.Not: _inside,
    nodes.And: _inside,
    nodes.Or: _inside,
    nodes.Operand: _inside,
    nodes.TemplateData: _nothing,
    nodes.Const: _nothing,
    nodes.Name: _name,
    nodes.Getattr: _attribute,
    nodes.Filter: _filter,
    nodes.For: _loop,
    nodes.Compare: _comparison,
}
