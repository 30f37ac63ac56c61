"""The rate limiter, on a clock of its own."""

from __future__ import annotations

from tap_stripe.api.limits import Pace, RateLimiter


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def limiter(per_second: float, per_endpoint: float) -> tuple[RateLimiter, Time]:
    time = Time()
    return RateLimiter(per_second, per_endpoint, sleep=time.sleep, clock=time), time


def test_one_endpoint_keeps_its_own_limit() -> None:
    limit, time = limiter(100, 25)
    for _ in range(101):
        limit.wait("/v1/charges")
    assert abs(time.now - 4.0) < 0.01


def test_all_endpoints_together_keep_the_accounts_limit() -> None:
    limit, time = limiter(100, 25)
    for n in range(401):
        limit.wait(f"/v1/{n % 8}")
    assert 3.99 < time.now < 4.1


def test_no_second_ever_sees_more_than_the_limit() -> None:
    limit, time = limiter(25, 25)
    sent = []
    for _ in range(200):
        limit.wait("/v1/charges")
        sent.append(time.now)
    for start in sent:
        assert sum(start <= at < start + 1 for at in sent) <= 26


def test_a_refusal_slows_down_its_endpoint_only() -> None:
    limit, time = limiter(100, 25)
    limit.refused("/v1/charges", "endpoint-rate")
    for _ in range(26):
        limit.wait("/v1/customers")
    assert abs(time.now - 1.0) < 0.01
    start = time.now
    for _ in range(19):
        limit.wait("/v1/charges")
    assert time.now - start > 1.0


def test_a_global_refusal_slows_down_everything() -> None:
    limit, time = limiter(10, 10)
    limit.refused("/v1/charges", "global-rate")
    for _ in range(11):
        limit.wait("/v1/customers")
    assert time.now > 1.4


def test_many_refusals_of_one_moment_count_once_and_the_pace_recovers() -> None:
    pace = Pace(100)
    for _ in range(20):
        pace.refused(now=5.0)
    assert pace.rate == 70
    for _ in range(15):
        pace.accepted()
    assert pace.rate == 100
    for second in range(100):
        pace.refused(now=10.0 + 2 * second)
    assert pace.rate == 5
