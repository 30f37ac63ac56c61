"""The standing of a subscription: past due, active again, paused, ended."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.deeds.contracts import (
    CollectionPaused,
    CollectionResumed,
    NoticeGiven,
    NoticeTakenBack,
    StatusChanged,
    SubscriptionEnded,
)
from standin.demo.desk import Desk, Obj

ENDED = ("canceled", "incomplete_expired")
_FEEDBACK = (
    "too_expensive",
    "missing_features",
    "switched_service",
    "unused",
    "customer_service",
    "too_complex",
    "other",
)
_COMMENTS = {
    "too_expensive": "Our budget was cut.",
    "missing_features": "We need row-level permissions.",
    "switched_service": "We moved to our own warehouse.",
}


@dataclass(eq=False)
class Contracts:
    """Moves subscriptions between Stripe's states."""

    desk: Desk

    def is_running(self, subscription_id: str) -> bool:
        """Whether a subscription has not ended."""
        return self.desk.get(subscription_id)["status"] not in ENDED

    def of_customer(self, customer_id: str) -> list[Obj]:
        """A customer's subscriptions that have not ended."""
        return [
            subscription
            for subscription in self.desk.all("subscription")
            if subscription["customer"] == customer_id and subscription["status"] not in ENDED
        ]

    def set_status(self, subscription_id: str, status: str) -> None:
        """Move a running subscription to a status; nothing happens when it is there already."""
        subscription = self.desk.get(subscription_id)
        if subscription["status"] not in (status, *ENDED):
            self.desk.change(subscription_id, status=status)
            self.desk.note(StatusChanged(subscription_id, status))

    def recover(self, subscription_id: str) -> None:
        """What was owed is settled: a past-due subscription is active again."""
        if self.desk.get(subscription_id)["status"] == "past_due":
            self.set_status(subscription_id, "active")

    def end(self, subscription_id: str, reason: str) -> None:
        """End a subscription now, for a reason of Stripe's ``cancellation_details``."""
        desk, now = self.desk, self.desk.now
        subscription = desk.get(subscription_id)
        if subscription["schedule"]:
            self._close_schedule(subscription["schedule"])
        ended = desk.change(
            subscription_id,
            "customer.subscription.deleted",
            status="canceled",
            ended_at=now,
            canceled_at=subscription["canceled_at"] or now,
            cancellation_details=self._details(subscription, reason),
            schedule=None,
            pause_collection=None,
        )
        desk.note(SubscriptionEnded(subscription_id, ended["cancellation_details"]["reason"]))

    def expire(self, subscription_id: str) -> None:
        """Give up a subscription whose first invoice was not paid within 23 hours."""
        subscription = self.desk.get(subscription_id)
        if subscription["schedule"]:
            self._close_schedule(subscription["schedule"])
        self.desk.change(
            subscription_id,
            status="incomplete_expired",
            ended_at=self.desk.now,
            schedule=None,
        )
        self.desk.note(StatusChanged(subscription_id, "incomplete_expired"))

    def cancel_at_period_end(self, subscription_id: str, period_end: int) -> None:
        """The customer gives notice: the subscription ends with its period."""
        subscription = self.desk.get(subscription_id)
        self.desk.change(
            subscription_id,
            cancel_at_period_end=True,
            cancel_at=period_end,
            canceled_at=self.desk.now,
            cancellation_details=self._details(subscription, "cancellation_requested"),
        )
        self.desk.note(NoticeGiven(subscription_id, period_end))

    def stay(self, subscription_id: str) -> None:
        """The customer takes the notice back."""
        self.desk.change(
            subscription_id,
            cancel_at_period_end=False,
            cancel_at=None,
            canceled_at=None,
            cancellation_details=_NO_CANCELLATION,
        )
        self.desk.note(NoticeTakenBack(subscription_id))

    def pause_collection(self, subscription_id: str, behavior: str, resumes_at: int) -> None:
        """Stop collecting for a while; the status stays as it is."""
        self.desk.change(
            subscription_id, pause_collection={"behavior": behavior, "resumes_at": resumes_at}
        )
        self.desk.note(CollectionPaused(subscription_id, behavior))
        self.desk.at(resumes_at, self._collect_again, subscription_id)

    def resume(self) -> None:
        """Take up the pauses that will end."""
        for subscription in self.desk.all("subscription"):
            if subscription["pause_collection"]:
                resumes_at = subscription["pause_collection"]["resumes_at"]
                self.desk.at(resumes_at, self._collect_again, subscription["id"])

    def _collect_again(self, subscription_id: str) -> None:
        if self.is_running(subscription_id):
            self.desk.change(subscription_id, pause_collection=None)
            self.desk.note(CollectionResumed(subscription_id))

    def _close_schedule(self, schedule_id: str) -> None:
        if self.desk.get(schedule_id)["status"] == "active":
            self.desk.change(
                schedule_id,
                "subscription_schedule.canceled",
                status="canceled",
                canceled_at=self.desk.now,
                current_phase=None,
            )

    def _details(self, subscription: Obj, reason: str) -> dict[str, str | None]:
        known: dict[str, str | None] = subscription["cancellation_details"]
        if known["reason"] is not None:
            return known
        feedback = None
        if reason == "cancellation_requested" and self.desk.rng.random() < 0.7:
            feedback = self.desk.rng.choice(_FEEDBACK)
        return {
            "comment": _COMMENTS.get(feedback or ""),
            "feedback": feedback,
            "feedback_option": None,
            "reason": reason,
        }


_NO_CANCELLATION = dict.fromkeys(("comment", "feedback", "feedback_option", "reason"))
