"""The business as a whole: the days that its staff work through."""

from __future__ import annotations

from standin.demo.dates import DAY, HOUR, midnight
from standin.demo.desk import Desk
from standin.demo.dice import poisson, some
from standin.demo.payments import is_untouched
from standin.demo.refunds import part_of
from standin.demo.staff import Staff

_TEMPLATES_PER_SIGNUP = 1.1
_REFUNDS_PER_CHARGE_AND_DAY = 0.00025
_DISPUTES_PER_CHARGE_AND_DAY = 0.00005


class Business:
    """Works on the account from its clock's time on; the catalogue must be there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._staff = Staff(desk)

    def open(self, customers: int) -> None:
        """The day on which the business opens, with its first customers."""
        for number in range(customers):
            self._desk.at(self._desk.now + (number + 1) * HOUR // 2, self._staff.sales.win)

    def resume(self) -> None:
        """Take up a business that is under way."""
        self._staff.resume()

    def plan_contract(self, moment: int, cost_centers: int) -> None:
        """A large contract to be signed on a day."""
        seats = self._desk.rng.randint(60, 220)
        self._desk.at(moment, self._staff.enterprise.sign, seats, cost_centers)

    def plan_withdrawal(self, moment: int, product: str) -> None:
        """A product to be withdrawn from sale on a day; those who have it keep it."""
        self._desk.at(moment, self._staff.records.withdraw, product)

    def plan_round(self, start: int, end: int) -> None:
        """Spread one round of office work over a stretch of time, in its order."""
        tasks = [*self._staff.records.round(), *self._staff.service.round()]
        moments = sorted(self._desk.rng.randint(start, end - 1) for _ in tasks)
        for moment, task in zip(moments, tasks, strict=True):
            self._desk.at(moment, task)

    def work_until(self, end: int, signups_per_day: float) -> None:
        """Work day by day up to a moment."""
        while self._desk.now < end:
            start = self._desk.now
            stop = min(end, midnight(start) + DAY)
            self._plan_day(start, stop, signups_per_day)
            self._desk.diary.work_until(stop, self._desk.account.clock)

    def _plan_day(self, start: int, stop: int, signups_per_day: float) -> None:
        staff, rng, desk = self._staff, self._desk.rng, self._desk
        share = (stop - start) / DAY
        if start == midnight(start):
            staff.payouts.work(start)
            staff.decisions.work(start)
        for _ in range(poisson(rng, signups_per_day * share)):
            desk.at(rng.randrange(start, stop), staff.sales.win)
        for _ in range(poisson(rng, _TEMPLATES_PER_SIGNUP * signups_per_day * share)):
            desk.at(rng.randrange(start, stop), staff.marketplace.sell)
        charges = staff.payments.recent()
        for charge in some(rng, charges, _REFUNDS_PER_CHARGE_AND_DAY * share):
            desk.at(rng.randrange(start, stop), self._refund, charge)
        for charge in some(rng, charges, _DISPUTES_PER_CHARGE_AND_DAY * share):
            desk.at(rng.randrange(start, stop), self._contest, charge)

    def _refund(self, charge_id: str) -> None:
        charge = self._desk.get(charge_id)
        if is_untouched(charge):
            share = self._desk.rng.choice((1.0, 1.0, 0.5, 0.2))
            amount = part_of(charge["amount"], share)
            self._staff.refunds.refund(charge_id, amount, "requested_by_customer")

    def _contest(self, charge_id: str) -> None:
        charge = self._desk.get(charge_id)
        by_card = charge["payment_method_details"]["type"] == "card"
        if by_card and is_untouched(charge):
            self._staff.disputes.open(charge_id)
