"""The one expression language: Jinja2, sandboxed and strict, for texts, conditions and rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from traceback import walk_tb
from typing import Any

from jinja2 import TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import TemplateError
from jinja2.parser import Parser
from jinja2.runtime import Context, new_context

from budgetreport import interpreting
from budgetreport.deadline import deadline
from budgetreport.figures import Figure, Marks, Unfilled, number_of
from budgetreport.interpreting import Interpreter, UninterpretableError
from budgetreport.money import NumberFormat
from budgetreport.numerals import numbered
from budgetreport.sandbox import Sandbox, worded

FORMAT = "number_format"
"""The context's name for the NumberFormat of the place that is being printed."""
WORDS = "direction_words"
"""The context's name for the words of `direction`: up, down, unchanged."""
MARKS = "figure_marks"
"""The context's name for the Marks of the text that is being printed."""
_LONGEST_RUN = 20.0
"""Seconds of computing that one template or expression may take: honest ones take milliseconds."""
_FEW = 30
"""An expression that runs more often than this is compiled: only then it pays."""


@pass_context
def _amount(context: Context, figure: object, zero: str | None = None) -> str:
    """`|amount`: an amount as the place prints it; `zero` overrides what zero prints as."""
    if figure is None or figure == "":
        return ""
    fmt: NumberFormat = context[FORMAT]
    found = figure if isinstance(figure, Figure) else Figure(number_of(figure))
    text = zero if zero is not None and not found else fmt.text(int(found.value), faint=found.faint)
    return _marked(context, found, found.word if isinstance(found, Unfilled) else text)


def _marked(context: Context, figure: object, text: str) -> str:
    """The text of a figure, its place marked where the text that is being printed is to know it."""
    marks: Marks | None = context.get(MARKS)
    return marks.mark(figure, text) if marks and text and isinstance(figure, Figure) else text


def _trim0(text: object) -> str:
    """`|trim0`: 29.50 → 29.5, 5.00 → 5."""
    return re.sub(r"(\.[0-9]*?)0+(?![0-9])", lambda m: m[1] if len(m[1]) > 1 else "", str(text))


@pass_context
def _percent(context: Context, value: object, places: int = 0) -> str:
    """`|percent(places)`: 50 → 50%; nothing stays nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, Unfilled):
        return _marked(context, value, f"{value.word}%")
    number = Decimal(str(number_of(value)))
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if places else number.normalize():f}%"
    return _marked(context, value, text)


@pass_context
def _quantity(context: Context, value: object) -> str:
    """`|quantity`: a number that is no money, without needless zeros; nothing stays nothing."""
    if value is None or value == "":
        return ""
    text = value.word if isinstance(value, Unfilled) else f"{Decimal(str(number_of(value))).normalize():f}"
    return _marked(context, value, text)


@pass_context
def _direction(context: Context, figure: object, words: Sequence[str] = ()) -> str:
    """`|direction`: the layout's word for more, less, the same (words: 增减), or that of three others."""
    value = number_of(figure)
    if not (words or context[WORDS]):
        raise LookupError("版式的 words 没有“增减”")
    up, down, same = words or context[WORDS]
    if isinstance(figure, Unfilled):
        return f"{up}（{down}）"
    return str(up if value > 0 else down if value < 0 else same)


def _number(value: int, pattern: str) -> str:
    """`|number('（一）')`: an ordinal in the pattern of the first."""
    return numbered(pattern, value)


def _lines(items: Iterable[object] | None, pattern: str = "") -> str:
    """`|lines('1、')`: one line an item, numbered."""
    return "\n".join((numbered(pattern, i) if pattern else "") + worded(item) for i, item in enumerate(items or (), 1))


@cache
def environment() -> Sandbox:
    """The sandbox that all templates and expressions run in."""
    env = Sandbox()
    env.filters.update(
        amount=_amount,
        trim0=_trim0,
        percent=_percent,
        quantity=_quantity,
        direction=_direction,
        number=_number,
        lines=_lines,
        names=_names,
    )
    return env


@pass_context
def _names(context: Context, codes: Iterable[str], dimension: str) -> str:
    """`|names('function')`: the codes' names, joined by 、."""
    name: Callable[[str, str], str] = context["name"]
    return "、".join(name(dimension, code) for code in codes)


def parsed(source: str, *, expression: bool = False) -> nodes.Template:
    """The syntax tree of a template, or of an expression as one that prints it. TemplateError: it has none."""
    return _tree("{{ " + source + " }}" if expression else source)


