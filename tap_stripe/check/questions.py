"""What a check asks Stripe: one object at most of each list, all lists at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from tap_stripe.api import AccessDeniedError, Client, NotFoundError, Span, StripeError
from tap_stripe.streams import StripeStream
from tap_stripe.streams.cuts import AskedFor, Cut
from tap_stripe.sync.complete import expansions, listing_for
from tap_stripe.sync.workers import Workers

Key = TypeVar("Key")
Streams = Mapping[str, type[StripeStream]]


@dataclass(frozen=True)
class Answer:
    """What a list answered."""

    objects: list[dict[str, Any]]
    error: StripeError | None = None
    was_asked: bool = True
    """Whether there was anything to ask for."""


_NOTHING_TO_ASK = Answer([], was_asked=False)


class Asker:
    """Asks each list once, whatever tables need it."""

    def __init__(self, client: Client, workers: Workers, streams: Streams) -> None:
        """Prepare; nothing is sent yet.

        Args:
            client: Sends the requests.
            workers: Where they run.
            streams: All streams by name.
        """
        self._client = client
        self._workers = workers
        self._streams = streams

    def ask(self, name: str) -> Answer:
        """Ask one list, and wait for its answer.

        Args:
            name: The stream that declares it.
        """
        return _asking(partial(self._list, name, []))()

    def lists(
        self, selected: Iterable[type[StripeStream]], feeds: Iterable[str]
    ) -> dict[str, Answer]:
        """Ask the lists that tables are read from, and the change feeds.

        Returns:
            The answers by the name of the stream that declares the list.
        """
        cuts: dict[str, list[Cut]] = {name: [] for name in feeds}
        for stream in selected:
            for cut in stream.cuts:
                cuts.setdefault(cut.parent, []).append(cut)
            if not stream.cuts:
                cuts.setdefault(stream.table(), [])
            if stream.listed_per:
                cuts.setdefault(stream.listed_per.parent, [])
        plain = {n: found for n, found in cuts.items() if self._streams[n].listed_per is None}
        answers = gathered(
            {
                n: self._workers.submit(_asking(partial(self._list, n, found)))
                for n, found in plain.items()
            }
        )
        per_parent = {
            n: self._workers.submit(_asking(partial(self._list_per, n, answers)))
            for n in cuts.keys() - plain.keys()
        }
        return {**answers, **gathered(per_parent)}

    def belongings(
        self, selected: Iterable[type[StripeStream]], answers: Mapping[str, Answer]
    ) -> dict[tuple[str, str], Answer]:
        """Ask for what Stripe lists for one object at a time.

        Returns:
            The answers by the table's name and its parent's.
        """
        asked = {
            (stream.table(), cut.parent): self._workers.submit(
                _asking(partial(self._belonging, cut, answers[cut.parent]))
            )
            for stream in selected
            for cut in stream.cuts
            if isinstance(cut, AskedFor) and answers[cut.parent].error is None
        }
        return gathered(asked)

    def _list(self, name: str, cuts: list[Cut], params: tuple[tuple[str, str], ...] = ()) -> Answer:
        return self._read(name, cuts, params, limit=1)

    def _list_per(self, name: str, answers: Mapping[str, Answer]) -> Answer:
        per = self._streams[name].listed_per
        assert per is not None  # noqa: S101  (for type checkers: only such come here)
        parent = answers[per.parent]
        if parent.error is not None:
            return parent
        if not parent.objects:
            return _NOTHING_TO_ASK
        return self._list(name, [], ((per.param, parent.objects[0]["id"]),))

    def _belonging(self, cut: AskedFor, parent: Answer) -> Answer:
        now = self._client.server_time
        asks = [values for found in parent.objects for values in cut.asks(found, now)]
        if not asks and parent.objects:  # the newest has nothing that could be asked for
            page = self._read(cut.parent, [cut], (), limit=100)
            asks = [values for found in page.objects for values in cut.asks(found, now)]
        if not asks:
            return _NOTHING_TO_ASK
        listing = replace(listing_for(cut, asks[0]), limit=1)
        try:
            return Answer(listing.read(self._client, Span()).objects)
        except NotFoundError:  # gone since its list was read
            return Answer([])
        except AccessDeniedError as error:
            # An account may keep its people to itself, which a sync leaves out with a warning.
            return Answer([], error if error.lacks_permission else None)

    def _read(
        self, name: str, cuts: list[Cut], params: tuple[tuple[str, str], ...], limit: int
    ) -> Answer:
        stream = self._streams[name]
        expand = [("expand[]", f"data.{path}") for path in expansions(stream, cuts)]
        # Which of the variants is asked makes no difference to whether it may be.
        listing = stream.listing((*stream.variants[0], *params, *expand))
        return Answer(replace(listing, limit=limit).read(self._client, Span()).objects)


def _asking(ask: Callable[[], Answer]) -> Callable[[], Answer]:
    """A call for the workers: a refusal of Stripe's is an answer too."""

    def call() -> Answer:
        try:
            return ask()
        except StripeError as error:
            return Answer([], error)

    return call


def gathered(futures: Mapping[Key, Future[Answer]]) -> dict[Key, Answer]:
    """The answers to questions that the workers ask, once all have come."""
    return {name: future.result() for name, future in futures.items()}
