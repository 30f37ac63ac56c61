"""The objects for which other lists are asked one by one, read once in a run for all of these."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tap_stripe.api import Client
    from tap_stripe.streams import StripeStream
    from tap_stripe.sync.workers import Workers


class Parents:
    """Ids of the objects in any stream's list. Safe to use from many threads."""

    def __init__(
        self, streams: Mapping[str, StripeStream], client: Client, workers: Workers
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            streams: All streams by name.
            client: Sends the requests.
            workers: Where they run.
        """
        self._streams = streams
        self._client = client
        self._workers = workers
        self._known: dict[str, list[str]] = {}
        self._lock = threading.Lock()

    def ids(self, stream: str) -> list[str]:
        """The ids of all objects of a stream.

        Raises:
            StripeError: They could not be read; the next call tries again.
        """
        with self._lock:
            if stream not in self._known:
                self._known[stream] = self._workers.submit(lambda: self._read(stream)).result()
            return self._known[stream]

    def _read(self, stream: str) -> list[str]:
        listing = self._streams[stream].listing()
        return [stripe_object["id"] for stripe_object in listing.everything(self._client)]
