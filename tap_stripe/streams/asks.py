"""Which requests an object of the parent takes, for tables that Stripe lists per object.

Each function is told the object and the run's time (in seconds) and yields the values of one
request after the other: what stands in braces in the endpoint and its parameters, and what the
entries' added columns take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tap_stripe.streams.cuts import Object, id_of, value_at
from tap_stripe.times import DAY

Values = Mapping[str, Any]


def of_its_customer(grant: Object, _now: int) -> Iterator[Values]:
    """One request, by the customer that the object belongs to."""
    yield {"id": grant["id"], "customer": id_of(grant.get("customer"))}


def each_source(customer: Object, _now: int) -> Iterator[Values]:
    """A request for each source of the customer, but none for its cards and bank accounts."""
    for source in value_at(customer, "sources.data") or ():
        if source.get("object") == "source":
            yield {"id": source["id"], "customer": customer["id"]}


def by_ownership(account: Object, _now: int) -> Iterator[Values]:
    """One request for the owners as they were last looked up, if they were."""
    ownership = id_of(account.get("ownership"))
    if ownership is not None:
        yield {"id": account["id"], "ownership": ownership}


def if_automatic(payout: Object, _now: int) -> Iterator[Values]:
    """One request for a payout that Stripe made by itself; of others it doesn't know the parts."""
    if payout.get("automatic"):
        yield {"id": payout["id"]}


def each_metered_item(subscription: Object, now: int) -> Iterator[Values]:
    """A request for each meter that the subscription is billed by, over its whole days so far."""
    values = {
        "customer": id_of(subscription.get("customer")),
        "since": subscription["created"] // DAY * DAY,
        "today": now // DAY * DAY,
    }
    items = value_at(subscription, "items.data") or ()
    meters = [value_at(item, "price.recurring.meter") for item in items]
    if values["since"] < values["today"]:
        yield from ({**values, "meter": meter} for meter in dict.fromkeys(filter(None, meters)))
