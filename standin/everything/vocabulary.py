"""What a value may look like, by the name of its field: words, numbers and times."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from functools import cache
from typing import Any

from standin.everything.draw import Draw

DAY = 86_400
Maker = Callable[[Draw], Any]

_WORDS = (
    "amber",
    "birch",
    "copper",
    "delta",
    "ember",
    "fjord",
    "grove",
    "harbor",
    "Zürich",
    "日本",
)
_CURRENCIES = ("usd", "eur", "gbp", "jpy", "chf")
_COUNTRIES = ("US", "DE", "GB", "JP", "CH", "FR")
_HEX = "0123456789abcdef"
_LATEST = 90 * DAY  # seconds: how far beyond its object a time may lie

_A_TIME = re.compile(
    r"(_at|_on|_date|_time|_timestamp|_deadline|_cycle_anchor|^until|_until|_after|_before)$"
    r"|(^|_)period_(start|end)$|_available_(start|end)$|^trial_(start|end)$|^interval_(start|end)$"
    r"|^(created|updated|date|start|end|timestamp|time|deadline|due_by|eta|as_of|active_from)$"
)
_SMALL = re.compile(
    r"count|quantity|month|day|year|hour|minute|second|iterations|priority|version|attempt"
    r"|length|number|duration|nights|score|limit|percent|up_to|status"
)


def words(rng: random.Random, most: int = 3) -> str:
    """A few words."""
    return " ".join(rng.choices(_WORDS, k=rng.randint(1, most)))


def code(rng: random.Random, length: int, alphabet: str = _HEX) -> str:
    """A text of ``length`` characters out of an alphabet."""
    return "".join(rng.choices(alphabet, k=length))


def _one_of(choices: Sequence[str]) -> Maker:
    return lambda draw: draw.rng.choice(choices)


def _digits(length: int) -> Maker:
    return lambda draw: code(draw.rng, length, "0123456789")


def time_near(draw: Draw) -> int:
    """A time (unix seconds) about the object's own, rarely long before."""
    return draw.time + draw.rng.choice((0, draw.rng.randint(-DAY, _LATEST)))


def _time_text(draw: Draw) -> str:
    """A time as API v2 writes it: RFC 3339 in UTC with milliseconds."""
    moment = datetime.fromtimestamp(time_near(draw), tz=timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{draw.rng.randint(0, 999):03}Z"


def _date_text(draw: Draw) -> str:
    return f"{datetime.fromtimestamp(time_near(draw), tz=timezone.utc):%Y-%m-%d}"


_TEXTS: tuple[tuple[str, Maker], ...] = (
    (r"^(created|updated|expires)$|_at$|_time(stamp)?$|^time(stamp)?$", _time_text),
    (r"(^|_)currency$|^(preferred|default)_currency", _one_of(_CURRENCIES)),
    (r"country|nationality", _one_of(_COUNTRIES)),
    (r"email", lambda draw: f"{code(draw.rng, 8)}@example.com"),
    (r"(^|_)(url|uri)|url$|website", lambda draw: f"https://example.com/{code(draw.rng, 12)}"),
    (r"phone", lambda draw: f"+49{code(draw.rng, 9, '0123456789')}"),
    (r"last4$|(^|_)(iin|bin)$", _digits(4)),
    (r"postal_code|zip", _digits(5)),
    (r"(account|routing|tracking)_number|iban|^number$", _digits(10)),
    (r"^mcc$|merchant_category", _digits(4)),
    (r"locale", _one_of(("de", "en", "en-GB", "auto"))),
    (r"^(timezone|time_zone)$", _one_of(("Europe/Berlin", "Etc/UTC", "America/New_York"))),
    (r"(^|_)ip(_address)?$", lambda draw: f"192.0.2.{draw.rng.randint(1, 254)}"),
    (r"_date$|^date", _date_text),
    (r"api_version", _one_of(("2022-11-15", "2024-06-20"))),
    (r"fingerprint|secret|token|hash|cryptogram|reference|code", lambda d: code(d.rng, 16)),
)
_COMPILED = tuple((re.compile(pattern), maker) for pattern, maker in _TEXTS)


@cache
def text(name: str) -> Maker:
    """Makes a text for a field of this name."""
    for pattern, maker in _COMPILED:
        if pattern.search(name):
            return maker
    return lambda draw: words(draw.rng)


@cache
def integer(name: str) -> Maker:
    """Makes a whole number for a field of this name: a time, a count or an amount."""
    if _A_TIME.search(name):
        return time_near
    most = 12 if _SMALL.search(name) else 250_000
    return lambda draw: draw.rng.randint(1, most)


@cache
def integer_text(name: str) -> Maker:
    """Makes a whole number as text."""
    make = integer(name)
    return lambda draw: str(make(draw))


def fraction(draw: Draw) -> float:
    """A number with a fraction; some are whole, as 20.0 percent is."""
    return draw.rng.choice((20.0, 8.375, round(draw.rng.uniform(0, 100), 4)))


def decimal(draw: Draw) -> str:
    """A decimal number as text: whole, with many places, or large."""
    places = draw.rng.choice(("", ".5", ".125", ".000000000001"))
    return f"{draw.rng.randint(0, 10**6)}{places}"


def flag(draw: Draw) -> bool:
    """True or false."""
    return draw.rng.random() < 0.5


def currencies(draw: Draw) -> list[str]:
    """Codes of some currencies."""
    return draw.rng.sample(_CURRENCIES, k=draw.rng.randint(0, 3))


@cache
def free_keys(name: str) -> Maker:
    """Makes a hash with keys of the user's own, or with the codes of currencies."""
    amounts = _AMOUNTS.get(name)
    if amounts is not None:
        return lambda draw: {code: amounts(draw) for code in currencies(draw)}

    def texts(draw: Draw) -> dict[str, str]:
        keys = draw.rng.sample(_WORDS, k=draw.rng.randint(0, 3))
        return {key: words(draw.rng) for key in keys}

    return texts


def _amount(draw: Draw) -> int:
    return draw.rng.randint(0, 250_000)


def _countries(draw: Draw) -> list[str]:
    return draw.rng.sample(_COUNTRIES, k=2)


_AMOUNTS: Mapping[str, Maker] = {
    "available": _amount,
    "cash": _amount,
    "current": _amount,
    "inbound_pending": _amount,
    "invoice_credit_balance": _amount,
    "outbound_pending": _amount,
    "rates": fraction,
    "supported_bank_account_currencies": _countries,
    "used": _amount,
}
