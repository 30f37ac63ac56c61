"""The staff of the business: every actor, introduced to those whose work it builds on."""

from __future__ import annotations

from standin.demo.bank_transfers import BankTransfers
from standin.demo.bookings import Bookings
from standin.demo.catalog import Catalog
from standin.demo.collection import Collection
from standin.demo.contracts import Contracts
from standin.demo.credit_notes import CreditNotes
from standin.demo.customers import Customers
from standin.demo.decisions import Decisions
from standin.demo.desk import Desk
from standin.demo.discounts import Discounts
from standin.demo.disputes import Disputes
from standin.demo.enterprise import Enterprise
from standin.demo.invoice_items import InvoiceItems
from standin.demo.invoices import Invoices
from standin.demo.marketplace import Marketplace
from standin.demo.payments import Payments
from standin.demo.payouts import Payouts
from standin.demo.plan_changes import PlanChanges
from standin.demo.record_keeping import RecordKeeping
from standin.demo.refunds import Refunds
from standin.demo.sales import Sales
from standin.demo.schedules import Schedules
from standin.demo.service import Service
from standin.demo.subscriptions import Subscriptions
from standin.demo.treasury import Treasury


class Staff:
    """All actors at one desk; the catalogue must be there before they start."""

    def __init__(self, desk: Desk) -> None:
        catalog = Catalog(desk.account)
        treasury = Treasury(desk)
        customers = Customers(desk, catalog)
        contracts = Contracts(desk)
        schedules = Schedules(desk)
        discounts = Discounts(desk)
        items = InvoiceItems(desk)
        self.payouts = Payouts(desk, treasury)
        self.payments = Payments(desk, treasury)
        self.refunds = Refunds(desk, treasury)
        self.disputes = Disputes(desk, treasury, contracts)
        invoices = Invoices(desk, items, discounts, self.payments)
        transfers = BankTransfers(desk, contracts, invoices, self.payments)
        collection = Collection(desk, customers, contracts, invoices, self.payments, transfers)
        subscriptions = Subscriptions(
            desk, customers, contracts, discounts, invoices, collection, schedules
        )
        bookings = Bookings(desk, schedules, subscriptions)
        self.enterprise = Enterprise(
            desk, catalog, customers, items, invoices, collection, subscriptions
        )
        self.sales = Sales(desk, catalog, customers, subscriptions, bookings, self.enterprise)
        self.marketplace = Marketplace(desk, catalog, self.payments, treasury, self.refunds)
        changes = PlanChanges(desk, items, discounts, invoices, collection, subscriptions)
        self.decisions = Decisions(desk, catalog, customers, contracts, subscriptions, changes)
        self.records = RecordKeeping(desk, customers, contracts, items, invoices)
        self.service = Service(
            desk,
            self.payments,
            transfers,
            self.refunds,
            self.disputes,
            CreditNotes(desk, contracts, invoices, self.refunds),
            discounts,
            schedules,
            bookings,
            self.marketplace,
            self.enterprise,
            self.sales,
            self.decisions,
        )
        self._with_work_under_way = (
            treasury,
            self.payouts,
            self.payments,
            customers,
            contracts,
            self.refunds,
            self.disputes,
            items,
            invoices,
            transfers,
            collection,
            subscriptions,
            bookings,
            self.enterprise,
        )

    def resume(self) -> None:
        """Take up everything that is under way in an account with a history."""
        for actor in self._with_work_under_way:
            actor.resume()
