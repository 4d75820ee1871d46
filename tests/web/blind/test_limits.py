"""Counting how often, without keeping who."""

from __future__ import annotations

import threading
import time

from django.test import RequestFactory

from prongsai.web.blind.limits import ALL, Hourly, mark_in
from prongsai.web.blind.marks import MARK


def test_counts_are_of_one_mark_and_of_all() -> None:
    counts = Hourly()
    assert [counts.is_too_often("a", 2) for _ in range(3)] == [False, False, True]
    assert counts.is_too_often("b", 2) is False
    assert [counts.is_too_often("", 2) for _ in range(ALL * 2 - 3)] == [False] * (ALL * 2 - 3)
    assert (counts.is_too_often("", 2), counts.is_too_often("c", 2)) == (True, True)


def test_refused_ones_are_not_counted_on() -> None:
    counts = Hourly()
    for _ in range(100):
        counts.is_too_often("a", 1)
    assert counts.is_too_often("b", 1) is False


def test_counts_and_marks_are_dropped_each_hour() -> None:
    counts = Hourly()
    counts.is_too_often("a", 1)
    counts._ends = time.monotonic()
    assert counts.is_too_often("a", 1) is False
    assert counts._counts == {"a": 1}


def test_counting_holds_with_many_at_once() -> None:
    counts, taken = Hourly(), []

    def ask() -> None:
        for _ in range(50):
            if not counts.is_too_often("a", 60):
                taken.append(1)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 60


def test_looking_whether_it_is_too_often_counts_nothing() -> None:
    counts = Hourly(everybody=2)
    assert [counts.is_full("a", 1) for _ in range(3)] == [False] * 3
    assert counts.is_too_often("a", 1) is False
    assert [counts.is_full(mark, 1) for mark in ("a", "b", "")] == [True, False, False]
    assert counts.is_too_often("b", 1) is False
    assert counts.is_full("c", 1) is True


def test_mark_is_taken_from_the_request_alone() -> None:
    request = RequestFactory().get("/05160101/report/")
    request.META[MARK] = "a"
    assert mark_in(request) == "a"
    assert mark_in(RequestFactory().get("/")) == ""
