"""The official library reads every endpoint without complaint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from standin import Account, Server
from standin.facts import Endpoint, load
from standin.official import object_class

LISTS = [e for e in load().endpoints if e.path is not None]
SERVICES = {
    "customer_tax_ids": "customers.tax_ids",
    "credit_note_line_items": "credit_notes.line_items",
    "invoice_line_items": "invoices.line_items",
    "transfer_reversals": "transfers.reversals",
}
EVERYTHING: dict[str, dict[str, Any]] = {"subscriptions": {"status": "all"}}


def service_of(client: stripe.StripeClient, stream: str) -> Any:
    service: Any = client.v1
    for name in SERVICES.get(stream, stream).split("."):
        service = getattr(service, name)
    return service


def read(client: stripe.StripeClient, account: Account, endpoint: Endpoint) -> Iterator[Any]:
    """Every object of a list, for children those of all parents, three to a page."""
    stream = str(endpoint.stream)
    params = {"limit": 3, **EVERYTHING.get(stream, {})}
    service = service_of(client, stream)
    if endpoint.parent is None:
        yield from service.list(params).auto_paging_iter()
        return
    for parent in account.all(endpoint.parent):
        if endpoint.parent_param is not None:
            params[endpoint.parent_param] = parent["id"]
            yield from service.list(params).auto_paging_iter()
        else:
            yield from service.list(parent["id"], params).auto_paging_iter()


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda e: str(e.stream))
def test_reads_all_objects_page_by_page(
    client: stripe.StripeClient, business: Account, endpoint: Endpoint
) -> None:
    found = list(read(client, business, endpoint))
    ids = [item.id for item in found]
    wanted = business.all(endpoint.object)
    if endpoint.stream == "prices":
        wanted = [price for price in wanted if price["active"]]
    assert sorted(ids) == sorted(item["id"] for item in wanted)
    assert len(ids) == len(set(ids)) >= 3
    assert {type(item) for item in found} == {object_class(endpoint.object)}


@pytest.mark.parametrize("endpoint", [e for e in LISTS if e.retrieve], ids=lambda e: str(e.stream))
def test_retrieves_what_it_lists(
    client: stripe.StripeClient, business: Account, endpoint: Endpoint
) -> None:
    listed = next(read(client, business, endpoint))
    service = service_of(client, str(endpoint.stream))
    in_path = endpoint.parent is not None and endpoint.parent_param is None
    parent = [listed[str(endpoint.parent)]] if in_path else []
    assert service.retrieve(*parent, listed.id).to_dict() == listed.to_dict()


def test_expands_references_lists_and_hidden_fields(
    client: stripe.StripeClient, business: Account
) -> None:
    [invoice, *_] = client.v1.invoices.list(
        {"expand": ["data.customer", "data.payments", "data.discounts.source.coupon"]}
    ).data
    assert isinstance(invoice.customer, stripe.Customer)
    assert invoice.payments is not None
    assert len(invoice.payments.data) == 1
    discount = invoice.discounts[0]
    assert isinstance(discount, stripe.Discount)
    assert isinstance(discount.source.coupon, stripe.Coupon)
    assert "applies_to" not in discount.source.coupon

    [price, *_] = client.v1.prices.list({"expand": ["data.tiers", "data.currency_options"]}).data
    assert price.tiers is not None
    assert [tier.up_to for tier in price.tiers] == [5, None]
    assert price.currency_options is not None
    assert price.currency_options["eur"].unit_amount == 850

    [coupon, *_] = client.v1.coupons.list({"expand": ["data.applies_to"]}).data
    assert coupon.applies_to is not None

    limits = {"first_time_transaction": True, "currency_options": {"eur": {"minimum_amount": 3}}}
    business.update(business.all("promotion_code")[-1]["id"], restrictions=limits)
    [code, *_] = client.v1.promotion_codes.list().data
    assert code.restrictions.first_time_transaction
    assert "currency_options" not in code.restrictions
    [code, *_] = client.v1.promotion_codes.list(
        {"expand": ["data.restrictions.currency_options"]}
    ).data
    assert code.restrictions.currency_options is not None
    assert code.restrictions.currency_options["eur"].minimum_amount == 3

    charge = client.v1.charges.list({"expand": ["data.refunds"]}).data[0]
    assert charge.refunds is not None
    assert charge.refunds.data[0].amount == 100


@pytest.mark.usefixtures("business")
def test_nested_lists_go_on_where_they_were_cut(client: stripe.StripeClient) -> None:
    invoice = client.v1.invoices.list().data[0]
    assert len(invoice.lines.data) == 10
    assert invoice.lines.has_more
    assert [line.amount for line in invoice.lines.auto_paging_iter()] == list(range(100, 1501, 100))

    subscription = client.v1.subscriptions.list().data[0]
    items = subscription["items"]
    assert len(items.data) == 10
    assert items.has_more
    assert len({item.id for item in items.auto_paging_iter()}) == 12


def test_the_account_itself(client: stripe.StripeClient, server: Server) -> None:
    assert client.v1.accounts.retrieve_current().id == server.account.id
    assert client.v1.accounts.retrieve(server.account.id).id == server.account.id
