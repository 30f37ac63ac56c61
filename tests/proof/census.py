"""What has happened in a history, by kind, and in how many of all histories each kind has.

A property that holds for a thousand histories says nothing about what was in none of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.proof.history import ALL_AT_ONCE
from tests.proof.things import DAY

MAKING = frozenset(
    {
        "add_item",
        "add_price",
        "add_tax_id",
        "attach_card",
        "bill",
        "charge_later",
        "credit_customer",
        "intend_to_pay",
        "list_values",
        "move_money",
        "open_account",
        "open_checkout",
        "pay",
        "pay_out",
        "record_payment",
        "sign_up",
        "start_clock",
        "subscribe",
    }
)
"""Deeds that make something."""
DELETING = frozenset(
    {"delete_clock", "delete_customer", "delete_draft", "delete_tax_id", "remove_item"}
)
UNSEEN = frozenset(
    {
        "edit_checkout",
        "edit_intent",
        "go_on_with_record",
        "list_values",
        "open_checkout",
        "put_on_invoice",
        "record_payment",
        "rename_or_delete_values",
    }
)
"""Deeds without an event."""
OF_THEIR_OWN = {
    "cancel": "something is canceled",
    "delete_price": "a price is deleted",
    "detach_card": "a card is detached",
    "discount_customer": "a discount begins",
    "discount_invoice": "a discount begins",
    "discount_subscription": "a discount begins",
    "dispute": "something is disputed",
    "end_discount": "a discount ends",
    "refund": "something is refunded",
    "reuse_coupon": "an id is used again, or gone",
}
KINDS = (
    "something is made",
    "something changes",
    "something is deleted",
    *sorted(set(OF_THEIR_OWN.values())),
    "something happens without an event",
    "many things happen in one second",
    "nothing happens for a month",
    "business between two runs",
    "business during a run",
    "a run begins before events can be seen",
    "no run for 40 days",
    "a run begins when unseen events are forgotten",
    "a run is whole",
    "a run is killed",
    "the first run is killed",
    "a run gets over a fault",
    "a run fails",
    "a run is refused for a permission",
    "a permission is taken during a run",
    "a permission is given back",
)
"""Everything that there should be enough of."""


@dataclass
class Census:
    """What has happened in one history."""

    kinds: set[str] = field(default_factory=set)
    _runs: int = 0
    _running: bool = False
    _last_run: int = 0
    _last_deed: int = 0
    _unseen_since: int | None = None
    _seconds: Counter[int] = field(default_factory=Counter)

    def deed(self, name: str, now: int) -> None:
        """Something has happened."""
        self.kinds.add(_kind(name))
        if name in UNSEEN:
            self.kinds.add("something happens without an event")
        if self._runs:
            self.kinds.add(
                "business during a run" if self._running else "business between two runs"
            )
        if self._last_deed and now - self._last_deed >= 29 * DAY:
            self.kinds.add("nothing happens for a month")
        self._seconds[now] += 1
        if self._seconds[now] >= ALL_AT_ONCE:
            self.kinds.add("many things happen in one second")
        self._last_deed = now
        if self._unseen_since is None:
            self._unseen_since = now

    def key(self, *, lacks_more: bool) -> None:
        """A permission is taken from the key, or given back."""
        if not lacks_more:
            self.kinds.add("a permission is given back")
        elif self._running:
            self.kinds.add("a permission is taken during a run")

    def run_begins(self, now: int, events_late: int) -> None:
        """The tap runs, in an account whose events show late."""
        if self._last_deed and now - self._last_deed < events_late:
            self.kinds.add("a run begins before events can be seen")
        if self._runs and now - self._last_run >= 40 * DAY:
            self.kinds.add("no run for 40 days")
        if self._runs and self._unseen_since and now - self._unseen_since > 30 * DAY:
            self.kinds.add("a run begins when unseen events are forgotten")
        self._running, self._unseen_since, self._last_run = True, None, now

    def run_ends(self, *, killed: bool, failed: bool, disturbed: bool, refused: bool) -> None:
        """The run is over or killed; faults may have disturbed it, or a permission been missing."""
        self._runs, self._running = self._runs + 1, False
        if killed and self._runs == 1:
            self.kinds.add("the first run is killed")
        if killed:
            self.kinds.add("a run is killed")
        elif failed:
            self.kinds.add("a run fails")
        else:
            self.kinds.add("a run gets over a fault" if disturbed else "a run is whole")
        if refused:
            self.kinds.add("a run is refused for a permission")


def _kind(deed: str) -> str:
    if deed in OF_THEIR_OWN:
        return OF_THEIR_OWN[deed]
    if deed in MAKING:
        return "something is made"
    return "something is deleted" if deed in DELETING else "something changes"


@dataclass
class Tally:
    """In how many histories what has happened."""

    histories: int = 0
    of_kind: Counter[str] = field(default_factory=Counter)

    def add(self, census: Census) -> None:
        """Count one more history."""
        self.histories += 1
        self.of_kind.update(census.kinds)

    def rarer_than(self, share: float) -> dict[str, float]:
        """Kinds that fewer histories have than there should be, and how many have them."""
        shares = {kind: self.of_kind[kind] / max(1, self.histories) for kind in KINDS}
        return {kind: found for kind, found in shares.items() if found < share}
