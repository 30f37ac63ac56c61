"""The official library makes use of what the lists offer."""

from __future__ import annotations

import pytest
import stripe

from standin import Account, Server


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
