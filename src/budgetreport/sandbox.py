"""Jinja2's sandbox with limits on what an expression or a template may cost.

Jinja2 keeps templates from reaching what they must not; it does not keep them from running for ever or filling
the memory. Here loops, calls and printed characters are counted, and no operator, filter or method makes a value
larger than LONGEST. The counts are of the work, not of time: what is refused on one machine is refused on all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, nodes, pass_environment
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from budgetreport.deadline import OverdueError

LONGEST = 1_000_000
"""Characters of a text, entries of a list, and characters that one template prints."""
_STEPS = 2_000_000
"""Turns of loops, and calls, in one run."""
_MACRO = 1_000
"""Steps that a call of a macro counts for: macros may call themselves, and print more than they are given."""
_BITS = 400
"""Of a whole number: some 120 digits."""
_POWER = 100
_COUNTED = "counted"
_FILTERS = (
    "abs", "count", "d", "default", "dictsort", "first", "groupby", "int", "items", "last", "length", "list", "lower",
    "map", "max", "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "string", "title",
    "trim", "truncate", "unique", "upper",
)  # fmt: skip
"""Of Jinja2's filters those that suit, and make nothing larger than it was; join, replace and sum are ours."""
_TEXT_METHODS = frozenset(
    ("count", "endswith", "find", "index", "isalpha", "isascii", "isdecimal", "isdigit", "isspace", "lower", "lstrip",
     "partition", "removeprefix", "removesuffix", "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines",
     "startswith", "strip", "upper")
)  # fmt: skip
"""Of a text's methods those that make nothing longer than it was."""
_METHODS: dict[type, frozenset[str]] = {
    str: _TEXT_METHODS,
    list: frozenset(("count", "index")),
    tuple: frozenset(("count", "index")),
    dict: frozenset(("get", "items", "keys", "values")),
    date: frozenset(("day", "isoformat", "month", "year")),
    int: frozenset(),
    float: frozenset(),
    Decimal: frozenset(),
    bytes: frozenset(),
}


class TooMuchError(TemplateRuntimeError):
    """An expression or template costs more than any honest one."""


class UnwordedError(TypeError):
    """A value that is no text is to be printed: a list, a record, a function, money without its unit."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment in which all expressions and templates run."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            cache_size=0,
            finalize=self.printed,
        )
        self.globals.clear()
        self.globals["range"] = _range
        kept = {name: self.filters[name] for name in _FILTERS}
        self.filters.clear()
        self.filters.update(kept, join=_join, replace=_replace, sum=_sum)
        self.filters[_COUNTED] = _turns
        self._steps, self._room = _STEPS, LONGEST
        self._depth = 0

    @contextmanager
    def run(self) -> Iterator[None]:
        """One run: what it may cost is counted anew; what runs within it counts as its own."""
        if not self._depth:
            self._steps, self._room = _STEPS, LONGEST
        self._depth += 1
        try:
            yield
        except (RecursionError, SyntaxError) as error:  # Python's: it nests blocks and brackets only so deep
            raise TooMuchError("套得太深") from error
        except MemoryError as error:
            raise TooMuchError("太大") from error
        except OverdueError as error:
            raise TooMuchError(f"算得太久，{error}") from error
        finally:
            self._depth -= 1

    def step(self, steps: int = 1) -> None:
        """Count so many steps."""
        self._steps -= steps
        if self._steps < 0:
            raise TooMuchError("循环或调用太多，像是没有尽头")

    def room(self, characters: int) -> None:
        """Count so many printed characters."""
        self._room -= characters
        if self._room < 0:
            raise TooMuchError(f"印出的文字超过{LONGEST}个字符")

    def printed(self, value: object) -> str:
        """What a `{{ }}` prints."""
        text = worded(value)
        self.room(len(text))
        return text

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - Jinja2's types
        self.step(_MACRO if isinstance(obj, Macro) else 1)
        return super().call(context, obj, *args, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        _sized(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        for kind, allowed in _METHODS.items():
            if isinstance(obj, kind) and hasattr(kind, attr) and attr not in allowed:
                return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - Jinja2's types
        """`format` is like any other method: a width in it makes a text of any length."""

    def joined(self, values: Iterable[object]) -> str:
        """`~`: the values' texts one after the other."""
        return _join(values)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The syntax tree, loops and `~` counted. TemplateSyntaxError whatever is wrong."""
        try:
            return _Counting().visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]  # of a Template
        except (RecursionError, ValueError, OverflowError) as error:  # brackets without end, a number of 5,000 digits
            raise TemplateSyntaxError("套得太深，或数太大", 1) from error


class _Counting(NodeTransformer):
    """Loops go over counted turns; `~` joins as the filter does."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        printed = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        looped: Any = node.iter
        node.iter = _filtered(looped, _COUNTED, [nodes.Const(printed)])
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), "join", [])


