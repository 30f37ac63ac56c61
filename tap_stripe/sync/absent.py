"""Connected accounts that the state knows and a run does not read.

Where every account is to be read, one that has revoked access is simply not listed any more. Its
rows can't be told from rows that are gone, so nothing is called off as long as the state has it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tap_stripe.sync.failures import first_of

if TYPE_CHECKING:
    from tap_stripe.singer.states import States

logger = logging.getLogger("tap-stripe")


def warn_of_absent(states: States, connected: Iterable[str]) -> None:
    """Say in one line which accounts are no longer read, and what follows from it.

    Args:
        states: The accounts' states; none is taken yet.
        connected: The ids of the connected accounts that the run reads.
    """
    absent = sorted(states.connected - {*connected})
    if absent:
        logger.warning(
            "The state has connected accounts that are no longer read: %s. Their rows stay as they "
            "are. In tables that are read whole no account's rows are called off any more, until "
            "these accounts are read again or taken out of the state",
            ", ".join(first_of(absent)),
        )
