"""Histories: business in an account, and runs of the tap in between, as hypothesis thinks them up.

A history is plain data, so that hypothesis can take away what a failure does not need. What
happens when it is performed is told in sentences, see `tests.proof.chronicle`.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from standin.faults import Fault, Kind
from tests.proof.business import DEEDS
from tests.proof.things import DAY

LISTS = (
    "/v1/events",
    "/v1/customers",
    "/v1/invoices",
    "/v1/prices",
    "/v1/subscriptions",
    "/v1/charges",
    "/v1/balance_transactions",
    "/v1/checkout/sessions",
    "/v1/coupons",
    "/v1/payment_intents",
    "/v1/payment_methods",
    "/v1/payment_records",
    "/v1/radar/value_lists",
    "/v2/core/accounts",
    "/v2/core/events",
    "/v2/money_management/outbound_payments",
)
"""Where something can happen in the middle of a run."""
STREAMS = (
    "customers",
    "events",
    "invoice_line_items",
    "invoices",
    "payment_methods",
    "prices",
    "radar_value_lists",
    "subscription_items",
    "test_clocks",
    "v2_core_accounts",
    "v2_money_management_outbound_payments",
)
"""By whose records it is counted when a run is killed."""
PERMISSIONS = (
    "event_read",
    "balance_transaction_source_read",
    "billing_clock_read",
    "charge_read",
    "checkout_session_read",
    "coupon_read",
    "customer_read",
    "dispute_read",
    "invoice_read",
    "payment_intent_read",
    "payment_method_read",
    "plan_read",
    "product_read",
    "subscription_read",
)
OFTEN = ("cancel", "delete_price", "dispute", "end_discount", "refund", "reuse_coupon")
"""What is to happen more often than chance has it among so many deeds."""
ALL_AT_ONCE = 7
"""How often something happens in one second where it does so: most pages hold less."""


@dataclass(frozen=True)
class Deed:
    """Something happens in the account, once or several times within one second."""

    name: str
    choice: int
    times: int = 1


@dataclass(frozen=True)
class Wait:
    """Time passes."""

    seconds: int


@dataclass(frozen=True)
class Key:
    """From now on the key lacks these permissions, and has all others."""

    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Trouble:
    """Requests for a list, or for what is in it, fail."""

    path: str
    kind: Kind
    status: int
    skip: int
    times: int | None
    reason: str | None = None

    def fault(self) -> Fault:
        """As the stand-in takes it."""
        headers = {"Stripe-Rate-Limited-Reason": self.reason} if self.reason else {}
        return Fault(
            f"{self.path}*",
            self.kind,
            self.status,
            headers=headers,
            skip=self.skip,
            times=self.times,
        )


@dataclass(frozen=True)
class Burst:
    """Something happens when a run asks for a list for the n-th time."""

    path: str
    request: int
    deeds: tuple[Deed | Key, ...]
    seconds: int


@dataclass(frozen=True)
class Kill:
    """The run ends with the n-th record of a stream.

    The target has all rows up to there, but printed only an earlier state than the last one.
    """

    stream: str
    record: int
    states_lost: int


@dataclass(frozen=True)
class Run:
    """A run of the tap, undisturbed where nothing else is said."""

    kill: Kill | None = None
    troubles: tuple[Trouble, ...] = ()
    bursts: tuple[Burst, ...] = ()
    concurrency: int = 1


Step = Deed | Wait | Key | Run


@dataclass(frozen=True)
class History:
    """All that happens, and what the account is like."""

    events_late: int
    """Seconds until events can be seen."""
    transactions_late: int
    """Seconds until balance transactions can be seen."""
    longest_page: int
    past: int
    """How often everything that can happen has happened before."""
    steps: tuple[Step, ...]

    @property
    def has_keys(self) -> bool:
        """Whether permissions are taken at some time."""
        bursts = [burst for step in self.steps if isinstance(step, Run) for burst in step.bursts]
        during = [deed for burst in bursts for deed in burst.deeds]
        return any(isinstance(step, Key) for step in (*self.steps, *during))


_TAKEN_MEANWHILE = Burst("/v1/events", 1, (Key(("invoice_read",)), Deed("bill", 0)), seconds=1)
QUIET = History(
    events_late=30,
    transactions_late=0,
    longest_page=100,
    past=2,
    steps=(
        Run(),
        *(step for deed in DEEDS for step in (Deed(deed, 3), Wait(60))),
        Run(),
        *(Deed(deed, 4) for deed in DEEDS),
        Run(bursts=(_TAKEN_MEANWHILE,)),
        Key(()),
        *(Deed(deed, 5) for deed in DEEDS),
        Wait(DAY),
        Run(kill=Kill("customers", 1, states_lost=1)),
        *(Deed(deed, 6) for deed in DEEDS),
        Wait(DAY),
    ),
)
"""Everything that can happen happens between two runs, again and again, and no run is late.

