"""Ids in Stripe's style, the same for the same seed."""

from __future__ import annotations

import random
import string

_ALPHABET = string.ascii_letters + string.digits


class Ids:
    """Makes ids such as ``cus_NffrFeUfNV2Hib`` and ``in_1MtHbELkdIwHu7ixl4OzzPMv``."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def make(self, prefix: str, length: int) -> str:
        """A new id: ``length`` characters after the prefix; no order in time."""
        text = "".join(self._random.choices(_ALPHABET, k=length))
        return f"{prefix}1{text[1:]}" if length >= 24 else f"{prefix}{text}"
