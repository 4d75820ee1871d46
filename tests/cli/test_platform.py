"""The door to the platform: without the web extra each verb says how to get it."""

from __future__ import annotations

import importlib.util

import pytest

from prongsai.cli import run


@pytest.mark.parametrize(
    "call", [["serve"], ["demo"], ["backup", "b.age"], ["restore", "b.age", "--identity", "key.txt"]], ids=" ".join
)
def test_verb_without_the_web_extra_names_the_command_that_mends_it(call, monkeypatch, capsys):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "granian" else found(name, *rest)
    )
    assert run(call) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == ('ยังไม่ได้ติดตั้งส่วนเว็บของโปร่งใส (ขาด granian) — ติดตั้งด้วย pip install "prongsai[web]"\n')


def test_postgresql_without_its_extra_names_the_command_that_mends_it(monkeypatch, capsys):
    found = importlib.util.find_spec
    monkeypatch.setenv("PRONGSAI_DATABASE", "postgresql://localhost/prongsai")
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "psycopg" else found(name, *rest)
    )
    assert run(["serve"]) == 2
    assert 'pip install "prongsai[web,postgres]"' in capsys.readouterr().err
