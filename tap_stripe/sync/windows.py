"""Where to cut a list's time range, so that many pages can be read at once.

Stripe tells neither how many objects a list holds nor when the first was created. Both are
learnt on the way: the pages read so far show how many seconds a page covers, and from that
follows how many pages the rest will have. A cut costs about half a page, because the pages at
its two sides are not full; so a small rest is never cut.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from tap_stripe.api import Page, Span

PAGES_BEFORE_CUTTING = 4
"""So many pages of a list are read one after the other first: most tables end before."""
PAGES_PER_WINDOW = 6
MOST_WINDOWS = 8
"""Windows that one cut makes at most; each of them may be cut again."""
REACH = 4
"""An unknown past is looked into in steps that each reach back so many times what is known, so
that few steps find the beginning."""
BEFORE_STRIPE = 1262304000
"""2010-01-01: next to nothing was created earlier, so what there is comes page by page."""


@dataclass(frozen=True)
class Chain:
    """Pages read one behind the other within one span, newest first."""

    newest: int
    """Creation time of the chain's first object."""
    pages: int = 1

    @classmethod
    def extend(cls, chain: Chain | None, page: Page) -> Chain | None:
        """Count a page to its chain; None where the page has no creation times."""
        if chain is not None:
            return replace(chain, pages=chain.pages + 1)
        return None if page.newest is None else cls(page.newest)


def cut(rest: Span, chain: Chain | None, top: int | None, *, is_guess: bool) -> list[Span]:
    """Divide what a chain of pages left unread.

    Args:
        rest: The unread part; its `until` is the creation time where the chain stands.
        chain: The pages of this part read so far; None for a list that can't be cut.
        top: Creation time of the list's very first object.
        is_guess: Whether nothing speaks for objects at the older end. Every part that turns out
            to be empty costs a request, so only halves are cut off then.

    Returns:
        Spans that cover `rest` without overlap, oldest first. Only the last one keeps the
        cursor, so only it continues the chain.
    """
    if chain is None or rest.until is None or top is None:
        return [rest]
    if chain.newest == top and chain.pages < PAGES_BEFORE_CUTTING:
        return [rest]
    if rest.since is None:
        if rest.until <= BEFORE_STRIPE:
            return [rest]
        known = max(top - rest.until, 1)
        start = max(rest.until - REACH * known, BEFORE_STRIPE)
        return [Span(None, start - 1), replace(rest, since=start)]
    covered = max(chain.newest - rest.until, 1)
    pages_left = (rest.until - rest.since) * chain.pages / covered
    windows = min(2 if is_guess else MOST_WINDOWS, math.ceil(pages_left / PAGES_PER_WINDOW))
    seconds = (rest.until - rest.since) // max(windows, 1)
    if windows < 2 or seconds == 0:
        return [rest]
    edges = [rest.since + n * seconds for n in range(windows)]
    older = [Span(low, high - 1) for low, high in pairwise(edges)]
    return [*older, replace(rest, since=edges[-1])]
