"""A pool of threads that never keeps the process alive.

`concurrent.futures` joins its threads when the interpreter ends, so a request that hangs would
hold up SIGTERM until it times out. These are daemons: the process ends without them.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class Workers:
    """Runs calls on a fixed number of daemon threads, first come, first served."""

    def __init__(self, count: int) -> None:
        """Start the threads.

        Args:
            count: How many calls run at once.
        """
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"worker-{n}", daemon=True)
            for n in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Queue a call; its result or exception comes with the future."""
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001  (handed to whoever waits)
                future.set_exception(error)

        self._calls.put(run)
        return future

    def stop(self) -> None:
        """Let each thread end after the call that it is at; what is queued before still runs."""
        for _ in self._threads:
            self._calls.put(None)

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()
