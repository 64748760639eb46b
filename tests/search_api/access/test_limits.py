"""Rates and quotas, by clocks that the test turns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from search_api.access.limits import AddressBuckets, Bucket, Quotas, address_of, allowance

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_minute_s_worth_may_come_at_once_and_then_as_they_flow_back() -> None:
    bucket = Bucket()
    assert [bucket.take(60, 0.0) for _ in range(60)] == [0.0] * 60
    assert bucket.take(60, 0.0) == pytest.approx(1.0)
    assert bucket.remaining(60, 0.0) == 0
    assert bucket.take(60, 0.5) == pytest.approx(0.5)
    assert bucket.take(60, 1.0) == 0.0
    assert bucket.take(60, 1.0) > 0
    assert bucket.full_in(1.0) == pytest.approx(60)
    assert bucket.take(60, 1000.0) == 0.0
    assert bucket.remaining(60, 1000.0) == 59


def test_no_more_than_the_rate_comes_through_in_the_long_run() -> None:
    bucket = Bucket()
    taken = sum(bucket.take(30, second / 10) == 0 for second in range(36_000))
    assert 30 * 60 <= taken <= 30 * 61


def test_what_costs_more_than_a_bucket_waits_for_a_full_one_and_is_paid_for() -> None:
    bucket = Bucket()
    assert bucket.take(10, 0.0, cost=50) == 0.0
    assert bucket.take(10, 200.0) > 0
    assert bucket.take(10, 300.0) == 0.0


def test_a_quota_ends_with_the_day_and_counts_what_another_process_spent() -> None:
    quotas = Quotas()
    assert [quotas.take("k", 2, NOON) for _ in range(3)] == [True, True, False]
    day, spent = quotas.handed_out(NOON)
    assert (day, spent) == ("2026-03-01", {"k": 2})
    assert quotas.take("other", 9, NOON)
    quotas.taken_over(day, spent, {"k": 5})
    assert quotas.spent("k") == 5
    assert quotas.handed_out(NOON)[1] == {"other": 1}
    assert quotas.take("k", 2, NOON + timedelta(hours=12))
    quotas.taken_over(day, spent, {"k": 5})  # of the day that is over
    assert quotas.spent("k") == 1


def test_a_clock_that_steps_back_over_midnight_while_requests_are_counted_does_no_harm() -> None:
    quotas = Quotas()
    assert quotas.take("k", 5, NOON)
    day, spent = quotas.handed_out(NOON)
    assert quotas.take("k", 5, NOON + timedelta(hours=12))
    assert quotas.take("other", 5, NOON)
    quotas.taken_over(day, spent, {"k": 3})
    assert (quotas.spent("k"), quotas.spent("other")) == (3, 1)
    assert quotas.handed_out(NOON)[1] == {"other": 1}


def test_what_the_rate_refuses_is_not_counted_against_the_quota() -> None:
    bucket, quotas = Bucket(), Quotas()
    told = [allowance(bucket, quotas, "k", 1, 10, 0.0, NOON) for _ in range(3)]
    assert [each.retry_after_s for each in told] == [0, 60, 60]
    assert told[1].bound == "1 requests a minute"
    assert quotas.spent("k") == 1
    policy = '"minute";q=1;w=60, "day";q=10;w=86400'
    assert told[1].headers["RateLimit-Policy"] == policy
    assert told[1].headers["RateLimit"] == '"minute";r=0;t=60, "day";r=9;t=43200'


def test_a_used_up_quota_says_to_wait_until_midnight() -> None:
    bucket, quotas = Bucket(), Quotas()
    told = [allowance(bucket, quotas, "k", None, 1, 0.0, NOON) for _ in range(2)]
    assert told[1].retry_after_s == 12 * 3600
    assert told[1].bound == "1 requests a day"


def test_a_key_without_bounds_is_told_of_none() -> None:
    assert allowance(Bucket(), Quotas(), "k", None, None, 0.0, NOON).headers == {}


def test_addresses_are_counted_apart_and_few_are_remembered() -> None:
    buckets = AddressBuckets()
    assert buckets.take("a", 1, 0.0) == 0
    assert buckets.take("a", 1, 0.0) > 0
    assert buckets.take("b", 1, 0.0) == 0
    for number in range(5000):
        buckets.take(str(number), 1, 0.0)
    assert len(buckets._buckets) == 4096


@pytest.mark.parametrize(
    ("host", "stands_for"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_stands_for_its_household(host: str, stands_for: str) -> None:
    assert address_of((host, 5)) == stands_for
    assert address_of(None) == ""
