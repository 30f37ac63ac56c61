"""Draws that the actors make from the one seeded generator of the demo account."""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")
_ALPHABET = string.ascii_letters + string.digits


def poisson(rng: Random, mean: float) -> int:
    """How many independent events happen when ``mean`` are expected (Knuth's product)."""
    floor, product, count = math.exp(-mean), rng.random(), 0
    while product > floor:
        product *= rng.random()
        count += 1
    return count


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """One key, drawn by its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def some(rng: Random, population: Sequence[T], rate: float) -> list[T]:
    """Distinct members, each with the (small) probability ``rate``; cheap for rare events."""
    count = min(len(population), poisson(rng, rate * len(population)))
    return rng.sample(population, count)


def pick(rng: Random, population: Sequence[T], fits: Callable[[T], bool]) -> T | None:
    """Any one member that fits, or None."""
    return next((one for one in rng.sample(population, len(population)) if fits(one)), None)


def token(rng: Random, prefix: str, length: int = 24) -> str:
    """An identifier in Stripe's style, for things that are not objects of the account."""
    return prefix + "".join(rng.choices(_ALPHABET, k=length))
