"""The ledger of the business put in order: each subscription, invoice and charge with its fate."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import singledispatchmethod

from standin.demo.deeds import bills, contracts, money, offers
from standin.demo.deeds.book import Book, Deed
from tests.answers.truth.records import (
    Charge,
    Discount,
    Dispute,
    Invoice,
    Item,
    Refund,
    Subscription,
    Terms,
)


class History:
    """What the ledger says up to its end."""

    def __init__(self, book: Book) -> None:
        self.prices: dict[str, offers.PriceListed] = {}
        self.coupons: dict[str, offers.CouponIssued] = {}
        self.customers: dict[str, offers.CustomerSignedUp] = {}
        self.signed_up: dict[str, int] = {}
        self.forgotten: dict[str, int] = {}
        self.listed: dict[str, int] = {}
        self.issued: dict[str, int] = {}
        self.retired: dict[str, int] = {}
        self.added: dict[str, int] = {}
        self.removed: dict[str, int] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.discounts: dict[str, Discount] = {}
        self.coupon_of: dict[str, str] = {}
        self.invoices: dict[str, Invoice] = {}
        self.charges: dict[str, Charge] = {}
        self.refunds: dict[str, Refund] = {}
        self.disputes: dict[str, Dispute] = {}
        self.movements: list[tuple[int, money.MoneyMoved]] = []
        self.discounts_of: dict[str, list[Discount]] = defaultdict(list)
        self._subscription_of: dict[str, Subscription] = {}
        self._at = 0
        for self._at, deed in book:
            self._read(deed)

    @singledispatchmethod
    def _read(self, deed: Deed) -> None:
        raise TypeError(f"what does {deed} mean?")

    @_read.register
    def _(self, deed: offers.PriceListed) -> None:
        self.prices[deed.price] = deed
        self.listed[deed.price] = self._at

    @_read.register
    def _(self, deed: offers.CouponIssued) -> None:
        self.coupons[deed.coupon] = deed
        self.issued[deed.coupon] = self._at

    @_read.register
    def _(self, deed: offers.CouponRetired) -> None:
        self.retired[deed.coupon] = self._at

    @_read.register
    def _(self, deed: offers.CustomerSignedUp) -> None:
        self.customers[deed.customer] = deed
        self.signed_up[deed.customer] = self._at

    @_read.register
    def _(self, deed: offers.CustomerForgotten) -> None:
        self.forgotten[deed.customer] = self._at

    @_read.register
    def _(self, deed: contracts.SubscriptionStarted) -> None:
        started = Subscription(
            deed.subscription, deed.customer, deed.currency, deed.included_tax, self._at
        )
        started.agree(self._at, Terms(deed.status))
        self.subscriptions[deed.subscription] = started

    @_read.register
    def _(self, deed: contracts.ItemAdded) -> None:
        subscription = self.subscriptions[deed.subscription]
        self._subscription_of[deed.item] = subscription
        self.added[deed.item] = self._at
        item = Item(deed.item, self._at, deed.price, deed.quantity)
        self._agree(subscription, items=(*self._terms(subscription).items, item))

    @_read.register
    def _(self, deed: contracts.ItemChanged) -> None:
        subscription = self._subscription_of[deed.item]
        items = [
            replace(item, price=deed.price, quantity=deed.quantity)
            if item.id == deed.item
            else item
            for item in self._terms(subscription).items
        ]
        self._agree(subscription, items=tuple(items))

    @_read.register
    def _(self, deed: contracts.ItemRemoved) -> None:
        subscription = self._subscription_of[deed.item]
        items = self._terms(subscription).items
        self._agree(subscription, items=tuple(i for i in items if i.id != deed.item))
        self.removed[deed.item] = self._at

    @_read.register
    def _(self, deed: contracts.StatusChanged) -> None:
        subscription = self.subscriptions[deed.subscription]
        self._agree(subscription, status=deed.status)
        if deed.status == "incomplete_expired":
            subscription.ended = self._at

    @_read.register
    def _(self, deed: contracts.SubscriptionEnded) -> None:
        subscription = self.subscriptions[deed.subscription]
        self._agree(subscription, status="canceled")
        subscription.ended, subscription.reason = self._at, deed.reason

    @_read.register
    def _(self, deed: contracts.NoticeGiven) -> None:
        self._agree(self.subscriptions[deed.subscription], has_notice=True)

    @_read.register
    def _(self, deed: contracts.NoticeTakenBack) -> None:
        self._agree(self.subscriptions[deed.subscription], has_notice=False)

    @_read.register
    def _(self, deed: contracts.CollectionPaused) -> None:
        self._agree(self.subscriptions[deed.subscription], paused=deed.behavior)

    @_read.register
    def _(self, deed: contracts.CollectionResumed) -> None:
        self._agree(self.subscriptions[deed.subscription], paused=None)

    @_read.register
    def _(self, deed: contracts.DiscountGranted) -> None:
        discount = Discount(
            deed.discount,
            deed.coupon,
            deed.customer,
            deed.subscription,
            deed.item,
            self._at,
            deed.ends,
        )
        self.discounts[deed.discount] = discount
        self.coupon_of[deed.discount] = deed.coupon
        self.discounts_of[deed.item or deed.subscription or deed.customer].append(discount)

    @_read.register
    def _(self, deed: contracts.DiscountTaken) -> None:
        self.coupon_of[deed.discount] = deed.coupon

    @_read.register
    def _(self, deed: contracts.DiscountEnded) -> None:
        self.discounts[deed.discount].ended = self._at

    @_read.register
    def _(self, deed: bills.InvoiceDrafted) -> None:
        self.invoices[deed.invoice] = Invoice(deed.invoice, self._at, deed)

    @_read.register
    def _(self, deed: bills.InvoiceDiscarded) -> None:
        invoice = self.invoices[deed.invoice]
        invoice.status, invoice.discarded = "discarded", self._at

    @_read.register
    def _(self, deed: bills.InvoiceFinalized) -> None:
        invoice = self.invoices[deed.invoice]
        invoice.status, invoice.finalized = "open", self._at
        invoice.number, invoice.asked = deed.number, deed.asked

    @_read.register
    def _(self, deed: bills.InvoicePaid) -> None:
        invoice = self.invoices[deed.invoice]
        invoice.status, invoice.paid, invoice.next_attempt = "paid", self._at, None
        invoice.amount_paid, invoice.off_stripe = deed.amount + deed.off_stripe, deed.off_stripe

    @_read.register
    def _(self, deed: bills.InvoiceVoided) -> None:
        invoice = self.invoices[deed.invoice]
        invoice.status, invoice.next_attempt = "void", None

    @_read.register
    def _(self, deed: bills.InvoiceWrittenOff) -> None:
        invoice = self.invoices[deed.invoice]
        invoice.status, invoice.next_attempt = "uncollectible", None
        invoice.written_off = deed.reason

    @_read.register
    def _(self, deed: bills.RetryPlanned) -> None:
        self.invoices[deed.invoice].next_attempt = deed.next_attempt

    @_read.register
    def _(self, deed: bills.PaymentAsked) -> None:
        self.invoices[deed.invoice].intents.append(deed.intent)

    @_read.register
    def _(self, deed: money.ChargeTried) -> None:
        self.charges[deed.charge] = Charge(self._at, deed)

    @_read.register
    def _(self, deed: money.Refunded) -> None:
        status = "succeeded" if deed.arrived else "pending"
        charge = self.charges[deed.charge]
        self.refunds[deed.refund] = Refund(self._at, charge, deed.amount, status)

    @_read.register
    def _(self, deed: money.RefundArrived) -> None:
        self.refunds[deed.refund].status = "succeeded"

    @_read.register
    def _(self, deed: money.RefundBounced) -> None:
        self.refunds[deed.refund].status = "failed"

    @_read.register
    def _(self, deed: money.DisputeOpened) -> None:
        self.disputes[deed.dispute] = Dispute(self._at, self.charges[deed.charge], deed.inquiry)

    @_read.register
    def _(self, deed: money.DisputeClosed) -> None:
        self.disputes[deed.dispute].status = deed.status

    @_read.register
    def _(self, deed: money.MoneyMoved) -> None:
        self.movements.append((self._at, deed))

    def _terms(self, subscription: Subscription) -> Terms:
        terms = subscription.terms(self._at)
        assert terms is not None, f"{subscription.id} has not started"
        return terms

    def _agree(self, subscription: Subscription, **changes: object) -> None:
        terms = replace(self._terms(subscription), **changes)  # type: ignore[arg-type]
        subscription.agree(self._at, terms)
