"""What reading a stream takes: where from, how many requests, what the key must be allowed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

from tap_stripe.api import Paging
from tap_stripe.permissions import is_documented, parents, permissions_of
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.cuts import AskedFor
from tap_stripe.streams.silent import Watch

from .markdown import code, link, sentence

UNDOCUMENTED = "not documented by Stripe"
_BY_NAME: Mapping[str, type[StripeStream]] = {stream.table(): stream for stream in STREAMS}


def endpoint(stream: type[StripeStream]) -> str:
    """Where the objects come from."""
    if stream.cuts:
        return sentence(*_places(stream))
    text = code(f"GET {stream.path}")
    if stream.params:
        text += f" with {_query(stream.params)}"
    variants = [_query(variant) for variant in stream.variants if variant]
    if variants:
        text += f", once with {' and once with '.join(variants)}"
    if stream.listed_per:
        per = stream.listed_per
        text += f", for each of {_to(per.parent)} (`{per.param}`)"
    return text


def requests(stream: type[StripeStream]) -> str:
    """How many requests a reading of the whole table takes."""
    if stream.cuts:
        return sentence(*dict.fromkeys(_of_cuts(stream)))
    return sentence(
        "1 for all objects" if stream.paging is Paging.WHOLE else "1 per 100 objects",
        f"at least {len(stream.variants)}" if len(stream.variants) > 1 else "",
        f"at least 1 for each of {_to(stream.listed_per.parent)}" if stream.listed_per else "",
        "1 more per object, for what the list leaves out" if stream.include else "",
        *(_beyond_ten(nested.field) for nested in stream.nested),
        _of_watching(stream),
    )


def permissions(stream: type[StripeStream]) -> str:
    """What a restricted key needs to fill the table and to keep it in step."""
    names = permissions_of(stream)
    if is_documented(stream):
        return code(*names)
    return f"{code(*names)}; more is {UNDOCUMENTED}" if names else UNDOCUMENTED


def children(stream: type[StripeStream]) -> Iterator[str]:
    """Names of the tables that are cut out of a stream's objects or listed for each of them."""
    for other in STREAMS:
        if stream in parents(other):
            yield other.table()


def _places(stream: type[StripeStream]) -> Iterator[str]:
    for cut in stream.cuts:
        if isinstance(cut, AskedFor):
            query = f" with {_query(cut.params)}" if cut.params else ""
            yield f"`GET {cut.path}`{query}, asked for each of {_to(cut.parent)}"
        else:
            yield f"{code(*cut.fields)} in {_to(cut.parent)}"


def _of_cuts(stream: type[StripeStream]) -> Iterator[str]:
    for cut in stream.cuts:
        if isinstance(cut, AskedFor):
            asked = inspect.cleandoc(cut.asks.__doc__ or "").rstrip(".")
            yield f"for each of {_to(cut.parent)}: {asked[0].lower()}{asked[1:]}"
            continue
        yield "none beyond the parent's"
        nested = [nested.field for nested in _BY_NAME[cut.parent].nested]
        yield from (_beyond_ten(field) for field in nested if field in cut.fields)


def _beyond_ten(field: str) -> str:
    return f"1 more per 100 `{field}` of an object that has more than ten"


def _of_watching(stream: type[StripeStream]) -> str:
    if not isinstance(stream.silent, Watch):
        return ""
    if stream.silent.filter:
        return f"in each run 1 per 100 objects with {_query((stream.silent.filter,))}"
    return "in each run 1 per object that is looked at"


def _query(params: tuple[tuple[str, str], ...]) -> str:
    return code("&".join(f"{name}={value}" for name, value in params))


def _to(table: str) -> str:
    return link(code(table), "", table)