def _filtered(node: nodes.Expr, name: str, args: list[nodes.Expr]) -> nodes.Filter:
    found = nodes.Filter(node, name, args, [], None, None)
    found.set_lineno(node.lineno)
    return found


@pass_environment
def _turns(env: Sandbox, items: Iterable[object], printed: int) -> Iterator[object]:
    """What a loop goes over, each turn counted with the plain words that it prints."""
    for item in items:
        env.step()
        env.room(printed)
        yield item


def worded(value: object) -> str:
    """A value as text. UnwordedError: it is none."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    if type(value).__str__ is not object.__str__:
        return str(value)
    if isinstance(value, Sequence | AbstractSet | Mapping):
        raise UnwordedError("这是列表，不是文字，写 |join('、') 或 |lines")
    raise UnwordedError("这不是文字，不能直接印出")


def _range(*bounds: int) -> range:
    """At most 10,000 numbers."""
    found = range(*bounds)
    if len(found) > 10_000:  # noqa: PLR2004 - said in the docstring
        raise TooMuchError("range 超过10000个数")
    return found


def _sized(operator: str, left: object, right: object) -> None:
    """TooMuchError: the result of an operator would be larger than any honest one."""
    if operator == "%" and isinstance(left, str | bytes):
        raise TooMuchError("文字不能用 % 拼写")
    if operator == "+" and isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        fits(len(left) + len(right))
    if operator == "*":
        for many, times in ((left, right), (right, left)):
            if isinstance(many, str | list | tuple) and isinstance(times, int):
                fits(len(many) * max(times, 0))
        if isinstance(left, int) and isinstance(right, int):
            _fits_bits(left.bit_length() + right.bit_length())
    if operator == "**":
        if not isinstance(right, int) or abs(right) > _POWER:
            raise TooMuchError(f"乘方的次数超过{_POWER}，或不是整数")
        if isinstance(left, int):
            _fits_bits(left.bit_length() * abs(right))


def fits(size: int) -> None:
    """TooMuchError: a text or a list of so many characters or entries is larger than any honest one."""
    if size > LONGEST:
        raise TooMuchError(f"文字或列表超过{LONGEST}")


def _fits_bits(bits: int) -> None:
    if bits > _BITS:
        raise TooMuchError("数太大")


def _join(values: Iterable[object], between: str = "") -> str:
    """`|join('、')`: the texts, with the words between them."""
    texts: list[str] = []
    size = 0
    for value in values:
        texts.append(worded(value))
        size += len(texts[-1]) + len(between)
        fits(size)
    return between.join(texts)


def _replace(text: object, old: str, new: str) -> str:
    """`|replace('甲', '乙')`."""
    said = str(text)
    fits(len(said) + said.count(old) * len(new))
    return said.replace(old, new)


def _sum(values: Iterable[Any]) -> Any:  # noqa: ANN401 - any numbers
    """`|sum`: of numbers and amounts."""
    return sum(values, 0)
