"""Connected accounts: one question of each, with the header `Stripe-Account`.

Whether the platform's key may act for an account shows in any answer; what it may read there is
decided by the key's permissions for Connect, which are the same for all accounts. So one list is
asked for, the same of each: the event feed, or another that the platform's own account has shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from tap_stripe.advice import for_account
from tap_stripe.api import AccountLostError, ProductInactiveError
from tap_stripe.check.findings import Finding, Status
from tap_stripe.check.questions import Answer, Asker, Streams, gathered
from tap_stripe.permissions import feed_of, keys_page, read_for
from tap_stripe.session import Session
from tap_stripe.streams import StripeStream

MOST_ACCOUNTS = 100
"""Accounts that are tried: with thousands, the check would take as long as a sync."""
_IN_COLUMN = "connected accounts need it in the form's column for Connect"


def ask_accounts(
    session: Session,
    accounts: Sequence[str],
    selected: Iterable[type[StripeStream]],
    answers: Mapping[str, Answer],
    streams: Streams,
) -> dict[str, Finding]:
    """Ask connected accounts whether the key may read them, all at once.

    Args:
        session: Access to Stripe.
        accounts: The accounts' ids, not more than are to be tried.
        selected: The tables to be synced.
        answers: What the platform's own account has answered, by the name of the list.
        streams: All streams by name.
    """
    name = _list_to_ask(selected, answers)
    if name is None:
        return dict.fromkeys(accounts, Finding(Status.UNTRIED))
    askers = {id_: Asker(session.client_for(id_), session.workers, streams) for id_ in accounts}
    futures = {
        id_: session.workers.submit(partial(asker.ask, name)) for id_, asker in askers.items()
    }
    page = keys_page(livemode=session.identity.livemode)
    permissions = streams[name].permissions
    return {id_: _finding(answer, permissions, page) for id_, answer in gathered(futures).items()}


def _list_to_ask(
    selected: Iterable[type[StripeStream]], answers: Mapping[str, Answer]
) -> str | None:
    """A list that is read of connected accounts; None where nothing is."""
    tables = [stream for stream in selected if not stream.of_platform]
    feeds = [feed for stream in tables if (feed := feed_of(stream)) is not None]
    others = [
        read.table()
        for stream in tables
        for read in read_for(stream)
        if not read.cuts and read.listed_per is None
    ]
    names = list(dict.fromkeys((*feeds, *others)))
    return next((name for name in names if answers[name].error is None), next(iter(names), None))


def _finding(answer: Answer, permissions: Sequence[str], page: str) -> Finding:
    error = answer.error
    if isinstance(error, ProductInactiveError):  # an answer, too, of an account that can be read
        return Finding(Status.OK)
    if isinstance(error, AccountLostError):
        advice = for_account(error, page)
        return Finding(Status.NO_ACCESS, error.message, error.request_id, advice=advice)
    found = Finding.of(error, permissions)
    lacking = found.status is Status.NO_PERMISSION
    return replace(found, advice=_IN_COLUMN) if lacking else found