Chance seldom leaves a deed alone with a run that must learn of it from its event.
"""


def broken_off(table: str, making: str, deleting: str) -> History:
    """The very first run is killed in the middle of a list that is no checkpoint before its end.

    What it has read there is gone when the next run begins with the list.
    """
    return History(
        events_late=0,
        transactions_late=0,
        longest_page=2,
        past=1,
        steps=(
            Deed(making, 0, times=5),
            Wait(DAY),
            Run(kill=Kill(table, 4, states_lost=0)),
            Wait(DAY),
            Deed(deleting, 0, times=5),
        ),
    )


_deeds = st.builds(
    Deed,
    name=st.sampled_from((*DEEDS, *OFTEN, *OFTEN)),
    choice=st.integers(0, 99),
    times=st.sampled_from([1, 1, 1, 1, 2, ALL_AT_ONCE]),
)
_keys = st.builds(
    Key, st.one_of(st.just(()), st.lists(st.sampled_from(PERMISSIONS), max_size=2).map(tuple))
)
_waits = st.builds(Wait, st.sampled_from([0, 1, 60, 3600, DAY, 2 * DAY, 5 * DAY]))
_gaps = st.builds(Wait, st.sampled_from([29 * DAY, 30 * DAY - 60, 30 * DAY, 40 * DAY, 100 * DAY]))
_rests = st.one_of(*[st.just(())] * 3, st.tuples(_gaps))
"""Mostly none: after a month a run reads everything anew, which covers up what it has missed."""
_passing = st.builds(
    Trouble,
    path=st.sampled_from(LISTS),
    kind=st.sampled_from(["error", "html", "truncated", "malformed", "reset"]),
    status=st.sampled_from([409, 429, 500, 502, 503, 504]),
    skip=st.integers(0, 2),
    times=st.integers(1, 3),
    reason=st.sampled_from([None, "global-rate", "endpoint-rate", "global-concurrency"]),
)
_lasting = st.builds(
    Trouble,
    path=st.sampled_from(LISTS),
    kind=st.just("error"),
    status=st.sampled_from([400, 404, 422, 429, 500]),
    skip=st.integers(0, 5),
    times=st.none(),
)
_bursts = st.builds(
    Burst,
    path=st.sampled_from(LISTS),
    request=st.sampled_from([1, 1, 2, 3, 5]),
    deeds=st.lists(st.one_of(_deeds, _deeds, _deeds, _keys), min_size=1, max_size=5).map(tuple),
    seconds=st.sampled_from([0, 1, 60]),
)
_kills = st.builds(
    Kill, stream=st.sampled_from(STREAMS), record=st.integers(1, 12), states_lost=st.integers(0, 2)
)
_concurrencies = st.sampled_from([1, 1, 8])
_runs = st.one_of(
    st.builds(Run, concurrency=_concurrencies),
    st.builds(Run, kill=_kills, concurrency=_concurrencies),
    st.builds(Run, troubles=st.lists(_passing, min_size=1, max_size=3).map(tuple)),
    st.builds(Run, troubles=st.tuples(_lasting)),
    st.builds(Run, bursts=st.lists(_bursts, min_size=1, max_size=3).map(tuple)),
    st.builds(
        Run, concurrency=_concurrencies, bursts=st.lists(_bursts, min_size=1, max_size=3).map(tuple)
    ),
    st.builds(
        Run,
        kill=st.one_of(st.none(), _kills),
        troubles=st.lists(st.one_of(_passing, _lasting), max_size=2).map(tuple),
        bursts=st.lists(_bursts, max_size=2).map(tuple),
    ),
)
_first_runs = st.one_of(_runs, _runs, st.builds(Run, kill=_kills))
"""Tables that were never complete are told apart: more of these are to be killed."""
_between = st.one_of(_deeds, _deeds, _deeds, _deeds, _waits, _keys)
"""What happens between two runs."""


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Some business first; then a run, business and time, again and again."""
    steps: list[Step] = draw(st.lists(st.one_of(_deeds, _deeds, _waits), max_size=25))
    for number in range(draw(st.integers(1, 5))):
        steps.append(draw(_runs if number else _first_runs))
        steps += draw(st.lists(_between, min_size=2, max_size=12))
        steps += draw(_rests)
    return History(
        events_late=draw(st.sampled_from([0, 0, 30, 120])),
        transactions_late=draw(st.sampled_from([0, 0, 60])),
        longest_page=draw(st.sampled_from([100, 5, 2, 1])),
        past=draw(st.integers(0, 2)),
        steps=tuple(steps),
    )
