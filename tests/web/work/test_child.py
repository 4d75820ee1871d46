"""A worker beside the server: what keeps it goes on when none can be started."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from prongsai.web.work import child

PATIENCE_S = 30


def test_worker_that_cannot_be_started_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(child, "CALL", (str(tmp_path / "no-python"),))
    monkeypatch.setattr(child, "_AGAIN_S", 0.02)
    until = time.monotonic() + PATIENCE_S
    with child.worker_beside():
        while len(caplog.messages) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    assert [line.split(" ")[0] for line in caplog.messages[:2]] == ["FileNotFoundError"] * 2
