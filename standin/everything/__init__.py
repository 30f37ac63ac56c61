"""An account with objects of every kind, and random business in all of them.

``everything.fill(account, each=150, seed=1)`` fills every collection of both APIs,
``everything.happen(account, rng, steps=20)`` changes objects as Stripe could, and
``everything.contents(account)`` is what the lists hold, to compare a reading with.

The facts say which collections there are and which events tell of a change, the official types
what fields hold. Declared here is only what neither knows: ``changes`` has what can change and
how, ``strategies`` what must agree, ``vocabulary`` what values look like.
"""

from standin.everything.contents import contents
from standin.everything.filling import fill
from standin.everything.happening import happen

__all__ = ["contents", "fill", "happen"]
