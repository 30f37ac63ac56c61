"""Reading ahead with many requests in flight, handing on in order.

Memory is bounded by what is ahead: whoever iterates slowly makes the reading slow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Generic, TypeGuard, TypeVar, Union

from tap_stripe.api import Page, Span
from tap_stripe.sync.windows import Chain, cut
from tap_stripe.sync.workers import Workers

A = TypeVar("A")
R = TypeVar("R")


def mapped(
    workers: Workers, call: Callable[[A], R], arguments: Iterable[A], ahead: int
) -> Iterator[R]:
    """Call a function for each argument, `ahead` at once, and yield the results in order."""
    running: deque[Future[R]] = deque()
    for argument in arguments:
        running.append(workers.submit(lambda argument=argument: call(argument)))  # type: ignore[misc]
        if len(running) >= ahead:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()


@dataclass(frozen=True)
class Prepared(Generic[R]):
    """A page and what was made of it."""

    page: Page
    result: R


@dataclass
class _Unread:
    span: Span
    chain: Chain | None
    is_guess: bool = False
    """Whether the older end of the span was only guessed."""


@dataclass
class _Reading(Generic[R]):
    piece: _Unread
    future: Future[Prepared[R]]


_Piece = Union[_Unread, "_Reading[R]", "Prepared[R]"]


class OldestFirst(Generic[R]):
    """Reads a span of a list and yields its pages oldest first, though Stripe lists newest first.

    The span is a row of pieces in the order of time. A piece is unread, being read, or a page.
    A page takes the place of its piece at the newer end; what it left unread comes before it,
    cut into several pieces where that is worth while. Pages leave the row at its old end.
    """

    HELD = 64
    """Pages that may wait in the row for older ones; from there on only the oldest piece is
    read."""

    def __init__(
        self,
        workers: Workers,
        read: Callable[[Span], Prepared[R]],
        span: Span,
        *,
        ahead: int,
    ) -> None:
        """Prepare the reading.

        Args:
            workers: Where `read` runs.
            read: Reads the newest page of a span.
            span: What to read in all.
            ahead: Requests in flight at once.
        """
        self._workers = workers
        self._read = read
        self._ahead = ahead
        self._row: list[_Piece[R]] = [_Unread(span, None)]
        self._top: int | None = None
        """Creation time of the first object of all."""

    def __iter__(self) -> Iterator[Prepared[R]]:
        """Yield every page of the span, oldest first.

        Raises:
            StripeError: A page was refused; all older ones were yielded before.
        """
        while self._row:
            oldest = self._row[0]
            if isinstance(oldest, Prepared):
                del self._row[0]
                yield oldest
                continue
            if isinstance(oldest, _Reading) and oldest.future.done():
                oldest.future.result()  # settled pages are gone from here: this one was refused
            self._start()
            flying = [piece.future for piece in self._row if _is_flying(piece)]
            wait(flying, return_when=FIRST_COMPLETED)
            self._settle()

    def _start(self) -> None:
        """Send off the oldest unread pieces, but none behind a refused one.

        While the list's beginning is not known, only the oldest piece looks for it: what is read
        of the newer ones would have to wait for everything in between.
        """
        held = sum(isinstance(piece, Prepared) for piece in self._row)
        flying = sum(_is_flying(piece) for piece in self._row)
        is_begun = _knows_beginning(self._row[0])
        for place, piece in enumerate(self._row):
            if place and (not is_begun or held + flying >= self.HELD):
                return
            if flying >= self._ahead:
                return
            if isinstance(piece, _Reading) and piece.future.done():
                return
            if isinstance(piece, _Unread):
                self._row[place] = self._send(piece)
                flying += 1

    def _send(self, piece: _Unread) -> _Reading[R]:
        return _Reading(piece, self._workers.submit(lambda: self._read(piece.span)))

    def _settle(self) -> None:
        """Put each page that arrived, and the unread rest before it, into the row."""
        row: list[_Piece[R]] = []
        for piece in self._row:
            if not isinstance(piece, _Reading) or not _has_arrived(piece):
                row.append(piece)
                continue
            prepared = piece.future.result()
            if self._top is None:
                self._top = prepared.page.newest
            rest = prepared.page.rest
            if rest is not None:
                row += self._parts(piece.piece, prepared.page, rest)
            row.append(prepared)
        self._row = row

    def _parts(self, piece: _Unread, page: Page, rest: Span) -> list[_Unread]:
        """What a page left unread of its piece, oldest first; the last one goes on behind it."""
        chain = Chain.extend(piece.chain, page)
        parts = cut(rest, chain, self._top, is_guess=piece.is_guess)
        pieces = [_Unread(part, None) for part in parts]
        pieces[-1].chain = chain
        if rest.since is None and len(parts) > 1:  # how far back the second one goes was guessed
            pieces[1].is_guess = True
        else:
            pieces[0].is_guess = piece.is_guess
        return pieces


def newest_first(
    workers: Workers, read: Callable[[Span], Prepared[R]], span: Span
) -> Iterator[Prepared[R]]:
    """Read a span page by page as Stripe shows it, one page ahead of whoever iterates.

    Raises:
        StripeError: A page was refused; all newer ones were yielded before.
    """
    rest: Span | None = span
    coming = workers.submit(lambda: read(span))
    while rest is not None:
        prepared = coming.result()
        rest = prepared.page.rest
        if rest is not None:
            coming = workers.submit(lambda rest=rest: read(rest))  # type: ignore[misc]
        yield prepared


def _knows_beginning(oldest: _Piece[R]) -> bool:
    if isinstance(oldest, Prepared):
        return True
    piece = oldest.piece if isinstance(oldest, _Reading) else oldest
    return piece.span.since is not None


def _is_flying(piece: _Piece[R]) -> TypeGuard[_Reading[R]]:
    return isinstance(piece, _Reading) and not piece.future.done()


def _has_arrived(piece: _Reading[R]) -> bool:
    return piece.future.done() and piece.future.exception() is None
