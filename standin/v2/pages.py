"""Page tokens: opaque, and good only for the list and the parameters that they were made for."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson

from standin.store import Key
from standin.v2 import errors

_PREFIX = "page_"
_SEAL = 16  # bytes


@dataclass(frozen=True)
class Anchor:
    """Where a page begins: beyond this row, which is not in it, in one direction or the other."""

    key: Key
    newer: bool = False


class Pages:
    """The pages of one list with its parameters; ``secret`` seals the tokens."""

    def __init__(self, secret: str, path: str, params: Mapping[str, Any]) -> None:
        """``params`` are those of the question, as ``query.parse`` gives them, without ``page``."""
        self._secret = secret.encode()
        self._path = path
        self._pairs = [pair for name, value in params.items() for pair in _flat(name, value)]

    def url(self, anchor: Anchor) -> str:
        """The relative URL of a page."""
        return f"{self._path}?{urlencode([*self._pairs, ('page', self._token(anchor))])}"

    def read(self, token: Any) -> Anchor:
        """What a token says. Raises ApiError for one that was not made here."""
        try:
            encoded = str(token).removeprefix(_PREFIX)
            raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
            time, sequence, row_id, newer = orjson.loads(raw[_SEAL:])
        except (TypeError, ValueError) as error:
            raise errors.unknown_page(str(token)) from error
        anchor = Anchor(Key(time, sequence, row_id), newer)
        if not hmac.compare_digest(self._token(anchor).encode(), str(token).encode()):
            raise errors.unknown_page(str(token))
        return anchor

    def _token(self, anchor: Anchor) -> str:
        sealed = orjson.dumps([*anchor.key, anchor.newer])
        encoded = base64.urlsafe_b64encode(self._seal(sealed) + sealed).decode()
        return _PREFIX + encoded.rstrip("=")

    def _seal(self, sealed: bytes) -> bytes:
        question = orjson.dumps([self._path, sorted(self._pairs)])
        return hmac.digest(self._secret, question + sealed, hashlib.sha256)[:_SEAL]


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Nested parameters as pairs: ``created[gte]=…``, ``types[0]=…``."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}[{key}]", inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _flat(f"{name}[{position}]", inner)
    else:
        yield name, str(value)
