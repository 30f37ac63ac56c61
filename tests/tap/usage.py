"""Customers whose usage is measured."""

from __future__ import annotations

from standin import Account
from tests.tap.conftest import DAY


def add_usage(account: Account, now: int) -> tuple[str, str]:
    """Two customers with usage three days ago, two days ago and today; ids of both.

    Only the first one subscribes to a price with the meter.

    Args:
        account: Where to add them.
        now: The present time, in seconds since the epoch.
    """
    since = now - 40 * DAY
    meter = account.create("billing.meter", created=since)["id"]
    price = account.create(
        "price",
        created=since,
        product=account.create("product", created=since)["id"],
        type="recurring",
        recurring={"interval": "month", "interval_count": 1, "meter": meter},
    )["id"]
    subscriber, other = (account.create("customer", created=since)["id"] for _ in range(2))
    account.create(
        "subscription",
        customer=subscriber,
        created=now - 30 * DAY,
        items=[{"price": price, "plan": price}],
    )
    midnight = now - now % DAY
    for customer in (subscriber, other):
        for days in (3, 2, 0):
            account.create(
                "billing.meter_event_summary",
                parent=meter,
                customer=customer,
                window="day",
                start_time=midnight - days * DAY,
                end_time=midnight - (days - 1) * DAY,
                aggregated_value=float(days),
            )
    return subscriber, other
