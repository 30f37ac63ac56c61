"""Which object each event of Stripe's is about, as the official ``stripe`` package tells it.

The package has a class per event notification, with a method that fetches the object that the
event is about; its return type names the object. Notifications of snapshot events have the same
types as those, with ``v1.`` before them. Some types have no such class or method.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from stripe import events


def objects_by_event() -> Mapping[str, str]:
    """By event type, as the tap's streams write it: the name of the object."""
    folder = Path(str(events.__file__)).parent
    return {
        event_type.removeprefix("v1."): object_name
        for file in folder.glob("_v[12]_*_event.py")
        for event_type, object_name in _notification(ast.parse(file.read_text(encoding="utf-8")))
    }


def _notification(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The event type and the object's name, if the module tells both."""
    modules = {
        alias.name: str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="LOOKUP_TYPE")], value=ast.Constant(value=value)):
                event_type = str(value)
            case ast.FunctionDef(
                name="fetch_related_object", returns=ast.Constant(value=class_name)
            ):
                kind = getattr(importlib.import_module(modules[str(class_name)]), str(class_name))
                yield event_type, kind.OBJECT_NAME
