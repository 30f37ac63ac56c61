"""The classes of the official ``stripe`` package, read from its source text.

The package describes every object of Stripe's API as a class: one annotation per field, each
followed by a docstring. The text is parsed instead of imported, because docstrings of fields
don't survive at runtime and most annotations name classes that are imported for type checkers
only. A name is looked up as a type checker does: in the class itself, then in its module.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path

from stripe._object_classes import OBJECT_CLASSES, V2_OBJECT_CLASSES


@dataclass(frozen=True)
class Field:
    """One declared field of a class."""

    name: str
    """The name on the wire (``from``, where the class has to say ``from_``)."""
    annotation: ast.expr
    doc: str
    encoding: str | None
    """How the value travels if not as annotated: ``int64_string`` or ``decimal_string``."""


@dataclass(frozen=True, eq=False)
class StripeClass:
    """A class of the package: an object of the API, or a part of one."""

    module: str
    qualname: str
    node: ast.ClassDef

    @property
    def object_name(self) -> str | None:
        """The name that an API object has on the wire; None for a part of one."""
        for statement in self.node.body:
            if (
                isinstance(statement, ast.AnnAssign)
                and ast.unparse(statement.target) == "OBJECT_NAME"
            ):
                return str(ast.literal_eval(statement.value)) if statement.value else None
        return None

    @property
    def is_v2(self) -> bool:
        """Whether the class belongs to the second generation of Stripe's API."""
        return self.module.startswith("stripe.v2")

    @property
    def doc(self) -> str:
        """The docstring of the class, empty if it has none."""
        return inspect.cleandoc(ast.get_docstring(self.node, clean=False) or "")

    def fields(self) -> Iterator[Field]:
        """Yield the fields in their order of declaration."""
        wire_names = _literal_dict(self.node, "_field_remappings")
        encodings = _literal_dict(self.node, "_field_encodings")
        for statement, after in zip_longest(self.node.body, self.node.body[1:]):
            if not isinstance(statement, ast.AnnAssign) or statement.value is not None:
                continue
            target = statement.target
            if not isinstance(target, ast.Name) or target.id.startswith("_"):
                continue
            name = wire_names.get(target.id, target.id)
            yield Field(name, statement.annotation, _text(after), encodings.get(target.id))

    def named(self, name: str) -> StripeClass:
        """Return the class that ``name`` stands for in an annotation of this class.

        Raises:
            LookupError: neither this class nor its module knows the name.
        """
        for statement in self.node.body:
            if isinstance(statement, ast.ClassDef) and statement.name == name:
                return _nested(self, statement)
        return _module(self.module).named(name)


@dataclass(frozen=True)
class _Module:
    """The top-level names of one module."""

    name: str
    classes: dict[str, ast.ClassDef]
    imports: dict[str, tuple[str, str]]

    def named(self, name: str) -> StripeClass:
        if name in self.classes:
            return _top_level(self.name, name)
        if name in self.imports:
            module, original = self.imports[name]
            return _module(module).named(original)
        raise LookupError(f"{self.name} knows no class {name}")


def object_class(object_name: str) -> StripeClass:
    """Return the class of an API object, such as ``charge`` or ``v2.core.account``.

    Raises:
        LookupError: the package has no such object.
    """
    known = OBJECT_CLASSES.get(object_name) or V2_OBJECT_CLASSES.get(object_name)
    if known is None:
        raise LookupError(f"the stripe package has no object named {object_name!r}")
    module, name = known
    return _module(module).named(name)


@cache
def _module(name: str) -> _Module:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LookupError(f"no module {name}")
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    classes: dict[str, ast.ClassDef] = {}
    imports: dict[str, tuple[str, str]] = {}
    # Walked as a whole: the imports that annotations need stand under `if TYPE_CHECKING:`.
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                imports[alias.asname or alias.name] = (node.module, alias.name)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            classes[node.name] = node
    return _Module(name, classes, imports)


# Cached, so that one class is one object and a cycle is seen by identity.
@cache
def _top_level(module: str, name: str) -> StripeClass:
    return StripeClass(module, name, _module(module).classes[name])


@cache
def _nested(outer: StripeClass, node: ast.ClassDef) -> StripeClass:
    return StripeClass(outer.module, f"{outer.qualname}.{node.name}", node)


def _literal_dict(node: ast.ClassDef, name: str) -> dict[str, str]:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
            value = ast.literal_eval(statement.value)
            return {str(key): str(item) for key, item in value.items() if isinstance(item, str)}
    return {}


def _text(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return inspect.cleandoc(str(statement.value.value))
    return ""
