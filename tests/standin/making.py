"""Objects with as little in them as Stripe allows."""

from __future__ import annotations

from typing import Any

from standin import Account
from standin.official import fields, object_class


def make(account: Account, kind: str, /, **given: Any) -> dict[str, Any]:
    """An object with the references that Stripe always has, to objects that don't exist."""
    shapes = fields(object_class(kind))
    needed = {
        name: f"{shape.objects[0]}_1"
        for name, shape in shapes.items()
        if shape.objects and not shape.nullable and not shape.page
    }
    return account.create(kind, **{**needed, **given})
