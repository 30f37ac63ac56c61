"""Which event tells of a change, if nobody names one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standin import official
from standin.facts import ObjectFacts
from standin.store import dig

Data = Mapping[str, Any]
ANY = "*"


@dataclass(frozen=True)
class EventNames:
    """The names of one object's events: what is known of it, and the stem of the names."""

    facts: ObjectFacts
    stem: str

    def of_creation(self, data: Data) -> str | None:
        """The event for a new object with these fields."""
        for path, values in self.facts.created_if.items():
            value = dig(data, path.split("."))
            if value not in values and not (ANY in values and value is not None):
                return None
        template = self.facts.created_event
        return template.format(**data) if template else self.facts.event("created", self.stem)

    def of_turn(self, before: Data, after: Data) -> str | None:
        """The event that tells of a certain field's new value.

        Stripe has many that are named after a new status. They matter here where there is no
        general event for changes; elsewhere they come on top of it, when the caller names them.
        """
        for path, names in self.facts.turns.items():
            old, new = dig(before, path.split(".")), dig(after, path.split("."))
            name = names.get(_written(new)) or (names.get(ANY) if new is not None else None)
            if old != new and name:
                return f"{self.stem}.{name}"
        status = after.get("status")
        if before.get("status") == status or self.of_change is not None:
            return None
        name = f"{self.stem}.{status}"
        return name if name in official.event_types() else None

    @property
    def of_change(self) -> str | None:
        """The event for any change, with the old values."""
        return self.facts.event("updated", self.stem)

    @property
    def of_deletion(self) -> str | None:
        """The event for the end of the object."""
        return self.facts.event("deleted", self.stem)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
