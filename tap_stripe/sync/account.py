"""One account's part of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tap_stripe.sync.feed import add_feeds
from tap_stripe.sync.plan import plan

if TYPE_CHECKING:
    from tap_stripe.sync.context import RunContext
    from tap_stripe.sync.feed import Feed
    from tap_stripe.sync.source import Source


@dataclass(eq=False)
class AccountSync:
    """What is read of one account."""

    connected: str | None
    """The id of a connected account; None for the key's own."""
    sources: list[Source]
    feeds: Mapping[str, Feed]
    """Where changes come from, by the name of the stream."""
    unfinished: set[str] = field(init=False)
    """Names of the sources that are still to be read to their ends."""

    def __post_init__(self) -> None:
        """Nothing is read yet."""
        self.unfinished = {source.name for source in self.sources}

    def named(self, what: str) -> str:
        """A table or source by its name; with its account, where that is a connected one."""
        return what if self.connected is None else f"{self.connected} {what}"


def account_sync(
    context: RunContext, state: dict[str, Any], connected: str | None = None
) -> AccountSync:
    """Plan what is read of an account; no request is sent.

    Args:
        context: What the account's sources share.
        state: The account's state.
        connected: The id of a connected account; None for the key's own.
    """
    selected = [
        stream
        for stream in context.streams.values()
        if stream.selected and (connected is None or not stream.of_platform)
    ]
    sources = plan(selected, state, context)
    return AccountSync(connected, sources, add_feeds(sources, context))
