"""The words of the field, loaded once from ``reports/data/phrases.yaml``."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Phrases:
    """Each field is a tuple of words, or a mapping of names to such tuples; the file says what each is for."""

    reference_words: tuple[str, ...]
    action_verbs: tuple[str, ...]
    continuations: tuple[str, ...]
    subjects: tuple[str, ...]
    unfinished_ends: tuple[str, ...]
    status: dict[str, tuple[str, ...]]
    owner_starts: tuple[str, ...]
    memo_title: tuple[str, ...]
    acting: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Load the words."""
    text = files("prongsai.reports").joinpath("data/phrases.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    named = {name: _named(words) for name, words in data.items() if isinstance(words, dict)}
    plain = {name: tuple(map(str, words)) for name, words in data.items() if name not in named}
    return Phrases(**plain, **named)  # type: ignore[arg-type] # the file's keys are the fields; tests hold them equal


def _named(groups: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {str(key): tuple(map(str, words)) for key, words in groups.items()}
