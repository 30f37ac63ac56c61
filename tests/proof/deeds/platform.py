"""What is the account's own: rules, test clocks, and the objects of API v2."""

from __future__ import annotations

from tests.proof.things import DAY, PAYMENT, Object, Things

ACCOUNT = "v2.core.account"
CLOCK = "test_helpers.test_clock"


class Platform(Things):
    """What is the account's own: rules, test clocks, and the objects of API v2."""

    def list_values(self) -> str:
        return f"value list {self._new_values()['id']} is made, without an event"

    def rename_or_delete_values(self) -> str:
        values = self._any("radar.value_list") or self._new_values()
        if self._rng.random() < 0.5:
            self.account.delete(values["id"])
            return f"value list {values['id']} is deleted, without an event"
        self._change(values["id"], name=self._words())
        return f"value list {values['id']} is renamed, without an event"

    def pay_out(self) -> str:
        return f"payment {self._new_payment()['id']} goes out"

    def settle_payment(self) -> str:
        payments = self.account.v2.all(PAYMENT)
        open_payments = [payment for payment in payments if payment["status"] == "processing"]
        payment = self._rng.choice(open_payments or [self._new_payment()])["id"]
        status = self._rng.choice(["posted", "failed"])
        self.account.v2.update(payment, status=status)
        return f"payment {payment} is {status}"

    def open_account(self) -> str:
        return f"account {self._new_account()['id']} is opened"

    def rename_account(self) -> str:
        account = self._account()["id"]
        self.account.v2.update(account, display_name=self._words())
        return f"account {account} is renamed"

    def close_account(self) -> str:
        account = self._account()["id"]
        self.account.v2.update(account, closed=True)
        return f"account {account} is closed"

    def start_clock(self) -> str:
        return f"test clock {self._new_clock()['id']} begins"

    def advance_clock(self) -> str:
        clock = self._any(CLOCK) or self._new_clock()
        later = clock["frozen_time"] + DAY
        self._change(clock["id"], event=f"{CLOCK}.ready", frozen_time=later)
        return f"test clock {clock['id']} is advanced"

    def delete_clock(self) -> str:
        clock = self._any(CLOCK) or self._new_clock()
        self.account.delete(clock["id"])
        return f"test clock {clock['id']} is deleted"

    def _account(self) -> Object:
        accounts = self.account.v2.all(ACCOUNT)
        open_accounts = [account for account in accounts if not account["closed"]]
        return self._rng.choice(open_accounts or [self._new_account()])

    def _new_account(self) -> Object:
        return self.account.v2.create(ACCOUNT, display_name=self._words())

    def _new_clock(self) -> Object:
        return self.account.create(CLOCK, frozen_time=self.account.clock.now(), status="ready")
