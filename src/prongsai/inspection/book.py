"""The rules as data: ``library/<kind of framework>.yaml`` says which rules each element of each item has.

A rule is a kind out of a closed list with its options; the words it looks for stand in ``library/words.yaml``, folded:
without spaces, Arabic digits, small letters, each a regular expression.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jsonschema
import yaml

from prongsai.thai.text import fold

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Words:
    """A thing with all the ways it is said. value: what must stand behind it, if anything."""

    key: str
    name_th: str
    pattern: re.Pattern[str]
    value: re.Pattern[str] | None = None

    def starts(self, folded: str, within: int = 24) -> re.Match[str] | None:
        """Match near the beginning of a folded text."""
        found = self.pattern.search(folded)
        return found if found and found.start() <= within else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind with its options. mend_th: what to do, when the framework's people know better than the kind."""

    kind: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """All rules of a kind of framework. elements: rules by element key, where an item says nothing of its own."""

    words: Mapping[str, Words]
    elements: Mapping[str, tuple[Rule, ...]]
    items: Mapping[str, Mapping[str, tuple[Rule, ...]]]
    aliases: Mapping[str, tuple[str, ...]]

    def rules_of(self, item_key: str, element_key: str) -> tuple[Rule, ...]:
        """Give the rules of an element; empty when nobody wrote any."""
        own = self.items.get(item_key, {})
        return own.get(element_key) or self.elements.get(element_key, ())


def _read(name: str) -> Any:
    return yaml.load(files("prongsai.inspection").joinpath("library", name).read_text(encoding="utf-8"), Loader=_LOADER)


def schema() -> dict[str, Any]:
    """Give the JSON schema of a rule file."""
    text = files("prongsai.inspection").joinpath("library", "schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=4)
def book_of(kind: str) -> Book:
    """Give the rules of a kind of framework (``ita``); without a file of its own it has none but words."""
    words = {key: _words(key, said) for key, said in _read("words.yaml").items()}
    path = files("prongsai.inspection").joinpath("library", f"{kind}.yaml")
    if not re.fullmatch("[a-z]{2,12}", kind) or not path.is_file():
        return Book(words, {}, {}, {})
    data = _read(f"{kind}.yaml")
    jsonschema.validate(data, schema())
    elements = {key: _rules(rules) for key, rules in data["elements"].items()}
    items = {key: {name: _rules(rules) for name, rules in each.items()} for key, each in data["items"].items()}
    aliases = {key: tuple(map(fold, names)) for key, names in data.get("aliases", {}).items()}
    return Book(words, elements, items, aliases)


def _words(key: str, said: Mapping[str, Any]) -> Words:
    value = re.compile("|".join(said["value"])) if "value" in said else None
    return Words(key, said["name_th"], re.compile("|".join(said["any"])), value)


def _rules(rules: list[dict[str, Any]]) -> tuple[Rule, ...]:
    return tuple(Rule(rule["kind"], {key: value for key, value in rule.items() if key != "kind"}) for rule in rules)


def unfolded(book: Book) -> Iterator[str]:
    """Give the words that could never match, because they are not written folded."""
    for words in book.words.values():
        for pattern in (words.pattern, words.value):
            if pattern and re.search(r"[ ๐-๙A-Z](?![dDsSwWbB])", re.sub(r"\\[dDsSwWbBnt]", "", pattern.pattern)):
                yield words.key
