"""The product areas, as their modules' docstrings name them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from tap_stripe.streams import AREAS, StripeStream, streams_of


@dataclass(frozen=True)
class Area:
    """A product area and its streams."""

    heading: str
    """The docstring's first line, which is like no table's name, so that it can be linked to."""
    text: str
    """What the docstring says beyond; may be empty."""
    streams: tuple[type[StripeStream], ...]

    @property
    def name(self) -> str:
        """The heading without its explanation."""
        return self.heading.partition(":")[0]


def areas() -> Iterator[Area]:
    """All areas, in the order of their declaration."""
    return (_area(module) for module in AREAS)


def selected(streams: Iterable[type[StripeStream]]) -> int:
    """How many of the streams are selected by default."""
    return sum(not stream.off_because() for stream in streams)


def _area(module: ModuleType) -> Area:
    heading, _, text = inspect.cleandoc(module.__doc__ or "").partition("\n\n")
    return Area(heading.rstrip("."), text.replace("\n", " "), tuple(streams_of(module)))
