"""What the ledger tells of: subscriptions, invoices, charges and the like, each with its fate."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from standin.demo.deeds.bills import InvoiceDrafted
from standin.demo.deeds.money import ChargeTried


@dataclass(frozen=True)
class Sight:
    """When the account was looked at: first, and last, which is now.

    From ``first_seen`` on, before the first look, its events tell of every change.
    """

    first_seen: int
    first_look: int
    as_of: int


@dataclass(frozen=True)
class Item:
    """What is subscribed to: a quantity of a price, None when it is metered."""

    id: str
    added: int
    price: str
    quantity: int | None


@dataclass(frozen=True)
class Terms:
    """What was agreed on in a subscription from a moment on."""

    status: str
    items: tuple[Item, ...] = ()
    paused: str | None = None
    has_notice: bool = False


@dataclass
class Subscription:
    """A subscription with its terms as they changed, and how it ended."""

    id: str
    customer: str
    currency: str
    included_tax: float
    started: int
    ended: int | None = None
    reason: str | None = None
    _moments: list[int] = field(default_factory=list)
    _terms: list[Terms] = field(default_factory=list)

    @property
    def moments(self) -> list[int]:
        """When the terms changed."""
        return self._moments

    def agree(self, at: int, terms: Terms) -> None:
        """Other terms hold from a moment on."""
        self._moments.append(at)
        self._terms.append(terms)

    def terms(self, at: int) -> Terms | None:
        """The terms at a moment; None before it started."""
        found = bisect_right(self._moments, at)
        return self._terms[found - 1] if found else None


@dataclass
class Discount:
    """A coupon that somebody has; it runs out when it ``ends``, or is taken away (``ended``)."""

    id: str
    coupon: str
    customer: str
    subscription: str | None
    item: str | None
    granted: int
    ends: int | None
    ended: int | None = None


@dataclass
class Invoice:
    """An invoice; moments are None for what did not happen."""

    id: str
    written: int
    draft: InvoiceDrafted
    status: str = "draft"
    number: str | None = None
    asked: int = 0
    finalized: int | None = None
    discarded: int | None = None
    paid: int | None = None
    amount_paid: int = 0
    off_stripe: int = 0
    written_off: str | None = None
    next_attempt: int | None = None
    intents: list[str] = field(default_factory=list)


@dataclass
class Charge:
    """An attempt to collect money, and what was done to it."""

    at: int
    tried: ChargeTried

    @property
    def paid(self) -> bool:
        """Whether the money came."""
        return self.tried.failure is None


@dataclass
class Refund:
    """Money given back."""

    at: int
    charge: Charge
    amount: int
    status: str


@dataclass
class Dispute:
    """A charge that its cardholder contests, or asks about."""

    at: int
    charge: Charge
    inquiry: bool
    status: str = "open"
