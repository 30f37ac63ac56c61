"""Which permissions of a restricted key the tables need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.sync.feed import told_by_events

DASHBOARD = "https://dashboard.stripe.com"
_BY_NAME: Mapping[str, type[StripeStream]] = {stream.table(): stream for stream in STREAMS}


def parents(stream: type[StripeStream]) -> Iterator[type[StripeStream]]:
    """The streams whose objects must be read to read this one."""
    names = [cut.parent for cut in stream.cuts]
    names += [stream.listed_per.parent] if stream.listed_per else []
    return (_BY_NAME[name] for name in dict.fromkeys(names))


def read_for(stream: type[StripeStream]) -> Iterator[type[StripeStream]]:
    """The stream and all others that are read for it."""
    yield stream
    yield from parents(stream)
    if (feed := feed_of(stream)) is not None:
        yield _BY_NAME[feed]


def permissions_of(stream: type[StripeStream]) -> tuple[str, ...]:
    """What a restricted key needs to fill a table and keep it in step, as far as it is documented.

    Its own permissions, those of the lists that it is read from, and that of the event feed.
    """
    return tuple(dict.fromkeys(name for read in read_for(stream) for name in read.permissions))


def is_documented(stream: type[StripeStream]) -> bool:
    """Whether Stripe documents the permissions for all that is read to fill a table."""
    return all(read.permissions for read in read_for(stream))


def feed_of(stream: type[StripeStream]) -> str | None:
    """The stream with the events that tell of a table's changes; None where none do."""
    roots = [_BY_NAME[cut.parent] for cut in stream.cuts] or [stream]
    return next((root.feed for root in roots if told_by_events(root, (stream,))), None)


def by_permission(streams: Iterable[type[StripeStream]]) -> dict[str, list[str]]:
    """The tables that need each permission."""
    tables: dict[str, list[str]] = {}
    for stream in streams:
        for name in permissions_of(stream):
            tables.setdefault(name, []).append(stream.table())
    return dict(sorted(tables.items()))


def keys_page(*, livemode: bool | None) -> str:
    """The dashboard's page with the keys of a mode."""
    return f"{_dashboard(livemode=livemode)}/apikeys"


def prefilled_form(permissions: Iterable[str], *, livemode: bool | None) -> str:
    """The dashboard's form for a new restricted key, with permissions switched on.

    Stripe does not document the form's parameters; many products link to it so.
    """
    fields = [("name", "tap-stripe"), *(("permissions[]", f"rak_{name}") for name in permissions)]
    return f"{_dashboard(livemode=livemode)}/apikeys/create?{urlencode(fields)}"


def _dashboard(*, livemode: bool | None) -> str:
    return f"{DASHBOARD}/test" if livemode is False else DASHBOARD
