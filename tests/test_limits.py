from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readable_portal.limits import RateLimiter


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_one_for_each_second() -> None:
    clock = Clock()
    limiter = RateLimiter(60, burst=3, clock=clock)
    assert [limiter.acquire("a") for _ in range(4)] == [None, None, None, 1.0]
    assert limiter.acquire("b") is None, "another client has a bucket of its own"
    clock.now += 1
    assert limiter.acquire("a") is None
    assert limiter.acquire("a") == 1.0


def test_no_limit_is_no_limit_and_a_dear_request_waits_for_a_full_bucket() -> None:
    assert all(RateLimiter(0).acquire("a") is None for _ in range(1000))
    clock = Clock()
    limiter = RateLimiter(60, burst=2, clock=clock)
    assert limiter.acquire("a") is None
    assert limiter.acquire("a", cost=99) == 1.0


def test_forgets_the_client_that_was_quiet_longest() -> None:
    limiter = RateLimiter(1, burst=1, clock=Clock())
    for number in range(20_000):
        limiter.acquire(str(number))
    assert len(limiter._buckets) == 10_000
    assert limiter.acquire("19999") is not None
    assert limiter.acquire("0") is None


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 600), st.integers(1, 20))
def test_never_more_than_the_burst_and_what_time_brings(waits: list[float], rate: int, burst: int) -> None:
    clock = Clock()
    limiter = RateLimiter(rate, burst=burst, clock=clock)
    start, allowed = clock.now, 0
    for wait in waits:
        clock.now += wait
        answer = limiter.acquire("a")
        allowed += answer is None
        if answer is not None:
            assert 0 < answer <= 60 / rate + 1e-6
        assert allowed <= burst + (clock.now - start) * rate / 60 + 1e-6
