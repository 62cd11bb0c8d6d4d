"""Jinja2's expressions evaluated from its own syntax tree, for those that are needed once or a few times.

Jinja2 compiles each expression through Python, about 0.4 ms; a layout and its rules hold many hundreds, and most
run a few times a document. Names, attributes, calls, filters and tests go through the sandboxed environment here
as there, so nothing is allowed that it forbids. What this module does not know it says so, and Jinja2 compiles it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from types import FrameType
from typing import Any

from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.utils import missing

from budgetreport.sandbox import Sandbox

_BINARY = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}


class UninterpretableError(Exception):
    """A syntax that only Jinja2 itself runs."""


def line_of(frame: FrameType) -> int | None:
    """The line of the template that is printed in a frame of Python's; None in frames that print no expression."""
    printing = frame.f_code is Interpreter._printed.__code__  # noqa: SLF001 - the class's own
    return frame.f_locals["part"].lineno if printing else None


class Interpreter:
    """Evaluates expressions in one context."""

    def __init__(self, environment: Sandbox, context: Context) -> None:
        self._environment = environment
        self._context = context

    def value(self, node: nodes.Expr) -> Any:  # noqa: ANN401 - an expression may be of any type
        """What the expression is worth. UninterpretableError: ask Jinja2."""
        kind = _KINDS.get(type(node))
        return kind(self, node) if kind else self._binary(node)

    def text(self, parts: list[nodes.Expr]) -> str:
        """The text of plain words and expressions in turn."""
        return "".join(part.data if isinstance(part, nodes.TemplateData) else self._printed(part) for part in parts)

    def _printed(self, part: nodes.Expr) -> str:
        return self._environment.printed(self.value(part))

    def _name(self, node: nodes.Name) -> Any:  # noqa: ANN401
        found = self._context.resolve_or_missing(node.name)
        return self._environment.undefined(name=node.name) if found is missing else found

    def _constant(self, node: nodes.Const) -> Any:  # noqa: ANN401
        return node.value

    def _tuple(self, node: nodes.Tuple) -> tuple[Any, ...]:
        return tuple(self.value(item) for item in node.items)

    def _list(self, node: nodes.List) -> list[Any]:
        return [self.value(item) for item in node.items]

    def _dict(self, node: nodes.Dict) -> dict[Any, Any]:
        return {self.value(pair.key): self.value(pair.value) for pair in node.items}

    def _attribute(self, node: nodes.Getattr) -> Any:  # noqa: ANN401
        return self._environment.getattr(self.value(node.node), node.attr)

    def _item(self, node: nodes.Getitem) -> Any:  # noqa: ANN401
        of = self.value(node.node)
        if isinstance(node.arg, nodes.Slice):
            bounds = (node.arg.start, node.arg.stop, node.arg.step)
            return of[slice(*(self.value(bound) if bound else None for bound in bounds))]
        return self._environment.getitem(of, self.value(node.arg))

    def _arguments(self, node: nodes.Call | nodes.Filter | nodes.Test) -> tuple[list[Any], dict[str, Any]]:
        if node.dyn_args or node.dyn_kwargs:
            raise UninterpretableError
        return [self.value(a) for a in node.args], {str(pair.key): self.value(pair.value) for pair in node.kwargs}

    def _call(self, node: nodes.Call) -> Any:  # noqa: ANN401
        called = self.value(node.node)
        args, named = self._arguments(node)
        return self._environment.call(self._context, called, *args, **named)

    def _filter(self, node: nodes.Filter) -> Any:  # noqa: ANN401
        if node.node is None:
            raise UninterpretableError
        value = self.value(node.node)
        return self._environment.call_filter(node.name, value, *self._arguments(node), self._context)

    def _test(self, node: nodes.Test) -> Any:  # noqa: ANN401
        if node.name in ("defined", "undefined"):
            raise UninterpretableError
        value = self.value(node.node)
        return self._environment.call_test(node.name, value, *self._arguments(node), self._context)

    def _compare(self, node: nodes.Compare) -> bool:
        left = self.value(node.expr)
        for operand in node.ops:
            right = self.value(operand.expr)
            if not _COMPARE[operand.op](left, right):
                return False
            left = right
        return True

    def _either(self, node: nodes.CondExpr) -> Any:  # noqa: ANN401
        if self.value(node.test):
            return self.value(node.expr1)
        if node.expr2 is None:
            raise UninterpretableError
        return self.value(node.expr2)

    def _not(self, node: nodes.Not) -> bool:
        return not self.value(node.node)

    def _and(self, node: nodes.And) -> Any:  # noqa: ANN401
        return self.value(node.left) and self.value(node.right)

    def _or(self, node: nodes.Or) -> Any:  # noqa: ANN401
        return self.value(node.left) or self.value(node.right)

    def _negative(self, node: nodes.Neg) -> Any:  # noqa: ANN401
        return -self.value(node.node)

    def _joined(self, node: nodes.Concat) -> str:
        return self._environment.joined([self.value(one) for one in node.nodes])

    def _binary(self, node: nodes.Expr) -> Any:  # noqa: ANN401
        if not isinstance(node, _BINARY):
            raise UninterpretableError
        return self._environment.call_binop(self._context, node.operator, self.value(node.left), self.value(node.right))


_KINDS: dict[type[nodes.Expr], Callable[[Interpreter, Any], Any]] = {
    nodes.Name: Interpreter._name,  # noqa: SLF001 - the class's own table
    nodes.Const: Interpreter._constant,  # noqa: SLF001
    nodes.Tuple: Interpreter._tuple,  # noqa: SLF001
    nodes.List: Interpreter._list,  # noqa: SLF001
    nodes.Dict: Interpreter._dict,  # noqa: SLF001
    nodes.Getattr: Interpreter._attribute,  # noqa: SLF001
    nodes.Getitem: Interpreter._item,  # noqa: SLF001
    nodes.Call: Interpreter._call,  # noqa: SLF001
    nodes.Filter: Interpreter._filter,  # noqa: SLF001
    nodes.Test: Interpreter._test,  # noqa: SLF001
    nodes.Compare: Interpreter._compare,  # noqa: SLF001
    nodes.CondExpr: Interpreter._either,  # noqa: SLF001
    nodes.Not: Interpreter._not,  # noqa: SLF001
    nodes.And: Interpreter._and,  # noqa: SLF001
    nodes.Or: Interpreter._or,  # noqa: SLF001
    nodes.Neg: Interpreter._negative,  # noqa: SLF001
    nodes.Concat: Interpreter._joined,  # noqa: SLF001
}
