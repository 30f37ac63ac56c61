"""Stripe's own library, as its documentation says to read a list: `auto_paging_iter`."""

from __future__ import annotations

import json
import sys

import stripe

from bench.contenders import API_KEY


def main() -> None:
    """Write every object of the lists as a line of JSON."""
    url, *tables = sys.argv[1:]
    client = stripe.StripeClient(API_KEY, base_addresses={"api": url})
    for table in tables:
        page = getattr(client.v1, table).list({"limit": 100})
        for stripe_object in page.auto_paging_iter():
            sys.stdout.write(json.dumps(stripe_object.to_dict(for_json=True)) + "\n")


if __name__ == "__main__":
    main()
