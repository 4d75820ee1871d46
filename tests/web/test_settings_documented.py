"""Every variable that an office may set stands in the reference, and the reference names none that nobody reads."""

import re
from pathlib import Path

import prongsai
from prongsai.web import environment

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "settings.md"
READ_IN = Path(prongsai.__file__).parent
NAME = re.compile(r"PRONGSAI_[A-Z_]*[A-Z]")


def test_every_setting_is_documented_and_every_documented_one_is_read():
    read = set()
    for path in READ_IN.rglob("*.py"):
        read |= set(NAME.findall(path.read_text(encoding="utf-8")))
    told = set(re.findall(r"^\| `(PRONGSAI_[A-Z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == read == environment.KNOWN


def test_defaults_in_the_reference_are_those_of_the_settings():
    settings = (READ_IN / "web" / "settings.py").read_text(encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    for name, default in re.findall(r'environment\.\w+\("(PRONGSAI_[A-Z_]+)", "?([^")]+)"?\)', settings):
        row = re.search(rf"^\| `{name}` \| (.+?) \|", page, re.MULTILINE)
        assert row and row[1].strip("`") == default, name
