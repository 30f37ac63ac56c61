"""Objects whose values must agree with each other, or with other objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from standin import official
from standin.everything import values
from standin.everything.draw import Draw
from standin.everything.vocabulary import DAY

Data = dict[str, Any]
_OWNERSHIP = "financial_connections.account_ownership"
Strategy = Callable[[Draw, Data], Data]


def agreeing(kind: str, draw: Draw, tied: Data) -> Data:
    """The values of an object that can't be left to chance; ``tied`` has the ids of its owners."""
    strategy = _STRATEGIES.get(kind)
    return strategy(draw, tied) if strategy else {}


def _price(draw: Draw, _tied: Data) -> Data:
    """The first and then two of three are recurring; only tiered ones have tiers."""
    kinds = ("recurring", "recurring", "one_time")
    given: Data = {
        "type": draw.rng.choice(kinds) if draw.references.ever_made("plan") else "recurring",
        "billing_scheme": draw.rng.choice(("per_unit", "tiered")),
    }
    if given["type"] == "one_time":
        given["recurring"] = None
    if given["billing_scheme"] == "per_unit":
        given.update(tiers=None, tiers_mode=None)
    return given


def _subscription_item(draw: Draw, _tied: Data) -> Data:
    """A subscription item shows its price twice, the second time as the plan of the same id."""
    plan = draw.references.existing(draw.rng, ("plan",))
    return {"price": plan, "plan": plan}


def _tax_id(_draw: Draw, tied: Data) -> Data:
    """A tax id is a customer's, or the account's own."""
    customer = tied.get("customer")
    owner = {"type": "customer", "customer": customer} if customer else {"type": "self"}
    return {"owner": owner}


def _linked_account(draw: Draw, _tied: Data) -> Data:
    """Owners are listed by the id of the ownership, so there is one."""
    return {"ownership": draw.references.made_up(draw.rng, (_OWNERSHIP,))}


def _account_owner(draw: Draw, tied: Data) -> Data:
    """It belongs to the present ownership of its account."""
    accounts = draw.references.all("financial_connections.account")
    return {"ownership": next(a["ownership"] for a in accounts if a["id"] == tied["parent"])}


def _summary(draw: Draw, _tied: Data) -> Data:
    """Usage is summed up by the day."""
    start = draw.time - draw.time % DAY
    return {"start_time": start, "end_time": start + DAY, "window": "day"}


def _capability(draw: Draw, tied: Data) -> Data:
    """Its id is its name, which each account has but once."""
    known = draw.references.all("capability")
    taken = {data["id"] for data in known if data["account"] == tied["account"]}
    return {"id": draw.rng.choice([name for name in _capability_names() if name not in taken])}


@cache
def _capability_names() -> tuple[str, ...]:
    inner = official.fields(official.object_class("account"))["capabilities"].fields
    return tuple(official.fields(inner)) if inner else ()


def _coded(kind: str, pattern: str, letters: str, length: int) -> Strategy:
    """Its id is made of a code of some letters, such as a country's."""

    def next_code(draw: Draw, _tied: Data) -> Data:
        place = draw.references.ever_made(kind)
        places = (place // len(letters) ** n % len(letters) for n in reversed(range(length)))
        return {"id": pattern.format("".join(letters[p] for p in places))}

    return next_code


def _credited(draw: Draw, tied: Data) -> Data:
    """A customer's credits come from a grant to the same customer."""
    grants = draw.references.all("billing.credit_grant")
    own = [grant["id"] for grant in grants if grant["customer"] == tied["parent"]]
    return {"credit_grant": draw.rng.choice(own)}


def _with(kind: str, *names: str) -> Strategy:
    """Hashes that nested lists are in, so they are there."""
    return lambda draw, _tied: {n: values.field(kind, n, draw, full=True) for n in names}


def _one_of(**known: tuple[Any, ...]) -> Strategy:
    """Fields that the types leave open, but Stripe doesn't."""
    return lambda draw, _tied: {name: draw.rng.choice(some) for name, some in known.items()}


_STRATEGIES: Mapping[str, Strategy] = {
    # A list shows those of the account, or those of one user.
    "apps.secret": _one_of(scope=({"type": "account"},)),
    "balance_transaction": _one_of(status=("pending", "available", "available")),
    "billing.credit_balance_transaction": _credited,
    "billing.meter_event_summary": _summary,
    "capability": _capability,
    "country_spec": _coded("country_spec", "{}", ascii_uppercase, 2),
    "exchange_rate": _coded("exchange_rate", "{}", ascii_lowercase, 3),
    "financial_connections.account": _linked_account,
    "financial_connections.account_owner": _account_owner,
    "invoice_payment": _one_of(status=("open", "paid", "paid", "canceled")),
    "payment_intent": _with("payment_intent", "amount_details"),
    "payout": _one_of(status=("pending", "in_transit", "paid", "paid", "failed", "canceled")),
    "price": _price,
    "refund": _one_of(status=("pending", "succeeded", "succeeded", "failed")),
    "reporting.report_run": _one_of(status=("pending", "succeeded", "failed")),
    "reporting.report_type": _coded("reporting.report_type", "payouts.{}.1", ascii_lowercase, 3),
    "subscription_item": _subscription_item,
    "tax_id": _tax_id,
    "v2.core.account": _one_of(closed=(False, False, True)),
}
