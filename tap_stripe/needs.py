"""What a restricted key needs for a selection, for people and for machines."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tap_stripe.api.account import livemode_of
from tap_stripe.guard import MODES
from tap_stripe.permissions import by_permission, is_documented, prefilled_form
from tap_stripe.settings import ALL_ACCOUNTS
from tap_stripe.streams import StripeStream
from tap_stripe.streams.accounts import Accounts

_LISTING = f"connected_accounts={ALL_ACCOUNTS}"
_UNDOCUMENTED = "Stripe does not document all that these need; --check tells it in Stripe's words:"
_WIDTH = 100


@dataclass(frozen=True)
class Needs:
    """What a restricted key needs."""

    tables: int
    """How many are selected."""
    permissions: Mapping[str, Sequence[str]]
    """By permission: the tables that need it, and `connected_accounts=all` for their list."""
    connect: Sequence[str]
    """The permissions that are needed in the form's column for Connect as well."""
    undocumented: Sequence[str]
    """Tables of which Stripe does not document all that they need."""
    form: str
    """The address of the dashboard's form with the permissions filled in."""

    @classmethod
    def of(cls, selected: Sequence[type[StripeStream]], config: Mapping[str, Any]) -> Needs:
        """What it takes to read tables.

        Args:
            selected: The tables.
            config: The tap's settings; they need not be right.
        """
        permissions = by_permission(selected)
        connected = config.get("connected_accounts")
        if connected == ALL_ACCOUNTS:
            for name in Accounts.permissions:
                permissions.setdefault(name, []).append(_LISTING)
        permissions = dict(sorted(permissions.items()))
        theirs = [stream for stream in selected if connected and not stream.of_platform]
        return cls(
            tables=len(selected),
            permissions=permissions,
            connect=list(by_permission(theirs)),
            undocumented=[stream.table() for stream in selected if not is_documented(stream)],
            form=prefilled_form(permissions, livemode=_livemode(config)),
        )

    def as_json(self) -> str:
        """All of it as JSON."""
        told = {
            "permissions": self.permissions,
            "connect": self.connect,
            "undocumented": self.undocumented,
            "form": self.form,
        }
        return json.dumps(told, indent=2)

    def as_text(self) -> str:
        """All of it in lines."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        tables = "selected table" if self.tables == 1 else f"{self.tables} selected tables"
        yield f"For the {tables} a restricted key needs Read for:"
        width = max(map(len, self.permissions), default=0)
        for name, used_by in self.permissions.items():
            yield f"  {name:{width}}  {', '.join(used_by)}"
        by_hand = ""
        if self.connect:
            yield "Connected accounts need these in the form's column for Connect too:"
            yield _wrapped(self.connect)
            by_hand = "; see to the column for Connect yourself"
        yield f"Make it in the dashboard's form, where they are switched on already{by_hand}:"
        yield f"  {self.form}"
        if self.undocumented:
            yield _UNDOCUMENTED
            yield _wrapped(self.undocumented)


def _wrapped(names: Sequence[str]) -> str:
    return textwrap.fill(", ".join(names), _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _livemode(config: Mapping[str, Any]) -> bool | None:
    """The mode of the key to be made, as far as the settings tell."""
    mode = MODES.get(str(config.get("livemode")))
    return livemode_of(str(config.get("api_key", ""))) if mode is None else mode