@cache
def _tree(source: str) -> nodes.Template:
    return environment().parse(source)


class _Source:
    """A template or an expression: interpreted while it runs a few times, then compiled."""

    def __init__(self, tree: list[nodes.Node], compiled: Callable[[], Any]) -> None:
        self._tree = tree
        self._compile = compiled
        self._runs = 0
        self._compiled: Any = None

    def run(self, context: Mapping[str, Any], interpret: Callable[[Interpreter, list[nodes.Node]], Any]) -> Any:  # noqa: ANN401 - of any type
        """Its value in the context, by `interpret` or, compiled, as Jinja2 runs it."""
        self._runs += 1
        with environment().run(), deadline(_LONGEST_RUN):
            return self._run(context, interpret)

    def _run(self, context: Mapping[str, Any], interpret: Callable[[Interpreter, list[nodes.Node]], Any]) -> Any:  # noqa: ANN401 - as above
        if self._compiled is None and self._runs <= _FEW:
            env = environment()
            try:
                inner = new_context(env, None, {}, {**env.globals, **context}, shared=True)
                return interpret(Interpreter(env, inner), self._tree)
            except UninterpretableError:
                pass
        if self._compiled is None:
            self._compiled = self._compile()
        return self._compiled(context)


@cache
def _template(source: str) -> _Source:
    tree = list(parsed(source).body)
    return _Source(tree, lambda: environment().from_string(parsed(source)).render)


@cache
def _expression(source: str) -> _Source:
    env = environment()
    with env.run():
        parser = Parser(env, source, state="variable")
        tree = parser.parse_expression()
    if not parser.stream.eos:
        raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
    tree.set_environment(env)
    compiled = env.compile_expression
    return _Source([tree], lambda: compiled(source, undefined_to_none=False))


def _as_text(interpreter: Interpreter, tree: list[nodes.Node]) -> str:
    if not all(isinstance(node, nodes.Output) for node in tree):
        raise UninterpretableError
    return "".join(interpreter.text(node.nodes) for node in tree if isinstance(node, nodes.Output))


def _as_value(interpreter: Interpreter, tree: list[nodes.Node]) -> Any:  # noqa: ANN401 - of any type
    (expression,) = tree
    return interpreter.value(expression) if isinstance(expression, nodes.Expr) else None


def render(source: str, context: Mapping[str, Any]) -> str:
    """The text of a template. TemplateError, TypeError and others: a mistake in it (see layout.lint)."""
    return str(_template(source).run(context, _as_text))


def evaluate(source: str, context: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an expression may be of any type
    """The value of an expression."""
    return _expression(source).run(context, _as_value)


def line_of(error: BaseException) -> int:
    """The line of the template in which an error was raised, the innermost; 1 where it was raised in none.

    Frames of Python's tell it: Jinja2 puts the template's lines for those of its code in all errors but BaseExceptions.
    """
    line = line_of(error.__cause__) if error.__cause__ else 1
    for frame, number in walk_tb(error.__traceback__):
        compiled = frame.f_globals.get("__jinja_template__")
        if "__jinja_exception__" in frame.f_globals:
            line = number
        elif compiled:
            line = compiled.get_corresponding_lineno(number)
        else:
            line = interpreting.line_of(frame) or line
    return line


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a template: in which of its lines, and the unknown name if it is one."""

    line: int
    what: str
    name: str = ""
    kind: str = ""


def mistakes(source: str, known: Iterable[str], *, expression: bool = False) -> list[Mistake]:
    """Syntax errors, unknown names and unknown filters of a template or expression."""
    try:
        tree = parsed(source, expression=expression)
    except TemplateSyntaxError as error:
        return [Mistake(error.lineno, str(error.message))]
    except TemplateError as error:
        return [Mistake(1, str(error))]
    env = environment()
    names = list(tree.find_all(nodes.Name))
    known = {*known, *env.globals, *(name.name for name in names if name.ctx != "load")}  # set anywhere, a branch too
    known |= {macro.name for macro in tree.find_all(nodes.Macro)}
    found = [Mistake(n.lineno, "", n.name, "名称") for n in names if n.name not in known]
    found += [Mistake(f.lineno, "", f.name, "过滤器") for f in tree.find_all(nodes.Filter) if f.name not in env.filters]
    found += [Mistake(t.lineno, "", t.name, "判断") for t in tree.find_all(nodes.Test) if t.name not in env.tests]
    return list({(m.line, m.name or m.what): m for m in found}.values())
