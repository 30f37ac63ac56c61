"""What can change in which object, and how that is told: the table that ``happen`` follows.

Without an entry an object is edited in any plain field if Stripe has an event for that, and not
at all otherwise. Besides, fields turn to values of which an event tells (``topup.failed``), and a
status turns to any value if there is an event for edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Values = tuple[Any, ...]


@dataclass(frozen=True)
class State:
    """What an object must be like: these values in its fields, and made in the last ``days``."""

    values: Mapping[str, Values] = field(default_factory=dict)
    days: int | None = None


@dataclass(frozen=True)
class Edits:
    """Plain fields may be edited: those named, or any. ``silent``: Stripe has no event for it."""

    fields: tuple[str, ...] = ()
    silent: bool = False
    state: State = State()


@dataclass(frozen=True)
class Move:
    """A step in an object's life: these fields get these values, if ``when`` is fulfilled.

    Without ``event`` it is told as any change of these fields is, or not at all.
    """

    to: Mapping[str, Any]
    when: Mapping[str, Values] = field(default_factory=dict)
    event: str | None = None


@dataclass(frozen=True)
class Rule:
    """What can change in an object.

    ``edits`` None: nothing but what ``moves`` say. ``parent`` is what its parent must be like for
    it to come, be edited or go. ``told_by`` has the event by which a parent of a kind tells of
    members that come or go.
    """

    edits: Edits | None = field(default_factory=Edits)
    moves: tuple[Move, ...] = ()
    parent: State = State()
    told_by: Mapping[str, str] = field(default_factory=dict)


def _silent(*fields: str, days: int | None = None, **when: Values) -> Edits:
    return Edits(fields, silent=True, state=State(when, days))


def _steps(field_name: str, *values: Any, of: Values = ()) -> tuple[Move, ...]:
    when = {field_name: of} if of else {}
    return tuple(Move({field_name: value}, when) for value in values)


_ANY_SILENT = Rule(_silent())
_NEVER = Rule(None)
_ORDERED = ("awaiting_funds", "open")
_UNPAID = ("requires_payment_method", "requires_confirmation", "requires_action")
_LINKED = "financial_connections.account"

RULES: Mapping[str, Rule] = {
    # Written once.
    "billing.credit_balance_transaction": _NEVER,
    "billing.meter_event_summary": _NEVER,
    "credit_note_line_item": _NEVER,
    "customer_cash_balance_transaction": _NEVER,
    "event": _NEVER,
    "file": _NEVER,
    "forwarding.request": _NEVER,
    "identity.verification_report": _NEVER,
    "plan": _NEVER,  # changes with its price
    "scheduled_query_run": _NEVER,
    "treasury.transaction_entry": _NEVER,
    "v2.core.event": _NEVER,
    "v2.money_management.adjustment": _NEVER,
    "v2.money_management.transaction_entry": _NEVER,
    # Comes and goes, but is never edited.
    "apple_pay_domain": _NEVER,
    "entitlements.active_entitlement": _NEVER,
    "product_feature": _NEVER,
    "radar.value_list_item": _NEVER,
    "tax.location": _NEVER,
    "tax_code": _NEVER,
    "transfer_reversal": _NEVER,
    # Edited at any time, without an event.
    "apps.secret": _ANY_SILENT,
    "billing.alert": Rule(_silent("title"), _steps("status", "active", "inactive", "archived")),
    "billing.feedback_option": _ANY_SILENT,
    "climate.supplier": _ANY_SILENT,
    "country_spec": _ANY_SILENT,
    "customer_balance_transaction": Rule(
        _silent("description", "metadata"), told_by={"customer": "customer.updated"}
    ),
    "entitlements.feature": Rule(_silent("active", "metadata", "name")),
    "exchange_rate": Rule(_silent("rates")),
    "file_link": Rule(_silent("expires_at", "metadata")),
    "invoice_rendering_template": Rule(
        _silent("nickname", "version"), _steps("status", "active", "archived")
    ),
    "issuing.physical_bundle": Rule(
        _silent("name"), _steps("status", "active", "inactive", "review")
    ),
    "payment_attempt_record": Rule(_silent(), parent=State(days=7)),
    "payment_intent_amount_details_line_item": Rule(
        _silent(), parent=State({"status": _UNPAID}, days=7)
    ),
    "payment_method_configuration": _ANY_SILENT,
    "payment_method_domain": _ANY_SILENT,
    "payment_record": _ANY_SILENT,
    "product_catalog.trial_offer": _ANY_SILENT,
    "radar.value_list": Rule(_silent("alias", "metadata", "name")),
    "shipping_rate": Rule(_silent("active", "metadata")),
    "tax.registration": Rule(
        _silent("active_from", "expires_at"), _steps("status", "active", "expired")
    ),
    "terminal.configuration": _ANY_SILENT,
    "terminal.location": _ANY_SILENT,
    "terminal.reader": Rule(_silent(), _steps("status", "online", "offline")),
    "v2.core.event_destination": _ANY_SILENT,
    "v2.core.vault.gb_bank_account": _ANY_SILENT,
    "v2.core.vault.us_bank_account": _ANY_SILENT,
    "v2.money_management.outbound_setup_intent": _ANY_SILENT,
    "webhook_endpoint": _ANY_SILENT,
    # Edited without an event, some only while open; other changes have events.
    "checkout.session": Rule(_silent("metadata", days=1, status=("open",))),
    "climate.order": Rule(
        _silent("metadata", status=_ORDERED), _steps("status", "confirmed", of=_ORDERED)
    ),
    "identity.verification_session": Rule(_silent("metadata", status=("requires_input",))),
    "invoiceitem": Rule(
        _silent("amount", "description", "metadata", "quantity", days=400, invoice=(None,))
    ),
    "payment_intent": Rule(_silent("amount", "description", "metadata", days=7, status=_UNPAID)),
    "quote": Rule(_silent("description", "footer", "header", "metadata", status=("draft", "open"))),
    "setup_intent": Rule(_silent("description", "metadata", days=7, status=_UNPAID)),
    "topup": Rule(_silent("description", "metadata", status=("pending",))),
    "treasury.financial_account": Rule(_silent("metadata", "nickname")),
    # Settles without an event, and changes in nothing else.
    "balance_transaction": Rule(None, _steps("status", "available", of=("pending",))),
    "invoice_payment": Rule(None, _steps("status", "paid", "canceled", of=("open",))),
    "treasury.credit_reversal": Rule(None, _steps("status", "canceled", of=("processing",))),
    "treasury.debit_reversal": Rule(None, _steps("status", "failed", of=("processing",))),
    "treasury.transaction": Rule(None, _steps("status", "posted", "void", of=("open",))),
    "payout": Rule(
        Edits(("description", "metadata")), _steps("status", "paid", "failed", "canceled")
    ),
    "refund": Rule(moves=_steps("status", "succeeded", "failed")),
    "reporting.report_run": Rule(None, _steps("status", "succeeded", "failed", of=("pending",))),
    # Has another event than its field suggests.
    "subscription": Rule(
        moves=(Move({"status": "canceled"}, event="customer.subscription.deleted"),)
    ),
    # Told by their parents.
    "financial_connections.account_owner": Rule(
        None, told_by={_LINKED: f"{_LINKED}.refreshed_ownership"}
    ),
    "financial_connections.transaction": Rule(
        None, told_by={_LINKED: f"{_LINKED}.refreshed_transactions"}
    ),
    "item": Rule(
        None,
        told_by={
            "checkout.session": "checkout.session.completed",
            "payment_link": "payment_link.updated",
            "quote": "quote.finalized",
        },
    ),
    "setup_attempt": Rule(None, told_by={"setup_intent": "setup_intent.setup_failed"}),
}


def rule(kind: str) -> Rule:
    """What can change in objects of a kind."""
    return RULES.get(kind, Rule())
