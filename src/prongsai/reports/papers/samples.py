"""The records of a made-up municipality that come with every kind of paper."""

import json
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def _text(name: str) -> str:
    return files("prongsai.reports").joinpath(f"data/samples/{name}.json").read_text(encoding="utf-8")


def load(name: str) -> object:
    """Give the sample of a kind of paper as JSON holds it."""
    return json.loads(_text(name))
