"""Calendar arithmetic on Unix seconds in UTC: billing periods, midnights, working days."""

from __future__ import annotations

import calendar
from datetime import datetime, timezone

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MONTHS_OF = {"month": 1, "year": 12}


def epoch(year: int, month: int, day: int, hour: int = 0) -> int:
    """Unix seconds of a UTC date and hour."""
    return int(datetime(year, month, day, hour, tzinfo=timezone.utc).timestamp())


def utc(seconds: int) -> datetime:
    """The aware UTC datetime of Unix seconds."""
    return datetime.fromtimestamp(seconds, tz=timezone.utc)


def midnight(seconds: int) -> int:
    """The UTC midnight at or before a moment."""
    return seconds - seconds % DAY


def add_months(start: int, months: int) -> int:
    """Same day and time some months later; the 31st becomes the last day of a shorter month."""
    moment = utc(start)
    years, month0 = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month0 + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return int(moment.replace(year=year, month=month, day=day).timestamp())


def next_boundary(anchor: int, after: int, interval: str) -> int:
    """First period boundary after a moment, on the grid that a billing anchor spans.

    Counting from the anchor, not from the last boundary, brings a subscription of the 31st
    back to the 31st after February.
    """
    step = MONTHS_OF[interval]
    here, then = utc(after), utc(anchor)
    months = (here.year - then.year) * 12 + here.month - then.month
    periods = max(0, months // step - 1)
    while add_months(anchor, periods * step) <= after:
        periods += 1
    return add_months(anchor, periods * step)


def is_working_day(seconds: int) -> bool:
    """Monday to Friday, in UTC."""
    return utc(seconds).weekday() < 5


def working_days_later(seconds: int, days: int) -> int:
    """Midnight of the n-th working day after a moment."""
    moment = midnight(seconds)
    while days:
        moment += DAY
        days -= is_working_day(moment)
    return moment
