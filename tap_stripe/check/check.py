"""The check itself: who the key is, everything that is selected, then the connected accounts."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tap_stripe import guard
from tap_stripe.advice import explained
from tap_stripe.api import AccessDeniedError, RetryPolicy, StripeError
from tap_stripe.api.account import account_named_by
from tap_stripe.check.accounts import MOST_ACCOUNTS, ask_accounts
from tap_stripe.check.findings import Finding, Findings, Status, worst
from tap_stripe.check.questions import Answer, Asker
from tap_stripe.permissions import feed_of, permissions_of
from tap_stripe.session import Session
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.cuts import AskedFor

PATIENCE = RetryPolicy(
    tries=3, first_pause=0.3, longest_pause=1.0, longest_obeyed=2.0, read_seconds=8.0
)
"""Somebody is watching: a question that gets no answer is given up within half a minute. Stripe's
slowest lists, such as a hundred accounts, take some seconds."""
_STREAMS = {stream.table(): stream for stream in STREAMS}


def check(
    session: Session,
    selected: Sequence[type[StripeStream]],
    config: Mapping[str, Any],
    state: Mapping[str, Any],
) -> Findings:
    """Ask Stripe for an object of everything that is selected, and one of each connected account.

    Args:
        session: Access to Stripe, patient as `PATIENCE` is.
        selected: The tables to be synced.
        config: The tap's settings, found right.
        state: The state that a sync would go on from.
    """
    began = time.monotonic()
    found = _check(session, selected, config, state)
    session.workers.stop()
    requests = session.client.total.requests
    return replace(found, requests=requests, seconds=time.monotonic() - began)


def _check(
    session: Session,
    selected: Sequence[type[StripeStream]],
    config: Mapping[str, Any],
    state: Mapping[str, Any],
) -> Findings:
    try:
        identity = session.identity
    except StripeError as error:
        return Findings(problems=[explained(error, str(config["api_key"]))])
    problems: list[str] = []
    connected: list[str] = []
    feeds = dict.fromkeys(name for stream in selected if (name := feed_of(stream)) is not None)
    asker = Asker(session.client, session.workers, _STREAMS)
    try:
        guard.admit(identity, config, state)
        listed = session.workers.submit(lambda: session.connected_accounts)
        answers = asker.lists(selected, feeds)
        belongings = asker.belongings(selected, answers)
        if identity.account is None and (account := _account(answers)) is not None:
            identity = replace(identity, account=account)
            guard.admit(identity, config, state)
    except guard.WrongKeyError as error:
        return Findings(identity, problems=[str(error)])
    try:
        connected = listed.result()
    except StripeError as error:
        problems.append(explained(error, str(config["api_key"])))
    tried = connected[:MOST_ACCOUNTS]
    return Findings(
        identity,
        problems=problems,
        feeds={name: _finding(_STREAMS[name], answers[name]) for name in feeds},
        tables={stream.table(): _of_table(stream, answers, belongings) for stream in selected},
        accounts=ask_accounts(session, tried, selected, answers, _STREAMS),
        accounts_not_tried=len(connected) - len(tried),
    )


def _account(answers: Mapping[str, Answer]) -> str | None:
    """The key's account, where Stripe names it in saying which permission the key lacks."""
    errors = (answer.error for answer in answers.values())
    refusals = (e for e in errors if isinstance(e, AccessDeniedError) and e.lacks_permission)
    return next(filter(None, map(account_named_by, refusals)), None)


def _of_table(
    stream: type[StripeStream],
    answers: Mapping[str, Answer],
    belongings: Mapping[tuple[str, str], Answer],
) -> Finding:
    if not stream.cuts:
        return _finding(stream, answers[stream.table()])
    decisive = []
    for cut in stream.cuts:
        # Only if the parent was refused there is no answer to the question that needs it.
        own = belongings.get((stream.table(), cut.parent)) if isinstance(cut, AskedFor) else None
        asked = stream if own else _STREAMS[cut.parent]
        decisive.append(_finding(asked, own or answers[cut.parent]))
    return worst(decisive)


def _finding(asked: type[StripeStream], answer: Answer) -> Finding:
    if not answer.was_asked:
        return Finding(Status.UNTRIED)
    return Finding.of(answer.error, asked.permissions or permissions_of(asked))
