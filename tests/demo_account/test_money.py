"""Money adds up: charges, refunds, disputes, transfers, balance transactions and payouts."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.demo_account.pictures import Picture


def test_every_transaction_nets_its_fee(demo: Picture) -> None:
    for transaction in demo.all("balance_transaction"):
        assert transaction["net"] == transaction["amount"] - transaction["fee"]
        assert transaction["fee"] == sum(part["amount"] for part in transaction["fee_details"])
        assert transaction["currency"] in ("usd", "eur", "gbp")
        assert (transaction["status"] == "pending") == (transaction["available_on"] > demo.now)


def test_each_movement_has_exactly_one_transaction(demo: Picture) -> None:
    found = Counter(
        (t["type"], t["source"]) for t in demo.all("balance_transaction") if t["source"]
    )
    assert all(count == 1 for (kind, _), count in found.items() if kind != "adjustment")
    sources = {source for _, source in found}
    moved = [c for c in demo.all("charge") if c["status"] == "succeeded"]
    for kind in ("refund", "payout", "transfer", "transfer_reversal"):
        moved += demo.all(kind)
    assert {obj["id"] for obj in moved} <= sources
    for obj in moved:
        transaction = demo.get("balance_transaction", obj["balance_transaction"])
        assert transaction["source"] == obj["id"]
    failed = [c for c in demo.all("charge") if c["status"] == "failed"]
    assert all(c["balance_transaction"] is None and c["id"] not in sources for c in failed)


def test_amounts_are_converted_at_the_stated_rate(demo: Picture) -> None:
    signs = {"charge": 1, "refund": -1, "transfer": -1, "transfer_reversal": 1, "payout": -1}
    for kind, sign in signs.items():
        for obj in demo.all(kind):
            if obj["balance_transaction"]:
                transaction = demo.get("balance_transaction", obj["balance_transaction"])
                rate = transaction["exchange_rate"]
                assert (rate is None) == (transaction["currency"] == obj["currency"])
                assert abs(transaction["amount"] - sign * obj["amount"] * (rate or 1)) < 0.501


def test_charges_show_what_was_refunded(demo: Picture) -> None:
    refunded: Counter[str] = Counter()
    for refund in demo.all("refund"):
        if refund["status"] != "failed":
            refunded[refund["charge"]] += refund["amount"]
    for charge in demo.all("charge"):
        assert charge["amount_refunded"] == refunded[charge["id"]] <= charge["amount"]
        assert charge["refunded"] == (charge["amount_refunded"] == charge["amount"])
        assert charge["amount_captured"] == (charge["amount"] if charge["paid"] else 0)


def test_intents_and_charges_agree(demo: Picture) -> None:
    charges = demo.by("charge", "payment_intent")
    for intent in demo.all("payment_intent"):
        attempts = charges.get(intent["id"], [])
        succeeded = [charge for charge in attempts if charge["status"] == "succeeded"]
        assert (intent["status"] == "succeeded") == (len(succeeded) == 1)
        assert intent["amount_received"] == sum(charge["amount"] for charge in succeeded)
        if attempts:
            latest = max(attempts, key=lambda charge: charge["created"])
            assert intent["latest_charge"] == latest["id"]
        if intent["status"] == "requires_payment_method" and attempts:
            assert intent["last_payment_error"]["charge"] == intent["latest_charge"]


def test_failed_charges_say_why(demo: Picture) -> None:
    for charge in demo.all("charge"):
        failed = charge["status"] == "failed"
        assert (charge["failure_code"] is not None) == failed
        assert (charge["outcome"]["type"] != "authorized") == failed
        if charge["outcome"]["type"] == "blocked":
            assert charge["outcome"]["network_status"] == "not_sent_to_network"


def test_disputes_take_the_money_and_give_it_back_when_won(demo: Picture) -> None:
    for dispute in demo.all("dispute"):
        moved = [
            demo.get("balance_transaction", found) for found in dispute["balance_transactions"]
        ]
        amounts = [transaction["amount"] for transaction in moved]
        if dispute["status"].startswith("warning"):
            assert amounts == []
        elif dispute["status"] == "won":
            assert len(amounts) == 2
            assert sum(amounts) == 0
        else:
            assert len(amounts) == 1
            assert amounts[0] < 0
        open_or_charged_back = dispute["status"] != "warning_closed"
        assert demo.get("charge", dispute["charge"])["disputed"] == open_or_charged_back


def test_transfers_show_what_was_reversed(demo: Picture) -> None:
    reversed_amounts: Counter[str] = Counter()
    for reversal in demo.all("transfer_reversal"):
        reversed_amounts[reversal["transfer"]] += reversal["amount"]
    for transfer in demo.all("transfer"):
        assert transfer["amount_reversed"] == reversed_amounts[transfer["id"]]
        assert transfer["reversed"] == (transfer["amount_reversed"] == transfer["amount"])
        charge = demo.get("charge", transfer["source_transaction"])
        assert charge["transfer_group"] == transfer["transfer_group"]
        assert 0 < transfer["amount"] < charge["amount"]


def test_a_payout_is_the_sum_of_what_became_available(demo: Picture) -> None:
    """Everything that was available when a payout was made and not yet paid out, no more."""
    waiting = defaultdict(list)
    for transaction in demo.all("balance_transaction"):
        if transaction["type"] != "payout":
            waiting[transaction["currency"]].append(transaction)
    payouts = sorted(demo.all("payout"), key=lambda payout: payout["created"])
    assert payouts
    for payout in payouts:
        ready = [t for t in waiting[payout["currency"]] if t["available_on"] <= payout["created"]]
        waiting[payout["currency"]] = [
            t for t in waiting[payout["currency"]] if t["available_on"] > payout["created"]
        ]
        assert payout["amount"] == sum(transaction["net"] for transaction in ready) > 0


def test_payouts_name_their_transactions(after: Picture) -> None:
    """The filter ``payout`` of the balance transactions finds what a payout settled."""
    settled: Counter[str] = Counter()
    for row in after.account.ledger.store.table("balance_transaction").rows.values():
        payout = row.shadow.get("payout")
        if payout and row.data["type"] != "payout":
            settled[payout] += row.data["net"]
    assert settled == {payout["id"]: payout["amount"] for payout in after.all("payout")}


def test_failed_payouts_came_back(demo: Picture) -> None:
    for payout in demo.all("payout"):
        back = payout["failure_balance_transaction"]
        assert (back is not None) == (payout["status"] == "failed")
        if back:
            assert demo.get("balance_transaction", back)["amount"] == payout["amount"]
        in_transit = payout["arrival_date"] + 3600 > demo.now
        assert (payout["status"] == "in_transit") == in_transit
