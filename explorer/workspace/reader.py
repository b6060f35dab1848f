"""A program read from its text: what `script` and `source` write, line by line, into the same steps.

The text is parsed, and matched with the signatures that write it; nothing of it is evaluated.
"""

import ast
import io
import tokenize
from collections.abc import Mapping
from typing import Any

from explorer.errors import ProgramError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import CATALOG, OPERATIONS, PLAIN, Call, Form, Op
from explorer.ops.autograd import BACKWARD, CLEAR, REQUIRE
from explorer.ops.calls import OPERATORS, quiet
from explorer.ops.conversion import CLONE
from explorer.ops.crossing import COPIED, COPY, FROM_NUMPY, NUMPY
from explorer.ops.methods import method
from explorer.ops.signature import Name, matched, stands
from explorer.workspace import definition_reader, names, typed_key
from explorer.workspace.code_values import Unread, dotted, value_of
from explorer.workspace.program import Program
from explorer.workspace.steps import Create, Operate, Step

LONGEST = 2**24
"""Characters of a program."""
_SYMBOLS: Mapping[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def read_program(text: str) -> Program:
    """The program that `text` is, as the explorer writes it. ProgramError with line and column of what is no line of
    one."""
    if len(text) > LONGEST:
        template = QT_TRANSLATE_NOOP(
            "errors", "The program has {count} characters, more than {most}: read it in parts."
        )
        raise ProgramError(Message("errors", template, {"count": len(text), "most": LONGEST}))
    try:
        with quiet():
            lines = ast.parse(text).body
        return _Reader(_comments(text)).read(lines)
    except Unread as unread:
        line = text.splitlines()[unread.node.lineno - 1].encode()
        before = line[: unread.node.col_offset].decode()  # Python counts bytes
        raise _refused(unread.node.lineno, len(before) + 1, str(unread)) from unread
    except SyntaxError as error:
        raise _refused(error.lineno or 1, error.offset or 1, error.msg) from error
    except (ValueError, MemoryError, RecursionError, tokenize.TokenError) as error:
        raise _refused(1, 1, str(error)) from error


def _refused(line: int, column: int, detail: str) -> ProgramError:
    template = QT_TRANSLATE_NOOP(
        "errors", "Line {line}, column {column}, is no step of a program; write it as the code view does."
    )
    return ProgramError(Message("errors", template, {"line": line, "column": column}), detail)


def _comments(text: str) -> dict[int, str]:
    """What stands behind `#` at the end of a line, by its number."""
    found = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            found[token.start[0]] = token.string[2:]
    return found


class _Reader:
    """Goes through the statements once; `kinds` tells which names are arrays."""

    def __init__(self, comments: Mapping[int, str]) -> None:
        self.comments = comments
        self.kinds: dict[str, str] = {}
        self.steps: list[Step] = []
        self.lines: list[int] = []

    def read(self, statements: list[ast.stmt]) -> Program:
        """The program that the statements are."""
        waiting = list(statements)
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, ast.Import) and all(x.name in ("torch", "numpy") for x in node.names):
                continue
            step = self._step(node)
            if isinstance(step, Operate) and step.call.op is BACKWARD and waiting:
                following = waiting[0]
                if isinstance(following, ast.Assign) and following.lineno == node.lineno:
                    step = self._kept(step, following)
                    waiting.pop(0)
            self.steps.append(step)
            self.lines.append(node.lineno)
            gives = "array" if isinstance(step, Create) and step.array else "tensor"
            if isinstance(step, Operate):
                gives = step.call.op.gives if step.call.op.gives != "any" else self.kinds[step.target]
            self.kinds.update(dict.fromkeys(step.makes, gives))
        return Program(tuple(self.steps), tuple(self.lines))

    def _step(self, node: ast.stmt) -> Step:
        if isinstance(node, ast.AugAssign):
            name = self._name(node.target)
            symbol = f"{_SYMBOLS.get(type(node.op), '')}="
            if symbol not in PLAIN:
                raise Unread(node, f"{symbol} is no step")
            return Operate(PLAIN[symbol].call((name, self._operand(node.value))))
        if isinstance(node, ast.Expr):
            call = self._call(node.value)
            if not call.op.writes and not call.op.records:
                raise Unread(node, "the result has no name")
            return Operate(call)
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            raise Unread(node, "no step of a program")
        target = node.targets[0]
        if isinstance(target, ast.Subscript):
            key = self._key(target.slice)
            return Operate(typed_key.written(self._name(target.value), key, self._operand(node.value)))
        if isinstance(target, ast.Attribute) and target.attr == CLEAR.called:
            if not (isinstance(node.value, ast.Constant) and node.value.value is None):
                raise Unread(node.value, "only None clears a gradient")
            return Operate(CLEAR.call((self._name(target.value),)))
        return self._bound(node, target)

    def _bound(self, node: ast.Assign, target: ast.expr) -> Step:
        """What gives new names their values."""
        parts = target.elts if isinstance(target, ast.Tuple) else [target]
        outputs = tuple(self._new(part) for part in parts)
        if len(outputs) == 1 and not isinstance(target, ast.Tuple) and outputs[0] is not None:
            made = definition_reader.created(node.value, outputs[0], self.comments.get(node.end_lineno or 0, ""))
            if made is not None:
                return made
        call = self._call(node.value)
        if call.op.writes or call.op.records:
            raise Unread(node, f"{call.op.name} makes nothing new")
        if not call.op.divides and len(outputs) != len(call.op.results_of(call.arguments)):
            raise Unread(node, f"{call.op.name} gives another number of results")
        return Operate(call, outputs)

    def _kept(self, step: Operate, node: ast.Assign) -> Operate:
        """A backward with the gradients that are kept behind it."""
        (target,) = node.targets
        outputs = tuple(map(self._new, target.elts if isinstance(target, ast.Tuple) else [target]))
        values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        leaves = []
        for value in values:
            path = dotted(value.func) if isinstance(value, ast.Call) and not value.args else ()
            if len(path) != 3 or path[1:] != (CLEAR.called, CLONE.called):
                raise Unread(value, "only gradients are kept behind a backward")
            leaves.append(self._known(path[0], value))
        if len(leaves) != len(outputs):
            raise Unread(node, "there are as many names as gradients")
        first, gradient = step.call.bound["input"], step.call.bound["gradient"]
        return Operate(BACKWARD.call((first, gradient, *leaves), step.call.arguments), outputs)

    # what stands in a line

    def _new(self, node: ast.expr) -> str | None:
        if not isinstance(node, ast.Name):
            raise Unread(node, "no name")
        if node.id == "_":
            return None
        if not names.valid(node.id) or node.id in self.kinds:
            raise Unread(node, f"{node.id} cannot be a new name")
        return node.id

    def _name(self, node: ast.expr) -> Name:
        if not isinstance(node, ast.Name):
            raise Unread(node, "a name is missing")
        return self._known(node.id, node)

    def _known(self, name: str, node: ast.AST) -> Name:
        if name not in self.kinds:
            raise Unread(node, f"there is no {name}")
        return Name(name)

    def _value(self, node: ast.expr) -> Any:
        return value_of(node, self._name)

    def _operand(self, node: ast.expr) -> Any:
        """A name, a number, or values in writing."""
        value = self._value(node)
        if not stands(value, True):
            raise Unread(node, "neither a name nor a number")
        return value

    def _key(self, node: ast.expr) -> tuple[Any, ...]:
        try:
            return typed_key.of_node(node, self._part)
        except ValueError as error:
            raise Unread(node, str(error)) from error

    def _part(self, node: ast.expr) -> Any:
        """What stands for an axis between brackets, but for slices."""
        value = self._value(node)
        if value is None or value is Ellipsis or isinstance(value, Name | int | list) or hasattr(value, "shape"):
            return value
        raise Unread(node, "no index")

    def _call(self, node: ast.expr) -> Call[Any]:
        """The call that an expression is."""
        if isinstance(node, ast.Subscript):
            return typed_key.read(self._name(node.value), self._key(node.slice))
        if isinstance(node, ast.BinOp):
            return self._operator(node, type(node.op), node.left, node.right)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return self._operator(node, type(node.ops[0]), node.left, node.comparators[0])
        if isinstance(node, ast.Attribute):
            name = self._name(node.value)
            return self._first(node, _written_as(Form.PROPERTY, node.attr), [name], {})
        if not isinstance(node, ast.Call):
            raise Unread(node, "no operation")
        path = dotted(node.func)
        if path == ("np", "asarray") and len(node.args) == 1:
            call = self._call(node.args[0])
            return call.op.call(call.operands, {"wrapped": True})
        if isinstance(node.func, ast.Attribute) and node.func.attr == BACKWARD.called:
            return self._backward(node, self._name(node.func.value))
        placed = [self._value(x) for x in node.args]
        named = {x.arg or "": self._value(x.value) for x in node.keywords}
        if "generator" in named:
            named["seed"] = named.pop("generator")
        if path[:1] == ("torch",):
            return self._first(node, _functions(".".join(path[1:])), placed, named)
        if not isinstance(node.func, ast.Attribute):
            raise Unread(node, "no operation")
        name = self._name(node.func.value)
        return self._first(node, self._methods(name, node.func.attr), [name, *placed], named)

    def _operator(self, node: ast.expr, kind: type, left: ast.expr, right: ast.expr) -> Call[Any]:
        symbol = _SYMBOLS.get(kind, "")
        if symbol not in OPERATORS:
            raise Unread(node, "no operation")
        operands = [self._operand(left), self._operand(right)]
        arrays = any(self.kinds.get(x) == "array" for x in operands if isinstance(x, Name))
        if arrays or any(type(x).__module__ == "numpy" for x in operands):
            return PLAIN[f"numpy {symbol}"].call(operands)
        found = [op for op in CATALOG.values() if op.form is Form.OPERATOR and op.symbol == symbol]
        return self._first(node, found, operands, {})

    def _methods(self, name: str, word: str) -> list[Op]:
        if self.kinds[name] == "array":
            return [COPY] if word == COPY.called else []
        found = _written_as(Form.METHOD, word)
        other = method(word)
        return [*found, *([other] if other is not None else [])]

    def _backward(self, node: ast.Call, name: str) -> Call[Any]:
        kept = {x.arg or "": self._value(x.value) for x in node.keywords}
        gradient, ones = None, False
        if node.args:
            (given,) = node.args
            ones = isinstance(given, ast.Call) and dotted(given.func) == ("torch", "ones_like")
            gradient = None if ones else self._name(given)
        return BACKWARD.call((name, gradient), {**kept, "of_ones": ones})

    def _first(self, node: ast.AST, entries: list[Op], placed: list[Any], named: Mapping[str, Any]) -> Call[Any]:
        for exact in (True, False):
            for op in entries:
                call = matched(op, placed, named, exact)
                if call is not None:
                    return call
        raise Unread(node, "no operation that is known, or not with these operands and arguments")


def _written_as(form: Form, word: str) -> list[Op]:
    known = (*OPERATIONS.values(), NUMPY, REQUIRE)
    return [op for op in known if op.form is form and op.called == word]


def _functions(path: str) -> list[Op]:
    """The entries that are written as a function, or as one where an operator does not say all."""
    known = (*OPERATIONS.values(), FROM_NUMPY, COPIED)
    called = [op for op in known if op.form in (Form.FUNCTION, Form.OPERATOR) and op.operands]
    return [op for op in called if op.called == path]
