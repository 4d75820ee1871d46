"""What processes count adds up, whoever is asked, and falls when nobody ends."""

from __future__ import annotations

from pathlib import Path

from prongsai.web.operations.figures import REQUESTS, SECONDS, Figures, sample

HOME = {"route": "home", "method": "GET", "status": 200}


def test_two_processes_add_up_and_one_that_ended_still_counts(tmp_path: Path):
    first, second = Figures(tmp_path), Figures(tmp_path)
    for figures, seconds in ((first, 0.04), (first, 0.2), (second, 30.0)):
        figures.request(**HOME, seconds=seconds)
    first.write(), second.write()
    del first
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    sums = second.all()
    assert sums[sample(REQUESTS, route="home", method="GET", status="2xx")] == 3
    buckets = {bound: sums[sample(f"{SECONDS}_bucket", route="home", le=bound)] for bound in ("0.025", "0.2", "+Inf")}
    assert buckets == {"0.025": 0, "0.2": 2, "+Inf": 3}
    assert round(sums[sample(f"{SECONDS}_sum", route="home")], 6) == 30.24


def test_process_writes_by_itself_soon_after(tmp_path: Path):
    figures = Figures(tmp_path)
    figures.request(**HOME, seconds=0.1)
    for timer in [one for one in _timers() if one.function == figures.write]:
        timer.join(timeout=30)
    assert Figures(tmp_path).all()[sample(REQUESTS, route="home", method="GET", status="2xx")] == 1


def _timers() -> list:
    import threading

    return [one for one in threading.enumerate() if isinstance(one, threading.Timer)]


def test_method_that_nobody_knows_is_no_name_of_its_own(tmp_path: Path):
    figures = Figures()
    figures.request(route='a"b\\', method="X" * 50, status=404, seconds=0.1)
    assert 'prongsai_requests_total{route="a\\"b\\\\",method="OTHER",status="4xx"}' in figures.all()
