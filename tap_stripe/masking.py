"""Keeping keys out of what people and logs get to see."""

from __future__ import annotations

import re
from typing import Any

_KIND = re.compile(r"[a-z]{2,5}_(?:org_)?(?:live_|test_)?")
_LOOKS_LIKE_A_KEY = re.compile(r"\b(?:sk|rk|pk|whsec)_\w+")
_SHORTEST = 12
"""Characters behind the kind; of a key with fewer, four would be too much of it."""


def masked(key: str) -> str:
    """A key as Stripe prints it, `rk_live_...SYT3`: its kind and its last four characters."""
    kind = _KIND.match(key)
    rest = key[kind.end() :] if kind else key
    tail = rest[-4:] if len(rest) >= _SHORTEST else ""
    return f"{kind.group() if kind else ''}...{tail}"


def has_key(text: str) -> bool:
    """Whether something in a text looks like a key."""
    return _LOOKS_LIKE_A_KEY.search(text) is not None


def shown(value: Any) -> str:
    """A wrong value as a message may show it: a key can have slipped into any setting."""
    return _LOOKS_LIKE_A_KEY.sub(lambda found: masked(found.group()), repr(value))


def without(key: str, text: str) -> str:
    """A text of others with a key in it made unreadable, wherever it comes from."""
    return text.replace(key, masked(key)) if key else text
