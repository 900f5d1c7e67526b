"""Parameters as Swift declarations. Imports nothing of papermill, which imports this."""

import math
import re
from itertools import chain

KEYWORDS = frozenset(
    """associatedtype class deinit enum extension fileprivate func import init inout internal let
    open operator private precedencegroup protocol public rethrows static struct subscript typealias
    var break case catch continue default defer do else fallthrough for guard if in repeat return
    throw switch where while Any as await false is nil self Self super throws true try""".split())

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def swift_type(value):
    """The Swift type of a parameter's value."""
    if value is None:
        return "Any?"
    if isinstance(value, bool):
        return "Bool"
    if isinstance(value, int):
        return "Int"
    if isinstance(value, float):
        return "Double"
    if isinstance(value, dict):
        return f"[String: {shared_type(value.values())}]"
    if isinstance(value, (list, tuple)):
        return f"[{shared_type(value)}]"
    return "String"


def shared_type(values):
    """The type that holds each of the values; whole numbers become Double beside others."""
    values = list(values)
    if values and all(isinstance(value, (list, tuple)) for value in values):
        return f"[{shared_type(chain.from_iterable(values))}]"
    if values and all(isinstance(value, dict) for value in values):
        inner = chain.from_iterable(value.values() for value in values)
        return f"[String: {shared_type(inner)}]"
    types = {swift_type(value) for value in values}
    if len(types) == 1:
        return types.pop()
    if types == {"Int", "Double"}:
        return "Double"
    return "Any?" if "Any?" in types else "Any"


class SwiftTranslator:
    """Writes `var name = value`: legal after a `let` or a `var` of the same name in an earlier cell,
    and later cells may change it.

    Lists and dictionaries carry their type, since Swift infers none for empty and mixed ones.
    """

    @classmethod
    def translate(cls, value, expected=None):
        """The literal of a value where a type is expected. Where that says nothing about a
        collection's elements, such as `Any`, the literal says its own."""
        if value is None:
            return "nil"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            if not -(2**63) <= value < 2**63:
                raise ValueError(f"{value} does not fit into Int, which has 64 bits")
            return str(value)
        if isinstance(value, float):
            return cls.number(value)
        if not isinstance(value, (dict, list, tuple)):
            return cls.quoted(str(value))
        own = swift_type(value)
        expected = expected or own
        if not expected.startswith("["):
            return f"{cls.translate(value, own)} as {own}"
        if isinstance(value, dict):
            element = expected.removeprefix("[String: ")[:-1]
            parts = [
                f"{cls.quoted(str(name))}: {cls.translate(each, element)}"
                for name, each in value.items()]
            return f"[{', '.join(parts) or ':'}]"
        return "[" + ", ".join(cls.translate(each, expected[1:-1]) for each in value) + "]"

    @classmethod
    def number(cls, value):
        """A Double's literal, or the name of what has none."""
        if math.isnan(value):
            return "Double.nan"
        if math.isinf(value):
            return "Double.infinity" if value > 0 else "-Double.infinity"
        return repr(value)

    @classmethod
    def quoted(cls, text):
        """A String's literal."""
        def escaped(character):
            if character in ESCAPES:
                return ESCAPES[character]
            code = ord(character)
            is_control = code < 0x20 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029)
            return f"\\u{{{code:X}}}" if is_control else character

        return '"' + "".join(map(escaped, text)) + '"'

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        """The cell that papermill puts into a notebook."""
        lines = [f"// {comment}".strip()]
        for name, value in parameters.items():
            is_plain = value is not None and not isinstance(value, (dict, list, tuple))
            annotation = "" if is_plain else f": {swift_type(value)}"
            lines.append(f"var {cls.name(name)}{annotation} = {cls.translate(value)}")
        return "\n".join(lines) + "\n"

    @classmethod
    def name(cls, name):
        """A parameter's name as Swift takes it."""
        if not re.fullmatch(r"[^\W\d]\w*", name):
            raise ValueError(f"'{name}' is no name of a Swift variable")
        return f"`{name}`" if name in KEYWORDS else name

    DECLARATION = re.compile(
        r"(?:let|var)\s+`?(?P<name>[^\W\d]\w*)`?\s*(?::\s*(?P<type>[^=]+?))?\s*=\s*"
        r"(?P<value>.*?)\s*(?://\s*(?P<help>.*))?$")
    LITERALS = [
        (re.compile(r"-?\d[\d_]*"), "Int"), (re.compile(r"true|false"), "Bool"),
        (re.compile(r"-?\d[\d_]*(\.\d[\d_]*)?([eE][-+]?\d+)?"), "Double"),
        (re.compile(r'".*"'), "String"),
    ]

    @classmethod
    def inspect(cls, parameters_cell):
        """The declarations of the tagged cell, one a line, with their defaults and comments."""
        from papermill.models import Parameter
        parameters = []
        for line in parameters_cell["source"].splitlines():
            found = cls.DECLARATION.match(line.strip())
            if not found:
                continue
            value = found["value"]
            known = (name for form, name in cls.LITERALS if form.fullmatch(value))
            parameters.append(
                Parameter(
                    name=found["name"],
                    inferred_type_name=(found["type"] or next(known, "None")).strip(),
                    default=value, help=(found["help"] or "").strip()))
        return parameters
