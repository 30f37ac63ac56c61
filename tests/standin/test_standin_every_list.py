"""The official library reads every v1 list page by page, and retrieves what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import stripe

from standin import Account
from standin.facts import Endpoint, load
from standin.official import object_class
from tests.standin.conftest import Get
from tests.standin.making import make

FACTS = load()
LISTS = [endpoint for endpoint in FACTS.endpoints if endpoint.path is not None]
MEMBERS = 12  # more than Stripe shows in a nested list
DAY = 24 * 3600
MIDNIGHT = 20_000 * DAY
Data = dict[str, Any]

# Services of the library that aren't named as their path is.
SERVICES = {
    "apple_pay.domains": "apple_pay_domains",
    "credit_notes.lines": "credit_notes.line_items",
    "customers.sources": "customers.payment_sources",
    "invoiceitems": "invoice_items",
    "invoices.lines": "invoices.line_items",
    "sources.source_transactions": "sources.transactions",
}
# What an object must have to be found, and how the list must be asked for it.
GIVEN: Mapping[str, Data] = {
    "apps_secrets": {"scope": {"type": "account"}},
    "billing_meter_event_summaries": {
        "customer": "cus_1",
        "start_time": MIDNIGHT,
        "end_time": MIDNIGHT + DAY,
    },
    "financial_connections_account_owners": {"ownership": "fcaowns_1"},
    "tax_ids": {"owner": {"type": "self"}},
}
ASKED: Mapping[str, Data] = {
    "apps_secrets": {"scope": {"type": "account"}},
    "billing_meter_event_summaries": GIVEN["billing_meter_event_summaries"],
    "financial_connections_account_owners": {"ownership": "fcaowns_1"},
    "subscriptions": {"status": "all"},
    "tax_locations": {"type": "performance"},
    "tax_registrations": {"status": "all"},
}


def plan(account: Account, _kind: str, /) -> Data:
    price = account.create("price", product="prod_1", recurring={"interval": "month"})
    return account.get(price["id"], "plan")


def event(account: Account, _kind: str, /) -> Data:
    account.create("customer")
    return account.all("event")[-1]


Maker = Callable[..., Data]
MAKERS: Mapping[str, Maker] = {"event": event, "plan": plan}


def fill(account: Account, endpoint: Endpoint) -> dict[str | None, list[Data]]:
    """So many objects of an endpoint, by parent: twelve for one, one for another, none."""
    given = GIVEN.get(str(endpoint.stream), {})
    wanted: dict[str | None, list[Data]] = {None: []}
    if endpoint.parent:
        wanted = {make(account, endpoint.parent.object)["id"]: [] for _ in range(3)}
    for (parent, made), count in zip(wanted.items(), (MEMBERS, 1, 0), strict=False):
        for number in range(count):
            kind = endpoint.objects[number % len(endpoint.objects)]
            tie = endpoint.parent and (endpoint.parent.by or endpoint.parent.kept_as)
            tied = {tie: parent} if tie else {}
            maker: Maker = MAKERS.get(kind, make)
            made.append(maker(account, kind, **given, **tied))
            account.clock.advance(60)
    return wanted


def service_of(client: stripe.StripeClient, endpoint: Endpoint) -> Any:
    name = re.sub(r"/\{parent\}", "", str(endpoint.path))[len("/v1/") :].replace("/", ".")
    service: Any = client.v1
    for part in SERVICES.get(name, name).split("."):
        service = getattr(service, part)
    return service


def read(client: stripe.StripeClient, endpoint: Endpoint, parent: str | None) -> Iterator[Any]:
    """A list, of a parent if it takes one, five to a page unless it comes whole."""
    params = {**ASKED.get(str(endpoint.stream), {})}
    if "limit" in endpoint.params:
        params["limit"] = 5
    service = service_of(client, endpoint)
    if endpoint.parent and endpoint.parent.param:
        params[endpoint.parent.param] = parent
    listed = service.list(*in_path(endpoint, parent), params)
    yield from listed.auto_paging_iter()


def in_path(endpoint: Endpoint, parent: str | None) -> list[str]:
    return [parent] if parent and "{parent}" in str(endpoint.path) else []


def identity(item: Any) -> tuple[str, str]:
    return item["object"], item["id"]


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda e: str(e.stream))
def test_reads_each_object_once_and_retrieves_it(
    client: stripe.StripeClient, account: Account, endpoint: Endpoint
) -> None:
    for parent, made in fill(account, endpoint).items():
        found = list(read(client, endpoint, parent))
        assert sorted(map(identity, found)) == sorted(map(identity, made))
        assert {type(item) for item in found} <= {object_class(kind) for kind in endpoint.objects}
        if endpoint.retrieve:
            parents = [parent] if parent and "{parent}" in endpoint.retrieve else []
            for item in found[:4]:
                again = service_of(client, endpoint).retrieve(*parents, item.id)
                assert again.to_dict() == item.to_dict()


NESTED = [
    (name, path)
    for name, known in FACTS.objects.items()
    for path in known.nested
    if any(endpoint.object == name and endpoint.retrieve for endpoint in LISTS)
]
# Old addresses of objects that have a list of their own, and one that lacks what its list demands.
NOT_SERVED = {
    ("charge", "refunds"),
    ("customer", "subscriptions"),
    ("treasury.transaction", "entries"),
}


@pytest.mark.parametrize(("name", "path"), NESTED)
def test_nested_lists_are_cut_at_ten_and_go_on_at_their_address(
    get: Get, account: Account, name: str, path: str
) -> None:
    nested = FACTS.objects[name].nested[path]
    retrieve = next(e.retrieve for e in LISTS if e.object == name and e.retrieve)
    way, _, field = path.rpartition(".")
    parent = make(account, name, **({way: {}} if way == "amount_details" else {}))["id"]
    for number in range(MEMBERS):
        kind = nested.objects[number % len(nested.objects)]
        make(account, kind, **{nested.by or nested.kept_as: parent})
    place = get(f"{retrieve.format(id=parent)}?expand[]={path}").json()
    for part in way.split(".") if way else []:
        place = place[part]
    shown = place[field]
    assert (len(shown["data"]), shown["has_more"]) == (10, True)
    if (name, path) not in NOT_SERVED:
        url = shown["url"]
        listed = get(f"{url}{'&' if '?' in url else '?'}limit=100").json()["data"]
        assert [item["id"] for item in listed[:10]] == [item["id"] for item in shown["data"]]
        assert len(listed) == MEMBERS
