"""Settings from the environment: what is given counts, what is wrong is said."""

from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from prongsai.errors import ProngsaiError
from prongsai.web import environment


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("yes", True), ("on", True), ("", False), ("0", False), ("NO", False), ("off", False)],
)
def test_flag_is_read_in_the_usual_words(text: str, value: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_X", text)
    assert environment.flag("PRONGSAI_X") is value


def test_number_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_X", "ห้าสิบ")
    with pytest.raises(ProngsaiError, match="not a whole number"):
        environment.number("PRONGSAI_X", 50)


def test_database_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PRONGSAI_DATABASE", "postgresql://an%40user:p%2Fw@db.example:5433/office")
    found = environment.database(tmp_path)
    assert [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "office",
        "an@user",
        "p/w",
        "db.example",
        "5433",
    ]
    monkeypatch.setenv("PRONGSAI_DATABASE", "mysql://localhost/office")
    with pytest.raises(ProngsaiError, match="must look like"):
        environment.database(tmp_path)
    monkeypatch.setenv("PRONGSAI_DATABASE", "")
    assert environment.database(tmp_path)["NAME"] == tmp_path / environment.SQLITE_NAME


def test_secret_is_made_once_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("PRONGSAI_SECRET_KEY", raising=False)
    folder = tmp_path / "data"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(environment.secret_key, [folder] * 24))
    assert len(secrets) == 1 and len(secrets.pop()) == 64
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    monkeypatch.setenv("PRONGSAI_SECRET_KEY", "given")
    assert environment.secret_key(folder) == "given"


@pytest.mark.parametrize(
    ("listen", "is_public"),
    [("", False), ("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("192.168.1.4", True)],
)
def test_public_address_is_told_from_a_local_one(listen: str, is_public: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_LISTEN", listen)
    assert environment.listens_publicly() is is_public


def test_secret_is_read_from_the_file_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "word").write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("PRONGSAI_X_FILE", str(tmp_path / "word"))
    assert environment.secret("PRONGSAI_X") == "from a file"
    monkeypatch.setenv("PRONGSAI_X", "given")
    assert environment.secret("PRONGSAI_X") == "given"
    monkeypatch.delenv("PRONGSAI_X")
    monkeypatch.setenv("PRONGSAI_X_FILE", str(tmp_path / "none"))
    with pytest.raises(ProngsaiError, match="PRONGSAI_X_FILE"):
        environment.secret("PRONGSAI_X")


def test_word_that_is_none_of_the_choices_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_X", "")
    assert environment.one_of("PRONGSAI_X", ("text", "json")) == "text"
    monkeypatch.setenv("PRONGSAI_X", "JSON")
    assert environment.one_of("PRONGSAI_X", ("text", "json")) == "json"
    monkeypatch.setenv("PRONGSAI_X", "xml")
    with pytest.raises(ProngsaiError, match="not one of text, json"):
        environment.one_of("PRONGSAI_X", ("text", "json"))


def test_pages_alone_are_given_up_after_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PRONGSAI_DATABASE", "postgresql://db.example/office")
    monkeypatch.setenv("PRONGSAI_POOL", "7")
    monkeypatch.delenv("PRONGSAI_PAGES", raising=False)
    options = environment.database(tmp_path)["OPTIONS"]
    assert "options" not in options and options["pool"]["max_size"] == 7
    monkeypatch.setenv("PRONGSAI_PAGES", "1")
    monkeypatch.setenv("PRONGSAI_STATEMENT_SECONDS", "12")
    assert "statement_timeout=12s" in environment.database(tmp_path)["OPTIONS"]["options"]
