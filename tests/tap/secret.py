"""A key that must not show, and how to find it or a part of it."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator

SECRET = "rk_live_51Qz7KpX2mVbN8sLrT4wYcHdJfGaE9uZ"  # noqa: S105  (nobody's)
"""A key as long as Stripe's."""


def reveals(text: str, key: str = SECRET) -> list[str]:
    """The parts of a key in a text that are longer than what Stripe prints."""
    secret = key.rpartition("_")[2]
    parts = {secret[n : n + 5] for n in range(len(secret) - 4)}
    return sorted(part for part in parts if part in text)


@contextlib.contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """What any library logs, down to the least."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    root, tap = logging.getLogger(), logging.getLogger("tap-stripe")
    levels = root.level, tap.level
    root.addHandler(handler)
    tap.addHandler(handler)
    root.setLevel(logging.DEBUG)
    tap.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        for logger, level in zip((root, tap), levels, strict=True):
            logger.setLevel(level)
            logger.removeHandler(handler)
